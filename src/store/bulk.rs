//! The table `bulks`: acts on many inquiries at once, and how far they are.

use sha2::{Digest as _, Sha256};

use super::{Change, Record as _, Result, Rows, Store, Value, columns, queue::QueueQuery};
use crate::model::bulk::{BulkAct, BulkState, RowState, Verdict};

/// Inquiries that one bulk takes at most.
pub const MOST: i64 = 100_000;

/// Sessions that Persona allows for one inquiry by default
/// (<https://docs.withpersona.com/ensuring-user-access-to-inquiries>).
pub const MOST_SESSIONS: i64 = 25;

/// A bulk: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkRow {
    /// A ULID.
    pub id: String,
    /// Who made it, as the audit names them.
    pub maker: String,
    /// The act's code.
    pub act: String,
    /// The query of the view that it came from; empty for inquiries that were ticked.
    pub origin: String,
    /// The bulk whose failed rows it tries again.
    pub retry_of: Option<String>,
    /// 1 when inquiries of outdated templates are taken too.
    pub with_outdated: i64,
    /// 1 when people who were contacted lately are taken too.
    pub with_contacted: i64,
    /// The code of the reason.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// The state's code.
    pub state: String,
    /// Why Leftoff itself paused it.
    pub problem: Option<String>,
    /// SHA-256 of the inquiries, their versions and what will happen to each.
    pub fingerprint: String,
    /// Inquiries in all.
    pub total: i64,
    /// Those that something will happen to.
    pub included: i64,
    /// Those that it happened to.
    pub done: i64,
    /// Those where there was nothing to do any more.
    pub skipped: i64,
    /// Those where it did not succeed.
    pub failed: i64,
    /// When it was made.
    pub created_at: i64,
    /// Who confirmed the receipt.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<i64>,
    /// Who else approved it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<i64>,
    /// When it came to its end.
    pub finished_at: Option<i64>,
}

columns!(BulkRow: id, maker, act, origin, retry_of, with_outdated, with_contacted, reason, note, state, problem,
    fingerprint, total, included, done, skipped, failed, created_at, confirmed_by, confirmed_at, approved_by,
    approved_at, finished_at);

impl BulkRow {
    /// What it does.
    #[must_use]
    pub fn act(&self) -> BulkAct {
        BulkAct::parse(&self.act).unwrap_or(BulkAct::Resume)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> BulkState {
        BulkState::parse(&self.state).unwrap_or(BulkState::Cancelled)
    }

    /// Who answers for it: whoever confirmed it, before that its maker.
    #[must_use]
    pub fn actor(&self) -> &str {
        self.confirmed_by.as_deref().unwrap_or(&self.maker)
    }

    /// Inquiries whose turn has not come.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.included - self.done - self.skipped - self.failed
    }
}

/// Which inquiries a bulk takes.
#[derive(Clone, Debug)]
pub enum Source {
    /// All that match a view.
    Query(QueueQuery),
    /// Those that were ticked.
    Ticked(Vec<String>),
    /// Those that failed in another bulk.
    FailedOf(String),
}

impl Source {
    /// The condition on `inquiries`, and its values.
    fn condition(&self) -> (String, Vec<Value>) {
        match self {
            Self::Query(query) => query.conditions().into_parts(),
            Self::Ticked(ids) => {
                let places = vec!["?"; ids.len()].join(", ");
                let values = ids.iter().map(|id| id.clone().into()).collect();
                (format!("id in ({places})"), values)
            }
            Self::FailedOf(bulk) => {
                let sql = "id in (select inquiry_id from bulk_rows where bulk_id = ? and state = 'failed')";
                (sql.to_owned(), vec![bulk.clone().into()])
            }
        }
    }
}

/// What decides over each inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What is done.
    pub act: BulkAct,
    /// Whether outdated templates are no reason to leave an inquiry out.
    pub with_outdated: bool,
    /// Whether a contact since then is a reason, in ms since 1970.
    pub contacted_since: Option<i64>,
    /// Now.
    pub now: i64,
}

impl Terms {
    /// The verdict over a row of `inquiries`, as an expression. What it holds are our own numbers and names.
    fn sql(&self) -> String {
        let mut cases = vec![
            ("redacted_at is not null".to_owned(), Verdict::Redacted),
            (
                "status in ('completed', 'failed', 'approved', 'declined', 'needs_review')"
                    .to_owned(),
                Verdict::Finished,
            ),
        ];
        match self.act {
            BulkAct::Resume => self.against_resume(&mut cases),
            BulkAct::RevokeLinks => {
                let open = format!(
                    "not exists (select 1 from links where links.inquiry_id = inquiries.id
                     and revoked_at is null and links.expires_at > {})",
                    self.now
                );
                // A link can be taken back whatever became of the inquiry.
                cases = vec![(open, Verdict::NoLinks)];
            }
            BulkAct::Expire => cases.push(("status = 'expired'".to_owned(), Verdict::Expired)),
        }
        let cases: Vec<_> = cases
            .into_iter()
            .map(|(condition, verdict)| format!("when {condition} then '{}'", verdict.code()))
            .collect();
        format!("case {} else 'included' end", cases.join(" "))
    }

    fn against_resume(&self, cases: &mut Vec<(String, Verdict)>) {
        cases.push((format!("sessions >= {MOST_SESSIONS}"), Verdict::SessionCap));
        if !self.with_outdated {
            let outdated =
                "exists (select 1 from templates where templates.id = inquiries.template_id
                and latest_version_id <> inquiries.template_version_id)";
            cases.push((outdated.to_owned(), Verdict::Outdated));
        }
        if let Some(since) = self.contacted_since {
            cases.push((format!("contacted_at > {since}"), Verdict::Contacted));
        }
    }
}

