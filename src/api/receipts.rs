//! Receipts: what the server verified when people were done.

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{
    endpoint::Endpoint,
    input::Filter,
    kind::Kind,
    list::{self, Cursors, List},
    problem::{Problem, ProblemBody},
    time::time,
};
use crate::{model::scope::Scope, paths, state::AppState, store::receipts::ReceiptRow};

/// The endpoints.
pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Scope::ReceiptsRead, routes!(index)),
        Endpoint::new(Scope::ReceiptsRead, routes!(show)),
    ]
}

const CURSORS: Cursors = Cursors("receipts");

/// What the server itself read from Persona after the person was done; once for each inquiry.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Receipt {
    /// Persona's ID of the inquiry.
    #[schema(example = "inq_6F8yTQ2mJkWvRbXcNpLs4Z1D")]
    inquiry_id: String,
    /// The link through which the person finished.
    #[schema(example = "01KJMXB2S0M6Q4W2D3CJ7T9E5F")]
    link_id: String,
    /// Persona's status at that time; the inquiry tells what was decided since.
    #[schema(example = "completed")]
    status: String,
    /// When it was read.
    #[schema(format = DateTime)]
    verified_at: String,
}

impl From<ReceiptRow> for Receipt {
    fn from(row: ReceiptRow) -> Self {
        Self {
            inquiry_id: row.inquiry_id,
            link_id: row.link_id,
            status: row.status,
            verified_at: time(row.verified_at),
        }
    }
}

/// Which receipts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// How many at most; 50 when it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List receipts, newest first
///
/// To follow new ones read the events of type `verified`.
#[utoipa::path(get, path = paths::API_RECEIPTS, operation_id = "list_receipts", tag = "Receipts", params(Which),
    responses(
        (status = 200, description = "A page of receipts", body = List<Receipt>),
        (status = 400, description = "A parameter is not acceptable", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn index(
    State(state): State<AppState>,
    Filter(which): Filter<Which>,
) -> Result<Json<List<Receipt>>, Problem> {
    let most = list::most(which.limit)?;
    let before = CURSORS.read(which.cursor.as_deref(), place)?;
    let rows = state.store.receipts_before(before, most + 1).await?;
    let cursor =
        |row: &ReceiptRow| CURSORS.write(&format!("{}:{}", row.verified_at, row.inquiry_id));
    Ok(Json(List::cut(rows, most, cursor, Receipt::from)))
}

/// When the last receipt of the page before was written, and its inquiry.
fn place(text: &str) -> Option<(i64, String)> {
    let (at, inquiry_id) = text.split_once(':')?;
    at.parse().ok().zip(list::id(inquiry_id))
}

/// Read the receipt of an inquiry
#[utoipa::path(get, path = paths::API_RECEIPT, operation_id = "get_receipt", tag = "Receipts",
    params(("inquiry_id" = String, Path, description = "Persona's ID of the inquiry")),
    responses(
        (status = 200, description = "The receipt", body = Receipt),
        (status = 404, description = "The inquiry has no receipt", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
async fn show(
    State(state): State<AppState>,
    Path(inquiry_id): Path<String>,
) -> Result<Json<Receipt>, Problem> {
    let receipt = state.store.receipt(&inquiry_id).await?;
    let receipt = receipt.ok_or_else(|| {
        let detail = "This inquiry has no receipt: nobody finished it through Leftoff.";
        Problem::new(Kind::NotFound, detail)
    })?;
    Ok(Json(receipt.into()))
}
