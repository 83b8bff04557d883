//! The table `ledger`: what happened to each inquiry. Rows are only added.

use sqlx::FromRow;

use super::{Connection, Store};

/// One thing that happened to an inquiry.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LedgerRow {
    /// A ULID; sorts by time.
    pub id: String,
    /// The inquiry.
    pub inquiry_id: String,
    /// The link through which it happened.
    pub link_id: Option<String>,
    /// When, in ms since 1970.
    pub at: i64,
    /// What, in the past tense: `resumed`, `completed`.
    pub event: String,
    /// More about it, without personal data or secrets.
    pub detail: Option<String>,
}

impl Store {
    /// What happened to an inquiry, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ledger(&self, inquiry_id: &str) -> sqlx::Result<Vec<LedgerRow>> {
        sqlx::query_as(
            "select id, inquiry_id, link_id, at, event, detail from ledger
             where inquiry_id = $1 order by id",
        )
        .bind(inquiry_id)
        .fetch_all(self.pool())
        .await
    }
}

/// Adds an entry.
///
/// # Errors
/// When the database cannot write.
pub async fn add(connection: &mut Connection, row: &LedgerRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into ledger (id, inquiry_id, link_id, at, event, detail)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&row.id)
    .bind(&row.inquiry_id)
    .bind(&row.link_id)
    .bind(row.at)
    .bind(&row.event)
    .bind(&row.detail)
    .execute(connection)
    .await
    .map(drop)
}
