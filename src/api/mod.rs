//! The API of the company's own software: JSON over HTTP, by keys with scopes.

mod act;
mod around;
mod docs;
mod document;
mod endpoint;
mod events;
mod guard;
mod input;
mod inquiries;
mod kind;
mod links;
mod list;
mod problem;
mod receipts;
mod time;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;

pub use document::{document, text};
pub use endpoint::Endpoint;

use crate::{paths, state::AppState};

/// Everything that a key can ask for, each with the scope that it takes: nobody gets in without.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    [
        links::endpoints(),
        inquiries::endpoints(),
        receipts::endpoints(),
        events::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The endpoints, guarded. They are beside the pages: a key is their only authentication, so no origin is asked for.
pub fn router(state: &AppState) -> Router<AppState> {
    let guarded = endpoints()
        .into_iter()
        .fold(Router::new(), |router, endpoint| {
            endpoint.add_to(router, state)
        });
    guarded
        .route(paths::API_V1, any(around::not_found))
        .route(&format!("{}/", paths::API_V1), any(around::not_found))
        .route(
            &format!("{}/{{*rest}}", paths::API_V1),
            any(around::not_found),
        )
        .method_not_allowed_fallback(around::method_not_allowed)
        .layer(CatchPanicLayer::custom(around::Panicked))
        .layer(from_fn(around::in_time))
        .layer(from_fn_with_state(state.clone(), around::finish))
}

/// What explains the API to whoever has no key yet.
pub fn docs() -> Router<AppState> {
    Router::new()
        .route(paths::API_DOCS, get(docs::show))
        .route(paths::API_DOCUMENT, get(document::show))
}
