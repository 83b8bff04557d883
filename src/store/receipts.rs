//! The table `receipts`: what the server verified, once for each inquiry.

use sqlx::FromRow;

use super::{Connection, Store};

/// What the server itself read from Persona after the browser said it was done.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ReceiptRow {
    /// The inquiry.
    pub inquiry_id: String,
    /// The link through which the person finished.
    pub link_id: String,
    /// Persona's status at that time.
    pub status: String,
    /// When it was read, in ms since 1970.
    pub verified_at: i64,
}

impl Store {
    /// The receipt of an inquiry.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn receipt(&self, inquiry_id: &str) -> sqlx::Result<Option<ReceiptRow>> {
        sqlx::query_as(
            "select inquiry_id, link_id, status, verified_at from receipts where inquiry_id = $1",
        )
        .bind(inquiry_id)
        .fetch_optional(self.pool())
        .await
    }
}

/// Writes the receipt; false when the inquiry has one already.
///
/// # Errors
/// When the database cannot write.
pub async fn add(connection: &mut Connection, receipt: &ReceiptRow) -> sqlx::Result<bool> {
    let result = sqlx::query(
        "insert into receipts (inquiry_id, link_id, status, verified_at) values ($1, $2, $3, $4)
         on conflict (inquiry_id) do nothing",
    )
    .bind(&receipt.inquiry_id)
    .bind(&receipt.link_id)
    .bind(&receipt.status)
    .bind(receipt.verified_at)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}
