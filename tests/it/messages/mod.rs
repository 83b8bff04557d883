//! Messages: queued with the act that causes them, sent in the background by real servers, never lost, and kept without
//! whom they go to and what they say.

mod content;
mod gateway;
mod mail;
mod nobody;

use std::time::Duration;

use leftoff::{
    links::{NewLink, channel::Channel, factor::Factor},
    model::message::{MessageChannel, MessageKind, MessageState},
    notify::{self, NewMessage},
    store::messages::MessageRow,
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Seed, Status};

use crate::support::{App, MailServer};

const ADDRESS: &str = "rita.resumes@example.org";
const NUMBER: &str = "+49 30 9018200";

async fn with_mail(server: &MailServer) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| config.mail.smtp_url = Some(url)).await
}

/// An inquiry of somebody who can be reached.
async fn somebody(app: &App, status: Status) -> String {
    reached(
        app,
        status,
        &[("email-address", ADDRESS), ("phone-number", NUMBER)],
    )
    .await
}

/// Queues a message with its link, as an act does.
async fn queue(
    app: &App,
    inquiry: &str,
    kind: MessageKind,
    channel: MessageChannel,
    locale: Option<&str>,
) -> MessageRow {
    let new = NewLink {
        inquiry_id: inquiry.to_owned(),
        maker: "system".to_owned(),
        reason: "a-test".to_owned(),
        note: None,
        channel: Channel::Policy,
        factor: Factor::None,
        return_url: None,
        locale: locale.map(str::to_owned),
        life: None,
    };
    let link = app.state.links.draft(new, &app.state.tokens).unwrap();
    let message = NewMessage {
        kind,
        channel,
        link: link.row(),
        actor: "system",
        policy: None,
    };
    let message = message.row(app.state.clock.now()).unwrap();
    let row = message.clone();
    let queued = app.state.store.change(move |change| {
        link.add(change)?;
        notify::enqueue(change, &message)
    });
    queued.await.unwrap();
    // IDs of one millisecond are in no order of themselves.
    app.advance(Duration::from_millis(1));
    row
}

async fn mail(app: &App, inquiry: &str) -> MessageRow {
    queue(app, inquiry, MessageKind::Link, MessageChannel::Mail, None).await
}

async fn row(app: &App, id: &str) -> MessageRow {
    app.state.store.message(id).await.unwrap().unwrap()
}

/// Where a message stands, and why.
async fn state(app: &App, id: &str) -> (MessageState, Option<String>) {
    let row = row(app, id).await;
    (row.state(), row.error)
}

/// Steps until nothing is due.
async fn step(app: &App) -> Pace {
    loop {
        let pace = app.state.notifier.step().await.unwrap();
        if pace != Pace::Now {
            return pace;
        }
    }
}

/// Steps until nothing is left, and lets the time pass that it waits for.
async fn finish(app: &App) {
    while let Pace::In(wait) = step(app).await {
        app.advance(wait);
    }
}

async fn reached(app: &App, status: Status, fields: &[(&str, &str)]) -> String {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()));
    let inquiry = app.persona.create_inquiry(&Seed {
        status,
        fields: fields.collect(),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}
