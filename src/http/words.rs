//! Answers that no handler of ours gave get words too: a body that is too long, a form that cannot be read, a panic.

use std::any::Any;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, StatusCode, Uri,
        header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE},
    },
    response::{IntoResponse as _, Response},
};

use super::Next;
use crate::{app, failure::Refused, ops, paths, portal::refused, state::AppState};

/// What is kept of a request until it is answered: enough to know who asks for what, in which language.
const KEPT: [HeaderName; 3] = [ACCEPT, ACCEPT_LANGUAGE, COOKIE];

/// Answers in words what was answered without: a page for browsers, JSON for the server functions.
pub(super) async fn give(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let kept = KEPT.map(|name| request.headers().get(name).cloned());
    let response = next.run(request).await;
    let Some(refusal) = app::wordless(&response) else {
        return response;
    };
    let refused = Refused::from(refusal);
    if uri.path().starts_with(&format!("{}/", paths::API)) {
        return refused.into_response();
    }
    let reads_pages = kept[0]
        .as_ref()
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if !reads_pages {
        return response;
    }
    let headers = KEPT.into_iter().zip(kept);
    let headers = headers.filter_map(|(name, value)| value.map(|value| (name, value)));
    page(&state, uri, headers.collect(), refused).await
}

async fn page(state: &AppState, uri: Uri, headers: HeaderMap, refused: Refused) -> Response {
    let is_ops = uri.path() == paths::OPS || uri.path().starts_with(&format!("{}/", paths::OPS));
    if is_ops {
        return ops::answer(state, &headers, refused).await;
    }
    let mut request = Request::default();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    refused::answer(state, request, refused).await
}

/// What is left of a handler that panicked. Its message may hold anything, so only the hook of the process prints it.
pub(super) fn after_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