/// An inquiry that moved since the receipt was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The inquiry.
    pub inquiry_id: String,
    /// What would have happened to it.
    pub was: String,
    /// What will happen to it now.
    pub is: String,
}

columns!(Moved: inquiry_id, was, is);

/// How many inquiries share a verdict, or an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The code.
    pub code: String,
    /// How many.
    pub count: i64,
    /// One of them.
    pub example: Option<String>,
}

columns!(Group: code, count, example);

#[derive(Clone, Debug)]
struct Frozen {
    inquiry_id: String,
    version: i64,
    verdict: String,
}

columns!(Frozen: inquiry_id, version, verdict);

/// Adds a bulk with the inquiries that it takes, as they are now.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, bulk: BulkRow, source: &Source, terms: &Terms) -> Result<BulkRow> {
    change.insert("bulks", &bulk, "")?;
    let (condition, values) = source.condition();
    let verdict = terms.sql();
    let sql = format!(
        "insert into bulk_rows (bulk_id, position, inquiry_id, version, verdict, state, attempt, tries, due_at)
         select ?, row_number() over (order by since, id), id, version, {verdict}, 'waiting', 0, 0, 0
         from inquiries where {condition} order by since, id limit {MOST}"
    );
    let mut params: Vec<super::Param<'_>> = vec![&bulk.id];
    params.extend(values.iter().map(|value| value as super::Param<'_>));
    change.execute(&sql, &params)?;
    count_frozen(change, bulk)
}

/// Removes a bulk that takes nobody.
///
/// # Errors
/// When the database cannot write.
pub fn discard(change: &Change<'_>, id: &str) -> Result<()> {
    change
        .execute("delete from bulks where id = $1", &[&id])
        .map(drop)
}

/// Looks at each inquiry of a draft anew.
///
/// # Errors
/// When the database cannot write.
pub fn freeze(change: &Change<'_>, bulk: BulkRow, terms: &Terms) -> Result<BulkRow> {
    let verdict = terms.sql();
    let sql = format!(
        "update bulk_rows set
             version = (select inquiries.version from inquiries where inquiries.id = bulk_rows.inquiry_id),
             verdict = (select {verdict} from inquiries where inquiries.id = bulk_rows.inquiry_id)
         where bulk_id = $1"
    );
    change.execute(&sql, &[&bulk.id])?;
    count_frozen(change, bulk)
}

fn count_frozen(change: &Change<'_>, mut bulk: BulkRow) -> Result<BulkRow> {
    let state = "update bulk_rows set state = case verdict when 'included' then 'waiting' else 'left-out' end
        where bulk_id = $1";
    change.execute(state, &[&bulk.id])?;
    let columns = Frozen::COLUMNS;
    let sql = format!("select {columns} from bulk_rows where bulk_id = $1 order by position");
    let rows: Vec<Frozen> = change.all(&sql, &[&bulk.id])?;
    let is_included = |row: &&Frozen| row.verdict == Verdict::Included.code();
    bulk.total = as_count(rows.len());
    bulk.included = as_count(rows.iter().filter(is_included).count());
    bulk.fingerprint = fingerprint(&bulk.act, &rows);
    change.upsert("bulks", "id", &bulk)?;
    Ok(bulk)
}

fn fingerprint(act: &str, rows: &[Frozen]) -> String {
    let mut hash = Sha256::new();
    hash.update(act);
    for row in rows {
        let (id, version, verdict) = (&row.inquiry_id, row.version, &row.verdict);
        hash.update(format!("\n{id} {version} {verdict}"));
    }
    hex::encode(hash.finalize())
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many inquiries moved since the bulk was frozen, and the first of them.
///
/// # Errors
/// When the database does not answer.
pub fn moved(change: &Change<'_>, bulk: &str, terms: &Terms) -> Result<(i64, Vec<Moved>)> {
    const SHOWN: i64 = 20;
    let from = "from bulk_rows join inquiries on inquiries.id = inquiry_id
        where bulk_id = $1 and inquiries.version <> bulk_rows.version";
    let count: Option<i64> = change.one_value(&format!("select count(*) {from}"), &[&bulk])?;
    let verdict = terms.sql();
    let sql =
        format!("select inquiry_id, verdict, {verdict} {from} order by position limit {SHOWN}");
    Ok((count.unwrap_or_default(), change.all(&sql, &[&bulk])?))
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
