//! Links: listed, made, taken back.

mod create;
mod revoke;
mod view;
mod wishes;

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use super::{
    endpoint::Endpoint,
    input::Filter,
    kind::Kind,
    list::{self, Cursors, List},
    problem::{Problem, ProblemBody},
};
use crate::{model::scope::Scope, paths, state::AppState};

pub(super) use create::told;
pub(super) use view::{Link, NewLink};
pub(super) use wishes::Wishes;

/// The endpoints.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Scope::LinksRead, routes!(index)),
        Endpoint::new(Scope::LinksWrite, routes!(create::create)),
        Endpoint::new(Scope::LinksRead, routes!(show)),
        Endpoint::new(Scope::LinksWrite, routes!(revoke::revoke)),
    ]
}

const CURSORS: Cursors = Cursors("links");

/// Which links.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Of this inquiry only.
    inquiry_id: Option<String>,
    /// How many at most; 50 when it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List links, newest first
///
/// No list tells a link's URL: it is in the answer to the request that made it, and nowhere else.
#[utoipa::path(get, path = paths::API_LINKS, operation_id = "list_links", tag = "Links", params(Which),
    responses(
        (status = 200, description = "A page of links", body = List<Link>),
        (status = 400, description = "A parameter is not acceptable", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn index(
    State(state): State<AppState>,
    Filter(which): Filter<Which>,
) -> Result<Json<List<Link>>, Problem> {
    let most = list::most(which.limit)?;
    let before = CURSORS.read(which.cursor.as_deref(), list::id)?;
    let rows = state
        .store
        .links_before(which.inquiry_id, before, most + 1)
        .await?;
    let now = state.clock.now_ms();
    let cursor = |row: &crate::store::links::LinkRow| CURSORS.write(&row.id);
    Ok(Json(List::cut(rows, most, cursor, |row| {
        Link::of(row, now)
    })))
}

/// Read a link
#[utoipa::path(get, path = paths::API_LINK, operation_id = "get_link", tag = "Links",
    params(("id" = String, Path, description = "The link's ID, which is no secret")),
    responses(
        (status = 200, description = "The link", body = Link),
        (status = 404, description = "There is no such link", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Link>, Problem> {
    let link = state.store.link(&id).await?.ok_or_else(unknown)?;
    Ok(Json(Link::of(link, state.clock.now_ms())))
}

/// Nobody made a link of this ID.
fn unknown() -> Problem {
    Problem::new(Kind::NotFound, "There is no link of this ID.")
}
