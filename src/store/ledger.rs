//! The table `ledger`: what happened to each inquiry. Rows are only added.

use super::{Change, Record as _, Result, Rows, Store, columns, deliveries};

/// One thing that happened to an inquiry.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            "select {} from ledger where inquiry_id = $1 order by id",
            LedgerRow::COLUMNS
        );
        self.look_up(|rows| rows.all(&sql, &[&inquiry_id])).await
    }
}

impl Store {
    /// The entry with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ledger_entry(&self, id: &str) -> Result<Option<LedgerRow>> {
        self.look_up(|rows| rows.by("ledger", "id", &id)).await
    }

    /// The newest of what happened to an inquiry, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of_ledger(&self, inquiry_id: &str, most: i64) -> Result<Vec<LedgerRow>> {
        let columns = LedgerRow::COLUMNS;
        let sql =
            format!("select {columns} from ledger where inquiry_id = $1 order by id desc limit $2");
        self.look_up(|rows| rows.all(&sql, &[&inquiry_id, &most]))
            .await
    }
}

/// How many events of a name happened to an inquiry since a time.
///
/// # Errors
/// When the database does not answer.
pub fn count_since(rows: &Rows, inquiry_id: &str, event: &str, since: i64) -> Result<i64> {
    let sql = "select count(*) from ledger where inquiry_id = $1 and event = $2 and at > $3";
    let count: Option<i64> = rows.one_value(sql, &[&inquiry_id, &event, &since])?;
    Ok(count.unwrap_or_default())
}

/// Adds an entry, and with it a delivery for each endpoint that is told of it.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &LedgerRow) -> Result<()> {
    change.insert("ledger", row, "")?;
    deliveries::enqueue(change, row)
}
