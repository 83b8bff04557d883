//! The milestones of links: how far the journey of each went, each with the first time that it was reached.
//!
//! A journey is a link with its hand-offs: what is reached on a hand-off is reached on every link above it as well, so
//! that counting the links without parent counts each journey once.

use super::{Change, Result, Rows, inquiries::InquiryRow};

/// A point of a journey that the server itself sees; the decision has its own function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// The person pressed the button; looking at the page, as mail scanners do, is none.
    Opened,
    /// A session token, a one-time link or an unstarted inquiry was given.
    Resumed,
    /// The browser said that Persona's flow is on view.
    Ready,
    /// The receipt was written.
    Finished,
}

impl Milestone {
    const fn column(self) -> &'static str {
        match self {
            Self::Opened => "opened_at",
            Self::Resumed => "resumed_at",
            Self::Ready => "ready_at",
            Self::Finished => "finished_at",
        }
    }
}

/// A link and those above it, by the ID in `$1`.
const JOURNEY: &str = "with recursive journey (id, parent_id) as (
        select id, parent_id from links where id = $1
        union all
        select above.id, above.parent_id from links above join journey on above.id = journey.parent_id
    )";

/// Keeps when a milestone was reached, on the link and on those above it; false when it was reached before.
///
/// # Errors
/// When the database cannot write.
pub fn reach(change: &Change<'_>, link_id: &str, milestone: Milestone, at: i64) -> Result<bool> {
    let column = milestone.column();
    let sql = format!(
        "{JOURNEY} update links set {column} = $2 where {column} is null and id in (select id from journey)"
    );
    Ok(change.execute(&sql, &[&link_id, &at])? > 0)
}

/// The same for a press of the button by which the inquiry was given.
///
/// # Errors
/// When the database cannot write.
pub fn reach_resumed(
    change: &Change<'_>,
    link_id: &str,
    pressed_at: i64,
    resumed_at: i64,
) -> Result<()> {
    let sql = format!(
        "{JOURNEY} update links set opened_at = coalesce(opened_at, $2), resumed_at = coalesce(resumed_at, $3)
         where (opened_at is null or resumed_at is null) and id in (select id from journey)"
    );
    change
        .execute(&sql, &[&link_id, &pressed_at, &resumed_at])
        .map(drop)
}

/// Keeps what Persona decided on the journey that led there; nothing happens before there is a decision.
///
/// That is the newest link of the inquiry whose flow was finished, or else the newest that was resumed. A person who was
/// approved without any of our links is nobody's success.
///
/// # Errors
/// When the database cannot write.
pub fn decide(change: &Change<'_>, inquiry: &InquiryRow) -> Result<()> {
    let sql = format!("{DECIDE} and coalesce(outcome, '') <> $1");
    decide_by(change, &sql, inquiry, inquiry.read_at)
}

/// The same with the time of the decision that Persona told of, whatever was known of it before.
///
/// # Errors
/// When the database cannot write.
pub fn decide_told(change: &Change<'_>, inquiry: &InquiryRow, at: i64) -> Result<()> {
    decide_by(change, DECIDE, inquiry, at)
}

const DECIDE: &str = "update links set outcome = $1, decided_at = $2 where id = (
        select id from links where inquiry_id = $3 and parent_id is null and resumed_at is not null
        order by case when finished_at is null then 1 else 0 end, id desc limit 1
    )";

fn decide_by(change: &Change<'_>, sql: &str, inquiry: &InquiryRow, at: i64) -> Result<()> {
    if !matches!(&*inquiry.status, "approved" | "declined" | "failed") {
        return Ok(());
    }
    let params: [super::Param<'_>; 3] = [&inquiry.status, &at, &inquiry.id];
    change.execute(sql, &params).map(drop)
}

/// Keeps when the person finished, as Persona told of it: events that come later may tell of an earlier time.
///
/// # Errors
/// When the database cannot write.
pub fn finish_told(change: &Change<'_>, link_id: &str, at: i64) -> Result<()> {
    let sql = format!(
        "{JOURNEY} update links set finished_at = $2
         where coalesce(finished_at, $2 + 1) > $2 and id in (select id from journey)"
    );
    change.execute(&sql, &[&link_id, &at]).map(drop)
}

/// The template of an inquiry, if we know it.
///
/// # Errors
/// When the database does not answer.
pub fn template(rows: &Rows, inquiry_id: &str) -> Result<Option<String>> {
    let sql = "select template_id from inquiries where id = $1";
    let template: Option<Option<String>> = rows.one_value(sql, &[&inquiry_id])?;
    Ok(template.flatten())
}
