//! What is done to an inquiry when no person is there: looked at, opened again, ended. Nothing is kept yet.

use persona::{Error as PersonaError, IdempotencyKey, InquiryId, Shape};

use super::{Inquiries, row};
use crate::store::{
    self, Change,
    inquiries::{self, InquiryRow},
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
