//! Events: the ledger, in the order in which it was committed, so that whoever follows it misses nothing.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{
    endpoint::Endpoint,
    input::Filter,
    list::{self, Cursors, List},
    problem::{Problem, ProblemBody},
    time::time,
};
use crate::{
    model::scope::Scope,
    paths,
    state::AppState,
    store::ledger::{LedgerQuery, PlacedRow},
};

/// The endpoints.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![Endpoint::new(Scope::EventsRead, routes!(index))]
}

const CURSORS: Cursors = Cursors("events");

/// Something that happened to an inquiry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Event {
    /// A ULID; the same event has the same ID wherever it is told.
    #[schema(example = "01KJMXB2S0M6Q4W2D3CJ7T9E5F")]
    id: String,
    /// What happened, in the past tense: `link-created`, `resumed`, `verified` and others. Expect new ones.
    #[schema(example = "link-created")]
    r#type: String,
    /// Persona's ID of the inquiry.
    #[schema(example = "inq_6F8yTQ2mJkWvRbXcNpLs4Z1D")]
    inquiry_id: String,
    /// The link through which it happened.
    link_id: Option<String>,
    /// When it happened.
    #[schema(format = DateTime)]
    occurred_at: String,
    /// Who did it: `key:ID`, `staff:ID`, `cli:NAME`, `policy:ID` or `system`; `null` for the person.
    #[schema(example = "system")]
    actor: Option<String>,
    /// More about it: a code, without personal data.
    #[schema(example = "person-asked")]
    detail: Option<String>,
}

impl From<PlacedRow> for Event {
    fn from(row: PlacedRow) -> Self {
        Self {
            id: row.id,
            r#type: row.event,
            inquiry_id: row.inquiry_id,
            link_id: row.link_id,
            occurred_at: time(row.at),
            actor: row.actor,
            detail: row.detail,
        }
    }
}

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Of this inquiry only.
    inquiry_id: Option<String>,
    /// Of this type only.
    #[param(example = "link-created")]
    r#type: Option<String>,
    /// How many at most; 50 when it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Follow what happens, oldest first
///
/// Events come in the order in which they were written, each once and none left out. The list has no end: keep the last
/// `next_cursor` and ask with it again later.
#[utoipa::path(get, path = paths::API_EVENTS, operation_id = "list_events", tag = "Events", params(Which),
    responses(
        (status = 200, description = "A page of events", body = List<Event>),
        (status = 400, description = "A parameter is not acceptable", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn index(
    State(state): State<AppState>,
    Filter(which): Filter<Which>,
) -> Result<Json<List<Event>>, Problem> {
    let most = list::most(which.limit)?;
    let after = CURSORS.read(which.cursor.as_deref(), place)?;
    let after = after.unwrap_or_default();
    let query = LedgerQuery {
        inquiry_id: which.inquiry_id,
        event: which.r#type,
    };
    let rows = state.store.ledger_after(query, after, most + 1).await?;
    let last = rows.iter().take(most).next_back();
    let next = CURSORS.write(&last.map_or(after, |row| row.seq).to_string());
    let page = List::cut(rows, most, |_| String::new(), Event::from);
    Ok(Json(List {
        next_cursor: Some(next),
        ..page
    }))
}

/// The place of the last event of the page before.
fn place(text: &str) -> Option<i64> {
    text.parse().ok().filter(|seq| *seq >= 0)
}
