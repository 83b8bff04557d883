//! The table `sweeps`: looking for what no webhook told of, and what was found.

use super::{Change, Record as _, Result, Store, columns};

/// The state of a sweep that is under way; there is one at most.
pub const RUNNING: &str = "running";
/// The state of a sweep that looked at everything.
pub const DONE: &str = "done";
/// The state of a sweep that met an answer that waiting does not mend; the next looks at the same time again.
pub const FAILED: &str = "failed";

/// A sweep: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SweepRow {
    /// A ULID.
    pub id: String,
    /// Who started it.
    pub actor: String,
    /// When.
    pub started_at: i64,
    /// Events that happened then or later are looked through.
    pub since: i64,
    /// Events that happened then or before: younger ones may still come by webhook.
    pub until: i64,
    /// 1 for the first, which looks at a time when nobody listened.
    pub is_first: i64,
    /// [`RUNNING`], [`DONE`] or [`FAILED`].
    pub state: String,
    /// What is looked through now: `events` or `inquiries`.
    pub phase: String,
    /// Where the next page begins.
    pub last_id: Option<String>,
    /// 0 when Persona does not show events to the key.
    pub has_events: i64,
    /// Pages so far.
    pub pages: i64,
    /// Events so far.
    pub seen: i64,
    /// Events that no webhook had told of.
    pub found: i64,
    /// Inquiries that moved without any event.
    pub moved: i64,
    /// Requests that failed since the last that did not.
    pub failures: i64,
    /// Not before then is Persona asked again.
    pub next_at: i64,
    /// What Persona answered last, when it was a failure.
    pub error: Option<String>,
    /// When it ended.
    pub finished_at: Option<i64>,
}

columns!(SweepRow: id, actor, started_at, since, until, is_first, state, phase, last_id, has_events, pages, seen, found,
    moved, failures, next_at, error, finished_at);

impl Store {
    /// The sweep that is under way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn running_sweep(&self) -> Result<Option<SweepRow>> {
        self.by("sweeps", "state", &RUNNING).await
    }

    /// The last sweep that was started.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_sweep(&self) -> Result<Option<SweepRow>> {
        self.one_sweep("1 = 1").await
    }

    /// The last sweep that looked at everything.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_done_sweep(&self) -> Result<Option<SweepRow>> {
        self.one_sweep("state = 'done'").await
    }

    async fn one_sweep(&self, condition: &str) -> Result<Option<SweepRow>> {
        let columns = SweepRow::COLUMNS;
        let sql =
            format!("select {columns} from sweeps where {condition} order by id desc limit 1");
        self.one(&sql, &[]).await
    }

    /// The sweeps that found something, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sweeps_with_drift(&self, most: i64) -> Result<Vec<SweepRow>> {
        let columns = SweepRow::COLUMNS;
        let sql = format!(
            "select {columns} from sweeps where found > 0 or moved > 0 order by id desc limit $1"
        );
        self.all(&sql, &[&most]).await
    }
}

/// Adds a sweep; false when one is under way.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &SweepRow) -> Result<bool> {
    let added = change.insert("sweeps", row, "on conflict do nothing")?;
    Ok(added == 1)
}

/// Whether a sweep is as the caller saw it.
///
/// # Errors
/// When the database does not answer.
pub fn is_as(change: &Change<'_>, seen: &SweepRow) -> Result<bool> {
    let present: Option<SweepRow> = change.by("sweeps", "id", &seen.id)?;
    Ok(present.as_ref() == Some(seen))
}

/// Writes what a sweep is now.
///
/// # Errors
/// When the database cannot write.
pub fn write(change: &Change<'_>, now: &SweepRow) -> Result<()> {
    change.upsert("sweeps", "id", now)
}
