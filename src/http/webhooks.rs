//! `POST /webhooks/persona`: Persona's way in. No origin is asked for and no address is counted: the signature decides.

use std::time::Duration;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse as _, Response},
    routing::post,
};
use axum_client_ip::ClientIp;
use tower::ServiceBuilder;
use tower_http::{limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use crate::{
    paths,
    state::AppState,
    webhooks::{Rejected, Taken},
};

/// The header of the signature (<https://docs.withpersona.com/webhooks-best-practices>).
const SIGNATURE: &str = "persona-signature";
/// An event holds one inquiry with its fields: some kilobytes.
const LONGEST_BODY: usize = 1024 * 1024;
/// Persona gives up after five seconds (<https://docs.withpersona.com/webhooks>). Whoever is answered before that is sure
/// to be tried again.
const LONGEST_REQUEST: Duration = Duration::from_millis(4500);

pub(super) fn routes() -> Router<AppState> {
    let bounds = ServiceBuilder::new()
        .layer(RequestBodyLimitLayer::new(LONGEST_BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST_REQUEST,
        ));
    Router::new()
        .route(paths::WEBHOOK, post(receive))
        .layer(bounds)
}

async fn receive(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signature = headers.get(SIGNATURE);
    let signature = signature.and_then(|value| value.to_str().ok());
    match state.webhooks.receive(signature, &body).await {
        Ok(Taken::New) => (StatusCode::OK, "kept").into_response(),
        Ok(Taken::Known) => (StatusCode::OK, "known").into_response(),
        // Whoever signs right is never counted, so nobody can keep Persona out by what they send from its address.
        Err(rejected @ (Rejected::Unreadable(_) | Rejected::Store(_))) => refuse(&rejected),
        Err(rejected) => match state.limits.take_refused(address) {
            None => refuse(&rejected),
            Some(wait) => too_many(wait),
        },
    }
}

fn refuse(rejected: &Rejected) -> Response {
    let status = match rejected {
        Rejected::NotSetUp | Rejected::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        Rejected::Unsigned(_) => StatusCode::UNAUTHORIZED,
        Rejected::Unreadable(_) => StatusCode::BAD_REQUEST,
    };
    if matches!(rejected, Rejected::Store(_)) {
        tracing::error!(cause = %rejected, "a webhook was not kept");
    } else {
        tracing::warn!(cause = %rejected, "a webhook was refused");
    }
    (status, "refused").into_response()
}

/// It is not logged any more: a flood of forgeries must not become one of lines.
fn too_many(wait: Duration) -> Response {
    let seconds = HeaderValue::from(wait.as_secs().max(1));
    let status = StatusCode::TOO_MANY_REQUESTS;
    (status, [(RETRY_AFTER, seconds)], "refused").into_response()
}
