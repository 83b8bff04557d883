//! Refuses requests of an address that asks too much.

use axum::{
    extract::{Request, State},
    http::Method,
    response::{IntoResponse as _, Response},
};
use axum_client_ip::ClientIp;

use super::Next;
use crate::{failure::Refused, model::refusal::Refusal, portal::refused, state::AppState};

/// Limits pages; a button's form counts as an act.
pub(super) async fn pages(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let is_act = request.method() == Method::POST;
    let limits = &state.limits;
    let wait = if is_act {
        limits.take_act(address)
    } else {
        limits.take_page(address)
    };
    match wait {
        Some(wait) => {
            let refused = Refused::new(Refusal::TooMany, Some(wait));
            refused::answer(&state, request, refused).await
        }
        None => next.run(request).await,
    }
}

/// Limits server functions.
pub(super) async fn acts(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    match state.limits.take_act(address) {
        Some(wait) => Refused::new(Refusal::TooMany, Some(wait)).into_response(),
        None => next.run(request).await,
    }
}
