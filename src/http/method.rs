//! Only the methods that we serve reach the rest.

use axum::{
    extract::Request,
    http::{Method, StatusCode},
    response::{IntoResponse as _, Response},
};

use super::Next;

/// Answers 405 to everything but GET, HEAD and POST. The framework would panic on `CONNECT`.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::POST) {
        next.run(request).await
    } else {
        StatusCode::METHOD_NOT_ALLOWED.into_response()
    }
}
