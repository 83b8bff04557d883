//! The table `idempotency`: answers that are given again to the same request.

use super::{Change, Record as _, Result, Store, columns};

/// An answer as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdempotencyRow {
    /// The key of the API that asked.
    pub api_key_id: String,
    /// What it asked, as `POST /api/v1/links`.
    pub route: String,
    /// SHA-256 of the name that the asker gave the request.
    pub name_hash: String,
    /// SHA-256 of the request.
    pub fingerprint: String,
    /// The answer's HTTP status.
    pub status: i64,
    /// The answer's body, sealed.
    pub body: String,
    /// When, in ms since 1970.
    pub created_at: i64,
}

columns!(IdempotencyRow: api_key_id, route, name_hash, fingerprint, status, body, created_at);

impl Store {
    /// The answer to a request of this name, given since then.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn answered(
        &self,
        (api_key_id, route, name_hash): (&str, &str, &str),
        since: i64,
    ) -> Result<Option<IdempotencyRow>> {
        let columns = IdempotencyRow::COLUMNS;
        let sql = format!(
            "select {columns} from idempotency
             where api_key_id = $1 and route = $2 and name_hash = $3 and created_at >= $4"
        );
        self.one(&sql, &[&api_key_id, &route, &name_hash, &since])
            .await
    }
}

/// Keeps an answer in the place of one that was given before some time.
///
/// # Errors
/// When the database cannot write, or another answer is kept there: then whoever gives this one must not act.
pub fn add(change: &Change<'_>, row: &IdempotencyRow, before: i64) -> Result<()> {
    let sql = "delete from idempotency
        where api_key_id = $1 and route = $2 and name_hash = $3 and created_at < $4";
    change.execute(sql, &[&row.api_key_id, &row.route, &row.name_hash, &before])?;
    change.insert("idempotency", row, "").map(drop)
}

/// Forgets answers that were given before some time, up to a bound; gives how many there were.
///
/// # Errors
/// When the database cannot write.
pub fn sweep(change: &Change<'_>, before: i64, most: i64) -> Result<usize> {
    let sql = "delete from idempotency where (api_key_id, route, name_hash) in (
        select api_key_id, route, name_hash from idempotency where created_at < $1
        order by created_at limit $2)";
    change.execute(sql, &[&before, &most])
}
