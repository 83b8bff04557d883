//! Persona's webhooks: which are believed, what is kept of them, and what they do.

mod content;
mod door;
mod history;
mod order;
mod signature;

use std::time::Duration;

use leftoff::store::events::EventRow;
use serde_json::Value;
use simulator::Status;

use crate::support::{App, Intake};

const MINUTE: Duration = Duration::from_mins(1);

/// The last thing that happened to an inquiry, as a webhook tells it.
async fn last(app: &App, inquiry: &str) -> Value {
    let told = app.told().await;
    let of_it = |event: &&Value| object(event) == inquiry;
    told.iter().rev().find(of_it).unwrap().clone()
}

fn object(event: &Value) -> &str {
    event["data"]["attributes"]["payload"]["data"]["id"]
        .as_str()
        .unwrap()
}

fn id(event: &Value) -> &str {
    event["data"]["id"].as_str().unwrap()
}

async fn kept(receiver: &Intake, event: &Value) -> Option<EventRow> {
    receiver.state.store.event(id(event)).await.unwrap()
}

/// A person who went on through a link, and finished at Persona: the inquiry.
async fn finished(app: &App) -> String {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    inquiry
}
