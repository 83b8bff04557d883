//! Sweeps: what no webhook told of is found, repaired the same way, and reported; silence raises an alarm.

mod alarm;
mod course;
mod repair;

use std::time::Duration;

use leftoff::{
    store::{events::EventQuery, sweeps::SweepRow},
    worker::{Pace, Work as _},
};
use simulator::{Status, WebhookFaults};

use crate::support::App;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Runs the sweep that is due, through all waits; none when none is due.
async fn sweep(app: &App) -> Option<SweepRow> {
    let before = app.state.store.latest_sweep().await.unwrap();
    loop {
        let pace = app.state.sweeps.step().await.unwrap();
        match (pace, app.state.store.running_sweep().await.unwrap()) {
            (Pace::Now, _) => {}
            (Pace::In(wait), Some(_)) => app.advance(wait),
            _ => break,
        }
    }
    app.receiver().settle().await;
    let after = app.state.store.latest_sweep().await.unwrap();
    after.filter(|after| before.is_none_or(|before| before.id != after.id))
}

/// Lets what happens from now on be sent to nobody.
fn lose(app: &App, lose: bool) {
    app.persona.set_webhook_faults(WebhookFaults {
        lose,
        ..WebhookFaults::default()
    });
}

async fn found_by(app: &App, sweep: &SweepRow) -> Vec<String> {
    let query = EventQuery {
        sweep: Some(sweep.id.clone()),
        ..EventQuery::default()
    };
    let events = app.state.store.events(query, 1000).await.unwrap();
    let mut names: Vec<_> = events.into_iter().map(|event| event.name).collect();
    names.sort();
    names
}

/// A person who goes on through a link.
async fn person(app: &App) -> String {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    assert_eq!(app.browser().resume(&token).await.status, 200);
    inquiry
}

async fn status(app: &App, inquiry: &str) -> String {
    let known = app.state.store.inquiry(inquiry).await.unwrap();
    known.unwrap().status
}
