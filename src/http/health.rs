//! Whether the process runs, and whether it can work.

use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::{paths, state::AppState};

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(paths::LIVEZ, get(|| async { "ok" }))
        .route(paths::READYZ, get(ready))
}

async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(cause = %error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer",
            )
        }
    }
}
