//! The task that sends webhooks and retries those that failed.

use std::sync::Arc;
use std::time::Duration;

use crate::shared::Shared;
use crate::state::State;
use crate::webhook::Outgoing;

/// How long an endpoint has for its answer (docs.withpersona.com/webhooks).
const DEADLINE: Duration = Duration::from_secs(5);

/// Sends until the simulator stops.
pub(crate) async fn run(shared: Arc<Shared>) {
    let Ok(client) = reqwest::Client::builder()
        .timeout(DEADLINE)
        .redirect(reqwest::redirect::Policy::none())
        .build()
    else {
        return;
    };
    let mut stopping = shared.stopping.clone();
    tokio::select! {
        () = send_forever(&shared, &client) => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

async fn send_forever(shared: &Shared, client: &reqwest::Client) {
    loop {
        let batch = shared.with(State::take_due_webhooks);
        if batch.is_empty() {
            wait(shared).await;
        }
        for outgoing in batch {
            let status = send(client, &outgoing).await;
            shared.with(|state| state.webhooks.attempted(outgoing.index, status, state.now));
            shared.webhooks_idle.notify_waiters();
        }
    }
}

/// Waits for news, or for the next retry if the clock gets there by itself.
async fn wait(shared: &Shared) {
    let left = shared.with(|state| {
        state
            .webhooks
            .next_due()
            .map(|due| due.duration_since(state.now))
    });
    let left = left
        .and_then(|left| Duration::try_from(left).ok())
        .unwrap_or(Duration::from_hours(1));
    tokio::select! {
        () = shared.webhooks_due.notified() => {}
        () = tokio::time::sleep(left.max(Duration::from_millis(10))) => {}
    }
}

/// The status of the last copy's answer.
async fn send(client: &reqwest::Client, outgoing: &Outgoing) -> Option<u16> {
    let mut status = None;
    for _ in 0..outgoing.copies {
        let mut request = client
            .post(&outgoing.url)
            .header("Content-Type", "application/json")
            .body(outgoing.body.clone());
        for (name, value) in &outgoing.headers {
            request = request.header(*name, value);
        }
        status = request
            .send()
            .await
            .ok()
            .map(|answer| answer.status().as_u16());
    }
    status
}
