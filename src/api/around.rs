//! Around the endpoints: what is no endpoint, what takes too long, and the last touch on problems.

use std::{any::Any, time::Duration};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tower_http::{catch_panic::ResponseForPanic, request_id::RequestId};

use super::{kind::Kind, problem::Problem};
use crate::state::AppState;

/// No request takes longer; calls to Persona are bounded well below.
const LONGEST: Duration = Duration::from_secs(40);

/// Gives a problem its answer: here we know which request it was.
pub(super) async fn finish(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok());
    let id = id.unwrap_or_default().to_owned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    let (parts, _) = response.into_parts();
    let mut answer = problem.answer(&state.config.server.public_url, &id);
    // What stands around the endpoint has its say too: how much the key may still ask for, which methods are served.
    for name in [
        "ratelimit-limit",
        "ratelimit-remaining",
        "ratelimit-reset",
        "allow",
    ] {
        if let Some(value) = parts.headers.get(name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// Gives up on what takes too long.
pub(super) async fn in_time(request: Request, next: Next) -> Response {
    let answered = tokio::time::timeout(LONGEST, next.run(request)).await;
    answered.unwrap_or_else(|_| {
        let detail = "It is not known whether the request was carried out.";
        Problem::new(Kind::TimedOut, detail)
            .retry_after(Duration::from_secs(1))
            .into_response()
    })
}

/// Answers what is no endpoint.
pub(super) async fn not_found() -> Problem {
    Problem::new(Kind::NotFound, "The API has no such path.")
}

/// Answers a method that an endpoint does not have.
pub(super) async fn method_not_allowed() -> Problem {
    Problem::new(
        Kind::MethodNotAllowed,
        "This path does not serve this method.",
    )
}

/// Answers for a handler that panicked; the panic itself is in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panicked;

impl ResponseForPanic for Panicked {
    type ResponseBody = axum::body::Body;

    fn response_for_panic(&mut self, _: Box<dyn Any + Send + 'static>) -> Response {
        tracing::error!("a request to the API panicked");
        Problem::internal().into_response()
    }
}
