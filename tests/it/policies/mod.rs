//! Policies: Leftoff acts by itself, exactly as told, never twice, and stops at once when somebody says so.

mod messages;
mod night;
mod pages;
mod reopening;
mod schedule;
mod stops;

use std::time::Duration;

use leftoff::{
    mirror::Scope,
    model::policy::{Obstacle, StepState},
    policy::{Managed, NewPolicy},
    staff::Actor,
    store::{policies::PolicyRow, policy_acts::PolicyActRow},
    worker::{Pace, Work as _},
};
use persona::InquiryId;
use secrecy::SecretString;
use simulator::{Seed, Status};

use crate::support::{App, MailServer};

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);

async fn with_mail(server: &MailServer) -> App {
    let url = SecretString::from(server.url.clone());
    App::start_with(|config| {
        config.mail.smtp_url = Some(url);
        // Nothing here is about a slow Persona, and the machine may be.
        config.persona.timeout_seconds = 30;
    })
    .await
}

/// A reminder policy as most would have it, without quiet hours.
fn reminders() -> NewPolicy {
    NewPolicy {
        name: "Reminders".to_owned(),
        act: "remind".to_owned(),
        channel: "mail".to_owned(),
        locale: "en".to_owned(),
        offsets: "1d, 3d, 7d".to_owned(),
        per_week: "9".to_owned(),
        in_total: "9".to_owned(),
        zone: "UTC".to_owned(),
        ..NewPolicy::default()
    }
}

/// A policy that opens expired inquiries again at once.
fn resumes() -> NewPolicy {
    NewPolicy {
        name: "Second chance".to_owned(),
        act: "resume".to_owned(),
        offsets: "0".to_owned(),
        ..reminders()
    }
}

async fn make(app: &App, new: &NewPolicy) -> PolicyRow {
    // IDs of one millisecond are in no order of themselves.
    app.advance(Duration::from_millis(1));
    match app
        .state
        .policies
        .create(&Actor::System, new)
        .await
        .unwrap()
    {
        Managed::Done(policy) => *policy,
        other => panic!("{other:?}"),
    }
}

/// A policy that is on.
async fn turn_on(app: &App, new: &NewPolicy) -> PolicyRow {
    let policy = make(app, new).await;
    let on = app.state.policies.set_on(&Actor::System, &policy.id, true);
    match on.await.unwrap() {
        Managed::Done(policy) => *policy,
        other => panic!("{other:?}"),
    }
}

/// An inquiry that we know, of somebody with an address of their own.
async fn somebody(app: &App, name: &str, status: Status) -> String {
    let inquiry = plant(app, name, status);
    look(app, &inquiry).await;
    inquiry
}

fn plant(app: &App, name: &str, status: Status) -> String {
    let address = format!("{name}@example.org");
    app.persona.create_inquiry(&Seed {
        status,
        fields: [("email-address".to_owned(), address.into())]
            .into_iter()
            .collect(),
        reference_id: Some(name.to_owned()),
        ..Seed::default()
    })
}

async fn look(app: &App, inquiry: &str) {
    let id = InquiryId::parse(inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
}

/// Steps both works until nothing is due now.
async fn settle(app: &App) {
    while app.state.policies.step().await.unwrap() == Pace::Now {}
    while app.state.notifier.step().await.unwrap() == Pace::Now {}
}

/// Lets so many hours pass, and works once an hour.
async fn pass(app: &App, hours: u32) {
    for _ in 0..hours {
        app.advance(HOUR);
        settle(app).await;
    }
}

async fn acts(app: &App, policy: &PolicyRow) -> Vec<PolicyActRow> {
    let mut acts = app
        .state
        .store
        .policy_acts(&policy.id, None, 10_000)
        .await
        .unwrap();
    acts.reverse();
    acts
}

/// What the acts of a policy came to.
async fn states(app: &App, policy: &PolicyRow) -> Vec<(StepState, Option<Obstacle>)> {
    let acts = acts(app, policy).await.into_iter();
    acts.map(|act| (act.state(), act.reason.as_deref().and_then(Obstacle::parse)))
        .collect()
}

async fn newest_message(app: &App) -> leftoff::store::messages::MessageRow {
    let query = leftoff::store::messages::MessageQuery::default();
    app.state.store.messages(query, 1).await.unwrap().remove(0)
}

async fn import(app: &App) {
    let started = app
        .state
        .mirror
        .start("cli:a test", &Scope::default())
        .await;
    started.unwrap().unwrap();
    loop {
        match app.state.mirror.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => app.advance(wait),
            Pace::Idle => return,
        }
    }
}
