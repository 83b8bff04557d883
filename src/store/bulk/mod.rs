//! The table `bulks`: acts on many inquiries at once, and how far they are.

mod frozen;
mod row;
mod terms;

use super::{Change, Record as _, Result, Rows, Store};
use crate::model::bulk::{RowState, Verdict};

pub use frozen::{add, freeze, moved};
pub use row::{BulkRow, Group, Moved};
pub use terms::{MOST_SESSIONS, Source, Terms};

/// Inquiries that one bulk takes at most.
pub const MOST: i64 = 100_000;

/// Removes a bulk that takes nobody.
///
/// # Errors
/// When the database cannot write.
pub fn discard(change: &Change<'_>, id: &str) -> Result<()> {
    change
        .execute("delete from bulks where id = $1", &[&id])
        .map(drop)
}

/// The bulk as it is inside of a change.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<BulkRow>> {
    change.by("bulks", "id", &id)
}

/// Writes a bulk as it is now; its counts only while nothing runs.
///
/// # Errors
/// When the database cannot write.
pub fn write(change: &Change<'_>, bulk: &BulkRow) -> Result<()> {
    change.upsert("bulks", "id", bulk)
}

/// Counts a row that was settled, and ends the bulk when it was the last; gives the bulk then.
///
/// # Errors
/// When the database cannot write.
pub fn count(change: &Change<'_>, id: &str, state: RowState, now: i64) -> Result<Option<BulkRow>> {
    let column = match state {
        RowState::Done => "done",
        RowState::Skipped => "skipped",
        _ => "failed",
    };
    let sql = format!("update bulks set {column} = {column} + 1 where id = $1");
    change.execute(&sql, &[&id])?;
    finish(change, id, now)
}

/// Ends a running bulk that has nothing left to do; gives it then.
///
/// # Errors
/// When the database cannot write.
pub fn finish(change: &Change<'_>, id: &str, now: i64) -> Result<Option<BulkRow>> {
    let sql = "update bulks set state = 'done', finished_at = $1
        where id = $2 and state = 'running' and done + skipped + failed >= included";
    if change.execute(sql, &[&now, &id])? == 0 {
        return Ok(None);
    }
    find(change, id)
}

impl Store {
    /// The bulk with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk(&self, id: &str) -> Result<Option<BulkRow>> {
        self.by("bulks", "id", &id).await
    }

    /// The newest bulks, newest first, from before one on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulks(&self, before: Option<String>, most: i64) -> Result<Vec<BulkRow>> {
        let columns = BulkRow::COLUMNS;
        let sql = format!(
            "select {columns} from bulks where $1 is null or id < $1 order by id desc limit $2"
        );
        self.scan(move |rows| rows.all(&sql, &[&before, &most]))
            .await
    }

    /// The bulks that somebody may follow: those that run or are paused, and the newest, which may just have ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulks_to_follow(&self) -> Result<Vec<BulkRow>> {
        let columns = BulkRow::COLUMNS;
        let sql = format!(
            "select {columns} from bulks where state in ('running', 'paused')
             or id in (select id from bulks order by id desc limit 20) order by id desc limit 100"
        );
        self.all(&sql, &[]).await
    }

    /// How many inquiries of a bulk share a verdict, each with an example.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_verdicts(&self, id: &str) -> Result<Vec<Group>> {
        self.groups(id, "verdict").await
    }

    /// How many inquiries of a bulk share an outcome, each with an example.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_states(&self, id: &str) -> Result<Vec<Group>> {
        self.groups(id, "state").await
    }

    async fn groups(&self, id: &str, column: &'static str) -> Result<Vec<Group>> {
        let id = id.to_owned();
        self.scan(move |rows| groups(rows, &id, column)).await
    }

    /// What would happen to an inquiry now; none when nobody knows it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_verdict(&self, terms: &Terms, inquiry: &str) -> Result<Option<Verdict>> {
        let sql = format!("select {} from inquiries where id = $1", terms.sql());
        let code: Option<String> = self.one_value(&sql, &[&inquiry]).await?;
        Ok(code.and_then(|code| Verdict::parse(&code)))
    }
}

fn groups(rows: &Rows, id: &str, column: &'static str) -> Result<Vec<Group>> {
    let sql = format!(
        "select {column}, count(*), (select first.inquiry_id from bulk_rows as first
             where first.bulk_id = $1 and first.{column} = bulk_rows.{column} order by position limit 1)
         from bulk_rows where bulk_id = $1 group by {column}"
    );
    rows.all(&sql, &[&id])
}
