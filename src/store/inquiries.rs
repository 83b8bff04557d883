//! The table `inquiries`: what we know of each inquiry.

use sqlx::FromRow;

use super::{Connection, Store};

/// What we know of an inquiry. It holds no personal data.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
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

impl Store {
    /// The inquiry with this ID, if we know it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn inquiry(&self, id: &str) -> sqlx::Result<Option<InquiryRow>> {
        sqlx::query_as(
            "select id, status, redacted_at, expires_at, template_id, template_version_id, read_at, version
             from inquiries where id = $1",
        )
        .bind(id)
        .fetch_optional(self.pool())
        .await
    }
}

/// Keeps what Persona said, unless something that was asked later is kept already.
///
/// # Errors
/// When the database cannot write.
pub async fn keep(connection: &mut Connection, row: &InquiryRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into inquiries
             (id, status, redacted_at, expires_at, template_id, template_version_id, read_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, 1)
         on conflict (id) do update set
             status = excluded.status,
             redacted_at = excluded.redacted_at,
             expires_at = excluded.expires_at,
             template_id = excluded.template_id,
             template_version_id = excluded.template_version_id,
             read_at = excluded.read_at,
             version = inquiries.version + 1
         where inquiries.read_at <= excluded.read_at",
    )
    .bind(&row.id)
    .bind(&row.status)
    .bind(row.redacted_at)
    .bind(row.expires_at)
    .bind(&row.template_id)
    .bind(&row.template_version_id)
    .bind(row.read_at)
    .execute(connection)
    .await
    .map(drop)
}
