//! Whether the process runs, and whether it can work.

use std::time::Duration;

use axum::{Router, extract::State, http::StatusCode, routing::get};

use crate::{paths, state::AppState};

/// Whoever asks whether we are ready shall not wait longer for the database.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route(paths::LIVEZ, get(|| async { "ok" }))
        .route(paths::READYZ, get(ready))
}

async fn ready(State(state): State<AppState>) -> (StatusCode, String) {
    let reasons = reasons(&state).await;
    if reasons.is_empty() {
        (StatusCode::OK, "ok".to_owned())
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, reasons.join("\n"))
    }
}

/// Why no request should be sent here, each as a sentence without any cause that a stranger could use.
async fn reasons(state: &AppState) -> Vec<String> {
    let mut reasons = Vec::new();
    let missing = state.crew.missing();
    if state.stopping.is_cancelled() {
        // Workers leave then, as they should.
        reasons.push("the process is stopping".to_owned());
    } else if !missing.is_empty() {
        tracing::error!(workers = missing.join(", "), "workers are gone");
        reasons.push(format!(
            "work in the background ended: {}",
            missing.join(", ")
        ));
    }
    match tokio::time::timeout(PATIENCE, state.store.is_writable()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::error!(cause = %error, "the database does not write");
            reasons.push("the database does not write".to_owned());
        }
        Err(_) => {
            tracing::error!("the database does not answer");
            reasons.push("the database does not answer".to_owned());
        }
    }
    reasons
}
