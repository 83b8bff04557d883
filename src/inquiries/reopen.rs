//! What is done to an inquiry when no person is there: looked at, opened again, ended. Nothing is kept yet.

use persona::{Error as PersonaError, IdempotencyKey, InquiryId, Shape};

use super::{Inquiries, Phase, row};
use crate::{
    failure::Failure,
    id::new_id,
    links::Why,
    store::{
        self, Change,
        audit::{self, Deed},
        inquiries::{self, InquiryRow},
        ledger::{self, LedgerRow},
    },
};

/// What Persona said of an inquiry.
#[derive(Clone, Debug)]
pub struct Sight {
    /// What we keep of it.
    pub row: InquiryRow,
    /// Whether it was opened again for this.
    pub is_reopened: bool,
}

impl Inquiries {
    /// Looks at an inquiry.
    ///
    /// # Errors
    /// Persona's own.
    pub async fn look(&self, id: &InquiryId) -> Result<Sight, PersonaError> {
        let read_at = self.clock.now_ms();
        let inquiry = self.persona.retrieve_inquiry(id, &Shape::state()).await?;
        Ok(Sight {
            row: row(&inquiry, read_at),
            is_reopened: false,
        })
    }

    /// Opens an expired inquiry again. The session that Persona makes for it is nobody's yet; the person's own resume gets it
    /// (<https://docs.withpersona.com/resuming-inquiries>).
    ///
    /// # Errors
    /// Persona's own; a conflict for an inquiry that cannot be opened.
    pub async fn reopen(
        &self,
        id: &InquiryId,
        key: &IdempotencyKey,
    ) -> Result<Sight, PersonaError> {
        let read_at = self.clock.now_ms();
        let resumed = self
            .persona
            .resume_inquiry(id, key, &Shape::state())
            .await?;
        Ok(Sight {
            row: row(&resumed.inquiry, read_at),
            is_reopened: true,
        })
    }

    /// The same for one that may have moved since we last read it: then a conflict is looked into.
    ///
    /// # Errors
    /// Persona's own; a conflict for an inquiry that is expired and cannot be opened.
    pub async fn reopen_or_look(
        &self,
        id: &InquiryId,
        key: &IdempotencyKey,
    ) -> Result<Sight, PersonaError> {
        match self.reopen(id, key).await {
            Err(conflict @ PersonaError::Conflict { .. }) if !conflict.is_retryable() => {
                let sight = self.look(id).await?;
                if sight.row.phase() == Phase::Expired {
                    return Err(conflict);
                }
                Ok(sight)
            }
            other => other,
        }
    }

    /// Makes an inquiry fit for the person to go on: an expired one is opened again, any other is only looked at.
    ///
    /// # Errors
    /// Persona's failures; a conflict for an inquiry that is expired and cannot be opened.
    pub async fn make_ready(&self, id: &InquiryId) -> Result<Sight, Failure> {
        let sight = self.look(id).await?;
        if sight.row.phase() != Phase::Expired {
            return Ok(sight);
        }
        let key = Self::action_key()?;
        Ok(self.reopen_or_look(id, &key).await?)
    }

    /// What is written when somebody had an inquiry made ready.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn readied(&self, sight: Sight, event: &str, why: &Why) -> Result<Readied, Failure> {
        let now = self.clock.now();
        let at = now.as_millisecond();
        Ok(Readied {
            entry: LedgerRow {
                id: new_id(now)?,
                inquiry_id: sight.row.id.clone(),
                link_id: None,
                at,
                event: event.to_owned(),
                detail: Some(why.reason.clone()),
                actor: Some(why.actor.clone()),
            },
            deed: Deed {
                at,
                actor: why.actor.clone(),
                act: "inquiry-resumed".to_owned(),
                object: format!("inquiry:{}", sight.row.id),
                reason: Some(why.reason.clone()),
                note: why.note.clone(),
                ..Deed::default()
            },
            sight,
        })
    }

    /// Ends an inquiry.
    ///
    /// # Errors
    /// Persona's own; a conflict for an inquiry that is over.
    pub async fn end(&self, id: &InquiryId, key: &IdempotencyKey) -> Result<Sight, PersonaError> {
        let read_at = self.clock.now_ms();
        let inquiry = self.persona.expire_inquiry(id, key).await?;
        Ok(Sight {
            row: row(&inquiry, read_at),
            is_reopened: false,
        })
    }
}

impl Sight {
    /// Keeps what was seen.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn keep(&self, change: &Change<'_>, now: i64) -> store::Result<()> {
        if !self.is_reopened {
            return inquiries::keep(change, &self.row);
        }
        inquiries::keep_and(change, &self.row, |row| {
            row.resumed_at = Some(now);
            (row.trouble, row.trouble_at) = (None, None);
        })
    }
}

/// An inquiry that was made ready, and what is written of it.
#[derive(Debug)]
pub struct Readied {
    sight: Sight,
    entry: LedgerRow,
    deed: Deed,
}

impl Readied {
    /// Puts its entry before another one: IDs of one millisecond are in no order of themselves.
    pub fn come_before(&mut self, other: &mut LedgerRow) {
        if self.entry.id > other.id {
            std::mem::swap(&mut self.entry.id, &mut other.id);
        }
    }

    /// Keeps what was seen; that it was opened again is written into the ledger and the audit.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn keep(self, change: &Change<'_>) -> store::Result<()> {
        self.sight.keep(change, self.entry.at)?;
        if !self.sight.is_reopened {
            return Ok(());
        }
        ledger::add(change, &self.entry)?;
        audit::add(change, self.deed)
    }
}
