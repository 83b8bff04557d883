//! Inquiries: listed, read, opened again.

mod resume;
mod view;

use axum::{
    Json,
    extract::{Path, State},
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

use super::{
    endpoint::Endpoint,
    input::{Filter, error},
    kind::Kind,
    list::{self, Cursors, List},
    problem::{Problem, ProblemBody},
};
use crate::{
    mirror::STATUSES,
    model::{need::Need, scope::Scope},
    paths,
    state::AppState,
    store::inquiries::{InquiryQuery, InquiryRow},
};

pub(super) use view::Inquiry;

/// The endpoints.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Scope::InquiriesRead, routes!(index)),
        Endpoint::new(Scope::InquiriesRead, routes!(show)),
        Endpoint::new(Scope::InquiriesResume, routes!(resume::resume)),
    ]
}

const CURSORS: Cursors = Cursors("inquiries");

/// Which inquiries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// In this status of Persona only.
    #[param(example = "expired")]
    status: Option<String>,
    /// Of the person that you call so at Persona only.
    reference_id: Option<String>,
    /// With this need only: `expired`, `pending`, `created`, `failed-to-load`, `cancelled` or `undecided`.
    #[param(example = "expired")]
    need: Option<String>,
    /// How many at most; 50 when it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Which {
    fn query(self) -> Result<InquiryQuery, Problem> {
        let mut errors = Vec::new();
        let is_status = |status: &String| STATUSES.contains(&status.as_str());
        if self
            .status
            .as_ref()
            .is_some_and(|status| !is_status(status))
        {
            let detail = format!("must be one of {}", STATUSES.join(", "));
            errors.push(error("status", detail));
        }
        if self
            .need
            .as_ref()
            .is_some_and(|need| Need::parse(need).is_none())
        {
            let detail = format!("must be one of {}", Need::ALL.map(Need::code).join(", "));
            errors.push(error("need", detail));
        }
        if !errors.is_empty() {
            return Err(Problem::fields(Kind::InvalidParameter, errors));
        }
        Ok(InquiryQuery {
            status: self.status,
            reference_id: self.reference_id,
            need: self.need,
        })
    }
}

/// List inquiries, in the order of their IDs
///
/// Inquiries that Leftoff knows: those that were imported, told of by Persona, or given a link. Whatever moves while you read, each
/// is listed once.
#[utoipa::path(get, path = paths::API_INQUIRIES, operation_id = "list_inquiries", tag = "Inquiries", params(Which),
    responses(
        (status = 200, description = "A page of inquiries", body = List<Inquiry>),
        (status = 400, description = "A parameter is not acceptable", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn index(
    State(state): State<AppState>,
    Filter(which): Filter<Which>,
) -> Result<Json<List<Inquiry>>, Problem> {
    let most = list::most(which.limit)?;
    let after = CURSORS.read(which.cursor.as_deref(), list::id)?;
    let after = after.unwrap_or_default();
    let query = which.query()?;
    let rows = state.store.inquiries_after(query, after, most + 1).await?;
    let cursor = |row: &InquiryRow| CURSORS.write(&row.id);
    Ok(Json(List::cut(rows, most, cursor, Inquiry::from)))
}

/// Read an inquiry
///
/// As Leftoff knows it; `read_at` says since when. Nothing is asked of Persona.
#[utoipa::path(get, path = paths::API_INQUIRY, operation_id = "get_inquiry", tag = "Inquiries",
    params(("id" = String, Path, description = "Persona's ID of the inquiry")),
    responses(
        (status = 200, description = "The inquiry", body = Inquiry),
        (status = 404, description = "Leftoff knows no such inquiry", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<Inquiry>, Problem> {
    let inquiry = state.store.inquiry(&id).await?.ok_or_else(unknown)?;
    Ok(Json(inquiry.into()))
}

fn unknown() -> Problem {
    Problem::new(Kind::NotFound, "Leftoff knows no inquiry of this ID.")
}
