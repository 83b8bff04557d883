//! `/recover`: whoever lost their link gets another at the contact that Persona holds, and strangers learn nothing.

mod link;
mod pages;
mod refusals;
mod silence;

use std::time::Duration;

use leftoff::{
    config::Config,
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Seed, Status};

use crate::support::{Answer, App, MailServer};

const ADDRESS: &str = "rita.resumes@example.org";
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

async fn with_mail(server: &MailServer) -> App {
    with_mail_and(server, |_| {}).await
}

async fn with_mail_and(server: &MailServer, change: impl FnOnce(&mut Config)) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| {
        config.mail.smtp_url = Some(url);
        change(config);
    })
    .await
}

fn seed(status: Status) -> Seed {
    let fields = [("email-address".to_owned(), ADDRESS.into())];
    Seed {
        status,
        fields: fields.into_iter().collect(),
        ..Seed::default()
    }
}

/// An inquiry that we know.
async fn known(app: &App, seed: &Seed) -> String {
    let inquiry = app.persona.create_inquiry(seed);
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    inquiry
}

async fn somebody(app: &App) -> String {
    known(app, &seed(Status::Expired)).await
}

async fn ask(app: &App, text: &str) -> Answer {
    let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let mut browser = app.browser();
    browser
        .submit("/recover", &format!("reference={text}"))
        .await
}

/// Steps until nothing is left, and lets the time pass that it waits for.
async fn finish(app: &App) {
    loop {
        match app.state.recovery.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => break,
        }
    }
    loop {
        match app.state.notifier.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => break,
        }
    }
}

async fn recover(app: &App, text: &str) {
    let answer = ask(app, text).await;
    assert_eq!(answer.redirect(), (303, "/recover/sent"));
    finish(app).await;
}

/// Why a request for an inquiry came to nothing, as the staff is told.
async fn told(app: &App, inquiry: &str) -> Vec<Option<String>> {
    let rows = app.state.store.ledger(inquiry).await.unwrap();
    let asked = rows
        .into_iter()
        .filter(|row| row.event == "recovery-requested");
    asked.map(|row| row.detail).collect()
}
