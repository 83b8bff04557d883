//! Links that are about to be made or taken back, for a change that does more: nothing of it is kept yet.

use super::{MadeLink, Written};
use crate::{
    secret::Secret,
    store::{
        self, Change,
        ledger::LedgerRow,
        links::{self, LinkRow},
    },
};

/// A link that is about to be made: nothing of it is kept yet.
#[derive(Debug)]
pub struct Making {
    pub(super) row: LinkRow,
    pub(super) token: Secret,
    pub(super) written: Written,
}

impl Making {
    /// What will be written into the ledger.
    pub const fn entry(&mut self) -> &mut LedgerRow {
        &mut self.written.entry
    }

    /// Makes it.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn make(mut self, change: &Change<'_>) -> store::Result<MadeLink> {
        self.written.add(change, &mut self.row)?;
        Ok(MadeLink {
            row: self.row,
            token: self.token,
        })
    }
}

/// A link that is about to be taken back.
#[derive(Debug)]
pub struct Revoking {
    pub(super) id: String,
    pub(super) written: Written,
}

impl Revoking {
    /// Takes it and its hand-offs back; false when there was nothing to take back.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn take_back(self, change: &Change<'_>) -> store::Result<bool> {
        let revoked = links::revoke(change, &self.id, self.written.entry.at)?;
        if revoked {
            self.written.add_alone(change)?;
        }
        Ok(revoked)
    }
}
