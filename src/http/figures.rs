//! `/metrics`, on an address of its own: it is not for the public.

use std::{io, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use tokio::{net::TcpListener, time::interval};

use crate::{
    meter::{self, Figures},
    model::need::Need,
    paths,
    state::AppState,
    store::queue::{Due, QueueQuery},
};

/// How often what was timed is folded together while nobody asks.
const UPKEEP: Duration = Duration::from_secs(5);
/// Nobody waits for more inquiries of one need to be counted.
const MOST_COUNTED: usize = 100_000;

/// Serves figures until it is dropped.
///
/// # Errors
/// When the listener fails.
pub async fn serve_figures(
    listener: TcpListener,
    state: AppState,
    figures: Figures,
) -> io::Result<()> {
    let router = Router::new()
        .route(paths::METRICS, get(show))
        .with_state((state, figures.clone()));
    tokio::select! {
        served = axum::serve(listener, router).into_future() => served,
        () = keep_up(figures) => Ok(()),
    }
}

async fn keep_up(figures: Figures) {
    let mut tick = interval(UPKEEP);
    loop {
        tick.tick().await;
        figures.run_upkeep();
    }
}

async fn show(State((state, figures)): State<(AppState, Figures)>) -> impl IntoResponse {
    look(&state).await;
    let text = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    ([(CONTENT_TYPE, text)], figures.render())
}

/// What is not counted as it happens is looked up when somebody asks.
async fn look(state: &AppState) {
    for need in Need::ALL {
        let query = QueueQuery {
            need: Some(need),
            due: Due::at(&state.config.ops, state.clock.now_ms()),
            ..QueueQuery::default()
        };
        match state.store.count_queue(query, MOST_COUNTED).await {
            Ok(inquiries) => meter::queued(need.code(), inquiries.count),
            Err(error) => tracing::error!(cause = %error, "the queue cannot be counted"),
        }
    }
    meter::waiting(state.store.waiting());
    meter::workers(state.crew.alive());
    if let Some(limit) = state.inquiries.requests_left() {
        meter::persona_left(limit);
    }
    if let Some(bytes) = meter::resident_bytes() {
        meter::memory(bytes);
    }
}
