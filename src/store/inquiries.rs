//! The table `inquiries`: what we know of each inquiry.

use super::{Change, Result, Store, columns};

/// What we know of an inquiry. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InquiryRow {
    /// Persona's ID of it.
    pub id: String,
    /// Persona's status.
    pub status: String,
    /// When Persona redacted it, in ms since 1970.
    pub redacted_at: Option<i64>,
    /// When it expires, in ms since 1970.
    pub expires_at: Option<i64>,
    /// Its template.
    pub template_id: Option<String>,
    /// The version of the template that it is pinned to.
    pub template_version_id: Option<String>,
    /// When we asked Persona for this, in ms since 1970.
    pub read_at: i64,
    /// Grows with each write.
    pub version: i64,
}

columns!(InquiryRow: id, status, redacted_at, expires_at, template_id, template_version_id, read_at, version);

impl Store {
    /// The inquiry with this ID, if we know it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiry(&self, id: &str) -> Result<Option<InquiryRow>> {
        self.look_up(|rows| rows.by("inquiries", "id", &id)).await
    }
}

/// Keeps what Persona said, unless something that was asked later is kept already.
///
/// # Errors
/// When the database cannot write.
pub fn keep(change: &Change<'_>, row: &InquiryRow) -> Result<()> {
    let newer = "on conflict (id) do update set
             status = excluded.status,
             redacted_at = excluded.redacted_at,
             expires_at = excluded.expires_at,
             template_id = excluded.template_id,
             template_version_id = excluded.template_version_id,
             read_at = excluded.read_at,
             version = inquiries.version + 1
         where inquiries.read_at <= excluded.read_at";
    change.insert("inquiries", row, newer).map(drop)
}
