//! The table `ledger`: what happened to each inquiry. Rows are only added.

use super::{Change, Record as _, Result, Store, columns};

/// One thing that happened to an inquiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// A ULID; sorts by when it was written, which is later than `at` for what Persona told of.
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
    /// Who did it, as the audit names them; none for the person.
    pub actor: Option<String>,
}

columns!(LedgerRow: id, inquiry_id, link_id, at, event, detail, actor);

impl Store {
    /// What happened to an inquiry, oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ledger(&self, inquiry_id: &str) -> Result<Vec<LedgerRow>> {
        let sql = format!(
            "select {} from ledger where inquiry_id = $1 order by at, id",
            LedgerRow::COLUMNS
        );
        self.look_up(|rows| rows.all(&sql, &[&inquiry_id])).await
    }
}

impl Store {
    /// The newest of what happened to an inquiry, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of_ledger(&self, inquiry_id: &str, most: i64) -> Result<Vec<LedgerRow>> {
        let columns = LedgerRow::COLUMNS;
        let sql = format!(
            "select {columns} from ledger where inquiry_id = $1 order by at desc, id desc limit $2"
        );
        self.look_up(|rows| rows.all(&sql, &[&inquiry_id, &most]))
            .await
    }
}

/// Adds an entry.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &LedgerRow) -> Result<()> {
    change.insert("ledger", row, "").map(drop)
}

/// Whether there is an entry with this ID.
///
/// # Errors
/// When the database does not answer.
pub fn has(change: &Change<'_>, id: &str) -> Result<bool> {
    let found: Option<i64> = change.one_value("select 1 from ledger where id = $1", &[&id])?;
    Ok(found.is_some())
}
