//! The table `imports`: how far the inquiries of Persona have been read.

use super::{Change, Record as _, Result, Store, columns};

/// The state of an import that is under way; there is one at most.
pub const RUNNING: &str = "running";

/// An import: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportRow {
    /// A ULID.
    pub id: String,
    /// Who started it.
    pub actor: String,
    /// When.
    pub started_at: i64,
    /// Only inquiries in these statuses, separated by commas; all when empty.
    pub statuses: String,
    /// Only inquiries that were made since then.
    pub since: Option<i64>,
    /// `running`, `parked`, `done` or `cancelled`.
    pub state: String,
    /// What is read now: `templates`, `inquiries` or `names`.
    pub phase: String,
    /// The last inquiry that was kept, where the next page begins.
    pub last_id: Option<String>,
    /// When that one was made.
    pub last_at: Option<i64>,
    /// Pages of inquiries so far.
    pub pages: i64,
    /// Inquiries so far.
    pub inquiries: i64,
    /// Requests that failed since the last that did not.
    pub failures: i64,
    /// Not before then is Persona asked again.
    pub next_at: i64,
    /// What Persona answered last, when it was a failure.
    pub error: Option<String>,
    /// When it ended.
    pub finished_at: Option<i64>,
}

columns!(ImportRow: id, actor, started_at, statuses, since, state, phase, last_id, last_at, pages, inquiries,
    failures, next_at, error, finished_at);

impl Store {
    /// The import that is under way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn running_import(&self) -> Result<Option<ImportRow>> {
        self.by("imports", "state", &RUNNING).await
    }

    /// The import with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn import(&self, id: &str) -> Result<Option<ImportRow>> {
        self.by("imports", "id", &id).await
    }

    /// The newest imports, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn imports(&self, most: i64) -> Result<Vec<ImportRow>> {
        let columns = ImportRow::COLUMNS;
        let sql = format!("select {columns} from imports order by id desc limit $1");
        self.all(&sql, &[&most]).await
    }
}

/// Adds an import; false when one is under way.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &ImportRow) -> Result<bool> {
    let added = change.insert("imports", row, "on conflict do nothing")?;
    Ok(added == 1)
}

/// Moves an import from what the caller saw to what it is now; false when it moved meanwhile, or when another is
/// under way and this one would be too.
///
/// # Errors
/// When the database cannot write.
pub fn move_on(change: &Change<'_>, seen: &ImportRow, now: &ImportRow) -> Result<bool> {
    let present: Option<ImportRow> = change.by("imports", "id", &seen.id)?;
    let other: Option<ImportRow> = change.by("imports", "state", &RUNNING)?;
    let has_other = now.state == RUNNING && other.is_some_and(|other| other.id != now.id);
    if present.as_ref() != Some(seen) || has_other {
        return Ok(false);
    }
    change.upsert("imports", "id", now)?;
    Ok(true)
}
