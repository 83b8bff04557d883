//! One log line for each request, without anything that could be a secret: the route, never the URL.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use tower_http::request_id::RequestId;

use super::Next;

/// Logs method, route, status, duration and request ID.
pub(super) async fn requests(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    tracing::info!(
        http.method = %method,
        http.route = route.as_ref().map_or("unmatched", MatchedPath::as_str),
        http.status = response.status().as_u16(),
        request_id = id.as_ref().and_then(|id| id.header_value().to_str().ok()),
        duration_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        "request"
    );
    response
}
