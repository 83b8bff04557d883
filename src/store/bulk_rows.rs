//! The table `bulk_rows`: the inquiries of each bulk, and what became of them.

use super::{Change, Record as _, Result, Store, columns};
use crate::model::bulk::RowState;

/// An inquiry of a bulk: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkItem {
    /// The bulk.
    pub bulk_id: String,
    /// Its place in the bulk: 1, 2, 3 and so on.
    pub position: i64,
    /// The inquiry.
    pub inquiry_id: String,
    /// The inquiry's version when the bulk was frozen.
    pub version: i64,
    /// What was to happen to it, by code.
    pub verdict: String,
    /// What became of it, by code.
    pub state: String,
    /// Grows when a try needs an idempotency key of its own.
    pub attempt: i64,
    /// Tries that failed.
    pub tries: i64,
    /// When its next try is due.
    pub due_at: i64,
    /// When it was last tried.
    pub tried_at: Option<i64>,
    /// What was done, or why nothing was, by code.
    pub result: Option<String>,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// The link that was made.
    pub link_id: Option<String>,
    /// When the link's URL was handed out.
    pub taken_at: Option<i64>,
}

columns!(BulkItem: bulk_id, position, inquiry_id, version, verdict, state, attempt, tries, due_at, tried_at, result,
    error, link_id, taken_at);

impl BulkItem {
    /// What became of it.
    #[must_use]
    pub fn state(&self) -> RowState {
        RowState::parse(&self.state).unwrap_or(RowState::Failed)
    }
}

/// An item with what the company calls the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Its place in the bulk.
    pub position: i64,
    /// The inquiry.
    pub inquiry_id: String,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// What was to happen to it, by code.
    pub verdict: String,
    /// What became of it, by code.
    pub state: String,
    /// What was done, or why nothing was, by code.
    pub result: Option<String>,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// The link that was made.
    pub link_id: Option<String>,
    /// When it was last tried.
    pub tried_at: Option<i64>,
}

columns!(Reported: position, inquiry_id, reference_id, verdict, state, result, error, link_id, tried_at);

/// A link of a bulk whose URL is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenLink {
    /// The inquiry.
    pub inquiry_id: String,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// The link.
    pub link_id: String,
    /// By which it is known that its token can still be told.
    pub token_hash: String,
    /// When its time is over.
    pub expires_at: i64,
}

columns!(TakenLink: inquiry_id, reference_id, link_id, token_hash, expires_at);

/// What became of an item at last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Done, skipped or failed.
    pub state: RowState,
    /// What was done, or why nothing was.
    pub result: &'static str,
    /// What went wrong, in words.
    pub error: Option<String>,
    /// The link that was made.
    pub link_id: Option<String>,
}

/// Settles an item; false when it is settled already, so that nothing is done twice.
///
/// # Errors
/// When the database cannot write.
pub fn settle(change: &Change<'_>, item: &BulkItem, settled: &Settled, at: i64) -> Result<bool> {
    let updated = change.execute(
        "update bulk_rows set state = $1, result = $2, error = $3, link_id = $4, tried_at = $5
         where bulk_id = $6 and position = $7 and state = 'waiting'",
        &[
            &settled.state.code(),
            &settled.result,
            &settled.error,
            &settled.link_id,
            &at,
            &item.bulk_id,
            &item.position,
        ],
    )?;
    Ok(updated == 1)
}

/// Puts an item off, to be tried again.
///
/// # Errors
/// When the database cannot write.
pub fn put_off(change: &Change<'_>, item: &BulkItem) -> Result<()> {
    let sql =
        "update bulk_rows set attempt = $1, tries = $2, due_at = $3, tried_at = $4, error = $5
        where bulk_id = $6 and position = $7 and state = 'waiting'";
    let put_off = change.execute(
        sql,
        &[
            &item.attempt,
            &item.tries,
            &item.due_at,
            &item.tried_at,
            &item.error,
            &item.bulk_id,
            &item.position,
        ],
    );
    put_off.map(drop)
}

/// Marks the links of a bulk whose URLs nobody took yet as taken, and gives them.
///
/// # Errors
/// When the database cannot write.
pub fn take_links(change: &Change<'_>, bulk: &str, now: i64) -> Result<Vec<TakenLink>> {
    let links = change.all(
        "select links.inquiry_id,
             (select reference_id from inquiries where inquiries.id = links.inquiry_id),
             links.id, token_hash, expires_at
         from bulk_rows join links on links.id = bulk_rows.link_id
         where bulk_id = $1 and state = 'done' and taken_at is null
             and revoked_at is null and expires_at > $2
         order by position",
        &[&bulk, &now],
    )?;
    let sql = "update bulk_rows set taken_at = $1
        where bulk_id = $2 and state = 'done' and taken_at is null and link_id is not null";
    change.execute(sql, &[&now, &bulk])?;
    Ok(links)
}

impl Store {
    /// Items of running bulks whose turn has come.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_due(&self, now: i64, most: i64) -> Result<Vec<BulkItem>> {
        let columns = BulkItem::COLUMNS;
        let sql = format!(
            "select {columns} from bulk_rows where bulk_id in (select id from bulks where state = 'running')
             and state = 'waiting' and due_at <= $1 order by bulk_id, position limit $2"
        );
        self.scan(move |rows| rows.all(&sql, &[&now, &most])).await
    }

    /// When the next turn of a running bulk comes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_next(&self) -> Result<Option<i64>> {
        let sql = "select min(due_at) from bulk_rows
            where bulk_id in (select id from bulks where state = 'running') and state = 'waiting'";
        let next: Option<Option<i64>> = self.scan(move |rows| rows.one_value(sql, &[])).await?;
        Ok(next.flatten())
    }

    /// Items of a bulk after a position, of one outcome or of all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_items(
        &self,
        bulk: &str,
        state: Option<RowState>,
        after: i64,
        most: i64,
    ) -> Result<Vec<Reported>> {
        let state = state.map(RowState::code);
        let of_state = state.map_or("", |_| "and state = $3");
        let sql = format!(
            "select position, inquiry_id,
                 (select reference_id from inquiries where inquiries.id = bulk_rows.inquiry_id),
                 verdict, state, result, error, link_id, tried_at
             from bulk_rows where bulk_id = $1 and position > $2 {of_state} order by position limit {most}"
        );
        let bulk = bulk.to_owned();
        self.scan(move |rows| match state {
            Some(state) => rows.all(&sql, &[&bulk, &after, &state]),
            None => rows.all(&sql, &[&bulk, &after]),
        })
        .await
    }

    /// How many links of a bulk wait to be handed out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bulk_links_left(&self, bulk: &str) -> Result<i64> {
        let sql = "select count(*) from bulk_rows
            where bulk_id = $1 and state = 'done' and link_id is not null and taken_at is null";
        let bulk = bulk.to_owned();
        let left: Option<i64> = self.scan(move |rows| rows.one_value(sql, &[&bulk])).await?;
        Ok(left.unwrap_or_default())
    }
}
