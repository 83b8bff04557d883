//! Walking a chain row by row.

use super::Fault;
use crate::store::audit::{AuditRow, Head, Link};

/// How far a chain was found whole.
#[derive(Clone, Debug)]
pub struct Walk {
    last: Head,
    /// The rows that a later one may name: the last, that without its lowest bit, and so on down to none.
    named: Vec<Head>,
    noted: Option<Head>,
    /// Rows that match a filter have gaps between them.
    has_gaps: bool,
}

impl Walk {
    /// A walk from the beginning; on the way, the head that somebody noted must be met.
    #[must_use]
    pub fn new(noted: Option<Head>) -> Self {
        Self {
            last: Head::default(),
            named: vec![Head::default()],
            noted,
            has_gaps: false,
        }
    }

    /// A walk over some rows of a chain: each is checked by itself, and their order.
    #[must_use]
    pub fn over_some(noted: Option<Head>) -> Self {
        Self {
            has_gaps: true,
            ..Self::new(noted)
        }
    }

    /// Where the walk stands.
    #[must_use]
    pub const fn last(&self) -> &Head {
        &self.last
    }

    /// Goes on by one row.
    ///
    /// # Errors
    /// The row's [`Fault`].
    pub fn step(&mut self, row: &AuditRow) -> Result<(), Fault> {
        self.check_place(row.seq)?;
        if row.hash != row.link().hash() {
            return Err(Fault::Changed(row.seq));
        }
        if !self.has_gaps {
            self.check_names(row)?;
        }
        if self
            .noted
            .as_ref()
            .is_some_and(|noted| noted.seq == row.seq && noted.hash != row.hash)
        {
            return Err(Fault::Noted(row.seq));
        }
        self.last = row.head();
        self.named.push(row.head());
        Ok(())
    }

    fn check_place(&self, seq: i64) -> Result<(), Fault> {
        let next = self.last.seq + 1;
        match seq {
            _ if seq == self.last.seq => Err(Fault::Twice(seq)),
            _ if seq < next => Err(Fault::Misplaced(seq)),
            _ if seq > next && !self.has_gaps => Err(Fault::Missing(next, seq - 1)),
            _ => Ok(()),
        }
    }

    fn check_names(&mut self, row: &AuditRow) -> Result<(), Fault> {
        let further = Link::skip_seq(row.seq);
        self.named
            .truncate(self.named.partition_point(|head| head.seq <= further));
        let is_named = self
            .named
            .last()
            .is_some_and(|head| head.seq == further && head.hash == row.skip);
        if row.previous == self.last.hash && is_named {
            Ok(())
        } else {
            Err(Fault::Unlinked(row.seq))
        }
    }

    /// Ends the walk where the chain should end.
    ///
    /// # Errors
    /// The [`Fault`] of its end.
    pub fn end(&self, head: &Head) -> Result<(), Fault> {
        let most = self
            .noted
            .as_ref()
            .filter(|noted| noted.seq > head.seq)
            .unwrap_or(head);
        if self.has_gaps {
            return Ok(());
        }
        let last = &self.last;
        match last.seq {
            seq if seq < most.seq => Err(Fault::CutOff(seq + 1, most.seq)),
            seq if seq > head.seq => Err(Fault::Beyond(head.seq + 1)),
            seq if last.hash != head.hash => Err(Fault::Head(seq)),
            _ => Ok(()),
        }
    }
}
