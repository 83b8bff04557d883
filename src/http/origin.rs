//! Acts come from our own pages only: the framework has no such protection.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header::ORIGIN},
    response::{IntoResponse as _, Response},
};

use super::Next;
use crate::{failure::Refused, model::refusal::Refusal, paths, portal::refused, state::AppState};

/// Refuses a request that may change something unless the browser says that it comes from our origin.
///
/// `Sec-Fetch-Site` decides where the browser sends it, `Origin` elsewhere; a request with neither is refused.
pub(super) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let changes_nothing = matches!(*request.method(), Method::GET | Method::HEAD);
    if changes_nothing || is_ours(request.headers(), &state) {
        return next.run(request).await;
    }
    tracing::info!(refusal = Refusal::ForeignOrigin.code(), "act refused");
    if request.uri().path().starts_with(paths::API) {
        Refused::from(Refusal::ForeignOrigin).into_response()
    } else {
        refused::answer(&state, request, Refusal::ForeignOrigin.into()).await
    }
}

fn is_ours(headers: &HeaderMap, state: &AppState) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let ours = state
        .config
        .server
        .public_url
        .origin()
        .ascii_serialization();
    headers
        .get(ORIGIN)
        .is_some_and(|origin| origin == ours.as_str())
}
