//! The table `ledger`: what happened to each inquiry. Rows are only added.

use super::{Change, Record as _, Result, Rows, Store, columns, deliveries, queue::Conditions};

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

/// An entry in its place among all that were committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedRow {
    /// Its place: later commits have higher ones.
    pub seq: i64,
    /// The entry's ULID.
    pub id: String,
    /// The inquiry.
    pub inquiry_id: String,
    /// The link through which it happened.
    pub link_id: Option<String>,
    /// When, in ms since 1970.
    pub at: i64,
    /// What, in the past tense.
    pub event: String,
    /// More about it, without personal data or secrets.
    pub detail: Option<String>,
    /// Who did it, as the audit names them; none for the person.
    pub actor: Option<String>,
}

columns!(PlacedRow: seq, id, inquiry_id, link_id, at, event, detail, actor);

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerQuery {
    /// Of this inquiry only.
    pub inquiry_id: Option<String>,
    /// Of this kind only.
    pub event: Option<String>,
}

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
        self.all(&sql, &[&inquiry_id]).await
    }
}

impl Store {
    /// The entry with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ledger_entry(&self, id: &str) -> Result<Option<LedgerRow>> {
        self.by("ledger", "id", &id).await
    }

    /// The newest of what happened to an inquiry, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of_ledger(&self, inquiry_id: &str, most: i64) -> Result<Vec<LedgerRow>> {
        let columns = LedgerRow::COLUMNS;
        let sql = format!(
            "select {columns} from ledger where inquiry_id = $1 order by at desc, id desc limit $2"
        );
        self.all(&sql, &[&inquiry_id, &most]).await
    }
}

impl Store {
    /// Entries behind a place, in the order in which they were committed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ledger_after(
        &self,
        query: LedgerQuery,
        seq: i64,
        most: usize,
    ) -> Result<Vec<PlacedRow>> {
        let mut all = Conditions::default();
        all.add("seq > ?", [seq.into()]);
        let texts = [
            ("inquiry_id = ?", query.inquiry_id),
            ("event = ?", query.event),
        ];
        for (sql, value) in texts {
            if let Some(value) = value {
                all.add(sql, [value.into()]);
            }
        }
        let (columns, conditions) = (PlacedRow::COLUMNS, all.sql());
        let sql =
            format!("select {columns} from ledger where {conditions} order by seq limit {most}");
        self.scan(move |rows| rows.all(&sql, &all.params())).await
    }
}

/// What happened to an inquiry, oldest first, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn of_inquiry(rows: &Rows, inquiry_id: &str) -> Result<Vec<LedgerRow>> {
    let columns = LedgerRow::COLUMNS;
    let sql = format!("select {columns} from ledger where inquiry_id = $1 order by id");
    rows.all(&sql, &[&inquiry_id])
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

/// Adds an entry, behind all that were committed before it, and with it a delivery for each endpoint that is told of it.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &LedgerRow) -> Result<()> {
    let (columns, places) = (LedgerRow::COLUMNS, LedgerRow::PLACES);
    let sql = format!(
        "insert into ledger ({columns}, seq)
         values ({places}, (select coalesce(max(seq), 0) + 1 from ledger))"
    );
    change.execute(&sql, &row.values())?;
    deliveries::enqueue(change, row)
}

/// Whether there is an entry with this ID.
///
/// # Errors
/// When the database does not answer.
pub fn has(change: &Change<'_>, id: &str) -> Result<bool> {
    let found: Option<i64> = change.one_value("select 1 from ledger where id = $1", &[&id])?;
    Ok(found.is_some())
}
