//! The table `events`: what Persona told us of, each event once.

use super::{Change, Param, Record as _, Result, Rows, Store, columns};
use crate::model::event::{FIRST_END, GONE, LAST_END};

/// It waits to be applied.
pub const WAITING: &str = "waiting";
/// What it says has reached the inquiry.
pub const APPLIED: &str = "applied";
/// It says nothing that we use.
pub const IGNORED: &str = "ignored";
/// It could not be applied, and waits for somebody.
pub const PARKED: &str = "parked";

/// A webhook brought it.
pub const WEBHOOK: &str = "webhook";
/// A sweep found it.
pub const SWEEP: &str = "sweep";

/// An event: times in ms since 1970, and no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRow {
    /// Persona's ID of the event itself.
    pub id: String,
    /// Its name, such as `inquiry.expired`.
    pub name: String,
    /// When it happened, by Persona's clock.
    pub at: i64,
    /// When we learned of it.
    pub received_at: i64,
    /// What told us first: [`WEBHOOK`] or [`SWEEP`].
    pub source: String,
    /// When a webhook told of it first.
    pub told_at: Option<i64>,
    /// The sweep that found it.
    pub sweep_id: Option<String>,
    /// What it is about, such as a session.
    pub object_id: String,
    /// The inquiry that this belongs to.
    pub inquiry_id: Option<String>,
    /// Where it stands among events of the same millisecond.
    pub position: i64,
    /// What we keep of the inquiry as it was then, as JSON.
    pub said: Option<String>,
    /// [`WAITING`], [`APPLIED`], [`IGNORED`] or [`PARKED`].
    pub state: String,
    /// When it got its state.
    pub settled_at: Option<i64>,
    /// What came of it, or why it is parked.
    pub result: Option<String>,
    /// How often Persona was asked about it in vain.
    pub tries: i64,
    /// Not before then is Persona asked again.
    pub due_at: i64,
}

columns!(EventRow: id, name, at, received_at, source, told_at, sweep_id, object_id, inquiry_id, position, said, state,
    settled_at, result, tries, due_at);

/// Which events a page lists; all of them when nothing is asked for.
#[derive(Clone, Debug, Default)]
pub struct EventQuery {
    /// Of this name.
    pub name: Option<String>,
    /// In this state: one of the four.
    pub state: Option<&'static str>,
    /// Found by this sweep.
    pub sweep: Option<String>,
    /// Received before this one: when, and its ID.
    pub before: Option<(i64, String)>,
}

impl EventQuery {
    /// The states stand in the text, because an index on one of them is used only then.
    fn rows(&self, rows: &Rows, most: usize) -> Result<Vec<EventRow>> {
        let mut conditions = vec!["received_at > 0".to_owned()];
        let mut params: Vec<Param<'_>> = Vec::new();
        for (column, value) in [("name", &self.name), ("sweep_id", &self.sweep)] {
            if let Some(value) = value {
                params.push(value);
                conditions.push(format!("{column} = ${}", params.len()));
            }
        }
        if let Some(state) = self.state {
            conditions.push(format!("state = '{state}'"));
        }
        if let Some((at, id)) = &self.before {
            params.extend([at as Param<'_>, id]);
            let last = params.len();
            conditions.push(format!("(received_at, id) < (${}, ${last})", last - 1));
        }
        let (columns, conditions) = (EventRow::COLUMNS, conditions.join(" and "));
        let sql = format!(
            "select {columns} from events where {conditions} order by received_at desc, id desc limit {most}"
        );
        rows.all(&sql, &params)
    }
}

impl Store {
    /// The event with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn event(&self, id: &str) -> Result<Option<EventRow>> {
        self.by("events", "id", &id).await
    }

    /// Events that match, the last received first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn events(&self, query: EventQuery, most: usize) -> Result<Vec<EventRow>> {
        self.scan(move |rows| query.rows(rows, most)).await
    }

