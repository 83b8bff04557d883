//! The table `recoveries`: requests for a new link that nobody looked into yet.

use super::{Change, Record as _, Result, Store, columns};

/// A request: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecoveryRow {
    /// A ULID.
    pub id: String,
    /// What the person typed, sealed.
    pub asked: String,
    /// The language that they read.
    pub locale: String,
    /// When they asked.
    pub created_at: i64,
    /// When it is looked into.
    pub due_at: i64,
    /// How often that failed.
    pub tries: i64,
}

columns!(RecoveryRow: id, asked, locale, created_at, due_at, tries);

impl Store {
    /// The request that is looked into next.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next_recovery(&self) -> Result<Option<RecoveryRow>> {
        let columns = RecoveryRow::COLUMNS;
        let sql = format!("select {columns} from recoveries order by due_at, id limit 1");
        self.one(&sql, &[]).await
    }
}

/// Adds a request.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &RecoveryRow) -> Result<()> {
    change.insert("recoveries", row, "").map(drop)
}

/// Puts a request off, to be looked into again.
///
/// # Errors
/// When the database cannot write.
pub fn put_off(change: &Change<'_>, row: &RecoveryRow) -> Result<()> {
    let sql = "update recoveries set due_at = $1, tries = $2 where id = $3";
    let put_off = change.execute(sql, &[&row.due_at, &row.tries, &row.id]);
    put_off.map(drop)
}

/// Takes a request away; false when somebody else did, so that nothing is done twice.
///
/// # Errors
/// When the database cannot write.
pub fn take(change: &Change<'_>, id: &str) -> Result<bool> {
    Ok(change.execute("delete from recoveries where id = $1", &[&id])? == 1)
}