    /// The names of all events that were received, each once. It jumps from one to the next along the index.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn event_names(&self) -> Result<Vec<String>> {
        let next = "select min(name) from events where name > $1";
        self.scan(move |rows| {
            let mut names: Vec<String> = Vec::new();
            let mut last = String::new();
            while let Some(name) = rows.one_value::<Option<String>>(next, &[&last])?.flatten() {
                last.clone_from(&name);
                names.push(name);
            }
            Ok(names)
        })
        .await
    }

    /// Events that wait and say all that is needed, in the order in which they happened.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn waiting_events(&self, most: usize) -> Result<Vec<EventRow>> {
        let columns = EventRow::COLUMNS;
        let sql = format!(
            "select {columns} from events where state = 'waiting' and said is not null
             order by at, position, id limit {most}"
        );
        self.scan(move |rows| rows.all(&sql, &[])).await
    }

    /// The next event that waits and about which Persona must be asked; it may not be due yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bare_event(&self) -> Result<Option<EventRow>> {
        let columns = EventRow::COLUMNS;
        let sql = format!(
            "select {columns} from events where state = 'waiting' and said is null
             order by due_at, at, position, id limit 1"
        );
        self.scan(move |rows| rows.one(&sql, &[])).await
    }
}

/// Adds an event; false when it is there already.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &EventRow) -> Result<bool> {
    let added = change.insert("events", row, "on conflict (id) do nothing")?;
    Ok(added == 1)
}

/// Keeps that a webhook told of an event that is there already.
///
/// # Errors
/// When the database cannot write.
pub fn told(change: &Change<'_>, id: &str, at: i64) -> Result<()> {
    let sql = "update events set told_at = $1 where id = $2 and told_at is null";
    change.execute(sql, &[&at, &id]).map(drop)
}

/// Writes what became of an event, unless it moved since the caller saw it; false then.
///
/// # Errors
/// When the database cannot write.
pub fn move_on(change: &Change<'_>, seen: &EventRow, now: &EventRow) -> Result<bool> {
    let present: Option<EventRow> = change.by("events", "id", &seen.id)?;
    // A webhook may tell of it meanwhile, which changes nothing about it.
    let told_at = present.as_ref().and_then(|row| row.told_at);
    let is_as_seen = present.is_some_and(|row| row.state == seen.state && row.tries == seen.tries);
    if is_as_seen {
        let now = EventRow {
            told_at,
            ..now.clone()
        };
        change.upsert("events", "id", &now)?;
    }
    Ok(is_as_seen)
}

/// The last thing that happened to an inquiry.
///
/// # Errors
/// When the database does not answer.
pub fn newest(change: &Change<'_>, inquiry_id: &str) -> Result<Option<EventRow>> {
    let columns = EventRow::COLUMNS;
    let sql = format!(
        "select {columns} from events where inquiry_id = $1 and said is not null
         order by at desc, position desc, id desc limit 1"
    );
    change.one(&sql, &[&inquiry_id])
}

/// The first event that shows the person of an inquiry to be done.
///
/// # Errors
/// When the database does not answer.
pub fn first_end(change: &Change<'_>, inquiry_id: &str) -> Result<Option<EventRow>> {
    let columns = EventRow::COLUMNS;
    let sql = format!(
        "select {columns} from events where inquiry_id = $1 and said is not null and position between $2 and $3
         order by at, position, id limit 1"
    );
    change.one(&sql, &[&inquiry_id, &FIRST_END, &LAST_END])
}

/// The last event that shows an inquiry as decided: failed, declined or approved, redacted or not.
///
/// # Errors
/// When the database does not answer.
pub fn last_decision(change: &Change<'_>, inquiry_id: &str) -> Result<Option<EventRow>> {
    let columns = EventRow::COLUMNS;
    let sql = format!(
        "select {columns} from events where inquiry_id = $1 and said is not null and position % {GONE} in (5, 7, 8)
         order by at desc, position desc, id desc limit 1"
    );
    change.one(&sql, &[&inquiry_id])
}

/// When the last of those events happened that no webhook told of; none when each was told of.
///
/// # Errors
/// When the database does not answer.
pub fn last_untold(change: &Change<'_>) -> Result<Option<i64>> {
    let sql = "select at from events where told_at is null order by at desc limit 1";
    change.one_value(sql, &[])
}
