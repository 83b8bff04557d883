//! Sweeps: what no webhook told of is found, repaired the same way, and reported; silence raises an alarm.

use std::time::Duration;

use leftoff::{
    model::role::Role,
    store::{
        channel::Why,
        events::{APPLIED, EventQuery},
        sweeps::{DONE, FAILED, SweepRow},
    },
    worker::{Pace, Work as _},
};
use serde_json::Value;
use simulator::{Fault, FaultKind, Seed, Status, WebhookFaults};

use crate::support::{API_KEY, App, client};

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

#[tokio::test]
async fn webhooks_that_are_lost_for_a_day_are_repaired() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let mut people = Vec::new();
    for _ in 0..6 {
        people.push(person(&app).await);
    }
    app.hear().await;
    app.advance(MINUTE * 15);
    assert_eq!(sweep(&app).await.unwrap().state, DONE);
    lose(&app, true);
    let fates = [
        vec![Status::Completed, Status::Approved],
        vec![Status::Completed, Status::NeedsReview, Status::Declined],
        vec![Status::Failed],
        vec![Status::Completed],
        vec![],
        vec![],
    ];
    app.advance(HOUR);
    for (inquiry, fate) in people.iter().zip(&fates) {
        for status in fate {
            app.advance(MINUTE * 20);
            app.persona.set_status(inquiry, *status).unwrap();
        }
    }
    app.persona.redact(&people[4]).unwrap();
    // The last two expire by themselves.
    app.advance(DAY);
    app.persona.webhooks_idle().await;
    lose(&app, false);
    assert_eq!(status(&app, &people[0]).await, "pending", "nobody told");
    let done = sweep(&app).await.unwrap();
    assert_eq!(
        (done.state.as_str(), done.found, done.moved),
        (DONE, 10, 0),
        "{done:?}"
    );
    let quiet = app.twin("quiet").await;
    quiet.hear_all(&app.told().await).await;
    assert_eq!(
        app.receiver().picture(&people).await,
        quiet.picture(&people).await
    );
    for (inquiry, meant) in people.iter().zip([
        "approved",
        "declined",
        "failed",
        "completed",
        "expired",
        "expired",
    ]) {
        assert_eq!(status(&app, inquiry).await, meant);
    }
    let redacted = app.state.store.inquiry(&people[4]).await.unwrap().unwrap();
    assert!(redacted.redacted_at.is_some());
    assert_eq!(app.receipt(&people[0]).await.unwrap().status, "completed");
    assert_eq!(
        found_by(&app, &done).await,
        [
            "inquiry.approved",
            "inquiry.completed",
            "inquiry.completed",
            "inquiry.completed",
            "inquiry.declined",
            "inquiry.expired",
            "inquiry.expired",
            "inquiry.failed",
            "inquiry.marked-for-review",
            "inquiry.redacted"
        ]
    );
    let acts: Vec<_> = app
        .audit()
        .await
        .into_iter()
        .map(|row| (row.actor, row.act))
        .collect();
    assert!(
        acts.contains(&("system".to_owned(), "sweep-finished".to_owned())),
        "{acts:?}"
    );
    app.advance(MINUTE * 15);
    let again = sweep(&app).await.unwrap();
    assert_eq!((again.found, again.moved), (0, 0), "{again:?}");
}

#[tokio::test]
async fn a_webhook_that_comes_late_after_a_sweep_is_the_same_event() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let inquiry = person(&app).await;
    app.hear().await;
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    app.persona.hold_webhooks();
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    app.advance(MINUTE * 30);
    assert_eq!(sweep(&app).await.unwrap().found, 1);
    let before = app.receiver().picture(std::slice::from_ref(&inquiry)).await;
    app.persona.send_webhooks();
    app.hear().await;
    assert_eq!(
        app.receiver().picture(std::slice::from_ref(&inquiry)).await,
        before
    );
    let mut viewer = app.staff(Role::Viewer).await;
    let page = viewer.get("/ops/events").await.body;
    assert!(page.contains("Sweep, webhook late"), "{page}");
}

#[tokio::test]
async fn what_is_a_moment_old_is_left_to_its_webhook() {
    let app = App::start().await;
    let inquiry = person(&app).await;
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    app.advance(MINUTE * 15);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    assert_eq!(sweep(&app).await.unwrap().found, 0);
    app.advance(MINUTE * 15);
    assert_eq!(sweep(&app).await.unwrap().found, 1);
}

#[tokio::test]
async fn an_inquiry_that_somebody_resumed_at_persona_is_found_without_any_event() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    app.link(&inquiry).await;
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    app.advance(HOUR * 25);
    let client = client();
    let url = app
        .simulator
        .api_url()
        .join(&format!("/api/v1/inquiries/{inquiry}/resume"))
        .unwrap();
    let resumed = client.post(url).bearer_auth(API_KEY).send().await.unwrap();
    assert!(resumed.status().is_success());
    app.advance(MINUTE * 15);
    let done = sweep(&app).await.unwrap();
    assert_eq!((done.found, done.moved), (0, 1), "{done:?}");
    assert_eq!(status(&app, &inquiry).await, "pending");
    let ledger = app.state.store.ledger(&inquiry).await.unwrap();
    let last = ledger.last().unwrap();
    assert_eq!(
        (last.event.as_str(), last.detail.as_deref()),
        ("found-moved", Some("pending"))
    );
}

#[tokio::test]
async fn what_we_resume_while_a_sweep_asks_is_nothing_that_it_found() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    app.advance(HOUR * 25);
    let slow = Fault::new(FaultKind::Delay { ms: 400 });
    app.persona.inject(slow.path("/inquiries").times(1));
    app.persona.clear_requests();
    let pressing = async {
        while !app.asked().iter().any(|call| call == "GET inquiries") {
            tokio::task::yield_now().await;
        }
        assert_eq!(app.browser().resume(&token).await.status, 200);
    };
    let (done, ()) = tokio::join!(sweep(&app), pressing);
    assert_eq!(done.unwrap().moved, 0);
    app.advance(MINUTE * 15);
    assert_eq!(sweep(&app).await.unwrap().moved, 0);
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(ledger.last().unwrap(), "resumed");
}

#[tokio::test]
async fn a_key_that_may_not_see_events_still_finds_inquiries_that_moved() {
    let app = App::start().await;
    let inquiry = person(&app).await;
    app.advance(HOUR);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(HOUR);
    let forbidden = FaultKind::Status {
        code: 403,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(forbidden).path("/events"));
    let done = sweep(&app).await.unwrap();
    assert_eq!((done.has_events, done.found, done.moved), (0, 0, 1));
    assert_eq!(status(&app, &inquiry).await, "approved");
    let page = app.staff(Role::Viewer).await.get("/ops/events").await.body;
    // Nothing was ever told, so the page teaches; the sweep's trouble is on it as soon as there is a list.
    assert!(page.contains("Persona told nothing yet"), "{page}");
}

#[tokio::test]
async fn limits_and_failures_are_waited_out_and_nonsense_is_left_to_the_next_sweep() {
    let app = App::start().await;
    let inquiry = person(&app).await;
    app.advance(HOUR);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(HOUR);
    for kind in [
        FaultKind::RateLimited { reset_seconds: 0 },
        FaultKind::DropConnection,
    ] {
        app.persona
            .inject(Fault::new(kind).path("/events").times(1));
    }
    let done = sweep(&app).await.unwrap();
    assert_eq!(done.state, DONE);
    assert!(done.found >= 1, "{done:?}");
    app.advance(HOUR);
    app.persona
        .inject(Fault::new(FaultKind::BrokenJson).path("/events").times(1));
    let failed = sweep(&app).await.unwrap();
    assert_eq!(failed.state, FAILED);
    app.persona.clear_faults();
    app.advance(HOUR);
    let next = sweep(&app).await.unwrap();
    assert_eq!((next.state.as_str(), next.since), (DONE, failed.since));
}

#[tokio::test]
async fn a_sweep_goes_on_after_a_restart_and_reads_no_page_twice() {
    let app = App::start().await;
    for _ in 0..300 {
        let _ = app.persona.create_inquiry(&Seed::default());
    }
    app.advance(HOUR);
    app.persona.clear_requests();
    for _ in 0..3 {
        assert_eq!(app.state.sweeps.step().await.unwrap(), Pace::Now);
    }
    let app = app.restart_with(|_| {}).await;
    let done = loop {
        app.state.sweeps.step().await.unwrap();
        let latest = app.state.store.latest_sweep().await.unwrap().unwrap();
        if latest.state == DONE {
            break latest;
        }
    };
    assert_eq!(done.found, 300);
    let pages = app
        .asked()
        .iter()
        .filter(|call| *call == "GET events")
        .count();
    assert_eq!(pages, 3);
    app.receiver().settle().await;
    let query = EventQuery {
        state: Some(APPLIED),
        ..EventQuery::default()
    };
    assert_eq!(
        app.state.store.events(query, 1000).await.unwrap().len(),
        300
    );
}

#[tokio::test]
async fn sweeps_leave_the_last_part_of_the_window_to_the_portal() {
    let limit = |options: &mut simulator::Options| options.rate_limit_per_minute = 20;
    let app = App::start_beside(limit, |_| {}).await;
    for _ in 0..3000 {
        let _ = app.persona.create_inquiry(&Seed::default());
    }
    app.advance(HOUR);
    app.persona.clear_requests();
    while app.state.sweeps.step().await.unwrap() == Pace::Now {}
    assert_eq!(
        app.persona.requests().len(),
        17,
        "15 % of 20 are the portal's"
    );
}

#[tokio::test]
async fn they_are_due_as_the_settings_say() {
    let app = App::start_with(|config| config.sweep.every_minutes = 10).await;
    sweep(&app).await.unwrap();
    assert_eq!(
        app.state.sweeps.step().await.unwrap(),
        Pace::In(MINUTE * 10)
    );
    app.advance(MINUTE * 9);
    assert!(sweep(&app).await.is_none());
    app.advance(MINUTE);
    assert!(sweep(&app).await.is_some());
    let app = app
        .restart_with(|config| config.sweep.every_minutes = 0)
        .await;
    app.advance(DAY);
    assert_eq!(app.state.sweeps.step().await.unwrap(), Pace::Idle);
}

#[tokio::test]
async fn silence_raises_an_alarm_outside_the_handler_and_a_webhook_ends_it() {
    let app = App::start_with(|config| config.webhooks.silent_minutes = 60).await;
    app.hear_webhooks().await;
    let inquiry = person(&app).await;
    app.hear().await;
    let alarm = async || app.state.store.webhook_alarm().await.unwrap();
    app.state.watch.step().await.unwrap();
    app.advance(MINUTE * 59);
    app.state.watch.step().await.unwrap();
    assert_eq!(alarm().await, None);
    app.advance(MINUTE);
    app.state.watch.step().await.unwrap();
    let raised = alarm().await.unwrap();
    assert_eq!(raised.why, Why::Silent);
    app.advance(MINUTE);
    app.state.watch.step().await.unwrap();
    assert_eq!(alarm().await, Some(raised), "it is raised once");
    let mut viewer = app.staff(Role::Viewer).await;
    for page in ["/ops", "/ops/events"] {
        let page = viewer.get(page).await.body;
        assert!(
            page.contains("No webhook of Persona has come for long"),
            "{page}"
        );
    }
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    app.hear().await;
    assert_eq!(alarm().await, None);
    assert!(
        !viewer
            .get("/ops")
            .await
            .body
            .contains("No webhook of Persona")
    );
}

#[tokio::test]
async fn what_a_sweep_finds_raises_the_alarm_long_before_silence_does() {
    let app = App::start_with(|config| config.webhooks.silent_minutes = 6000).await;
    app.hear_webhooks().await;
    let inquiry = person(&app).await;
    app.hear().await;
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    lose(&app, true);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    app.advance(MINUTE * 15);
    sweep(&app).await.unwrap();
    app.state.watch.step().await.unwrap();
    let raised = app.state.store.webhook_alarm().await.unwrap().unwrap();
    assert_eq!(raised.why, Why::Missed);
    lose(&app, false);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.hear().await;
    app.state.watch.step().await.unwrap();
    assert_eq!(app.state.store.webhook_alarm().await.unwrap(), None);
}

#[tokio::test]
async fn forged_webhooks_do_not_end_the_alarm() {
    let app = App::start_with(|config| config.webhooks.silent_minutes = 60).await;
    let _ = app.inquiry(Status::Pending);
    let events: Vec<Value> = app.told().await;
    app.advance(HOUR);
    app.state.watch.step().await.unwrap();
    assert!(app.state.store.webhook_alarm().await.unwrap().is_some());
    let answer = app
        .receiver()
        .tell_signed("wbhsec_forged", &events[0])
        .await;
    assert_eq!(answer.status, 401);
    assert!(app.state.store.webhook_alarm().await.unwrap().is_some());
}

#[tokio::test]
async fn without_webhooks_there_is_nothing_to_watch() {
    let app = App::start_with(|config| config.persona.webhook_secrets.clear()).await;
    app.advance(DAY * 30);
    assert_eq!(app.state.watch.step().await.unwrap(), Pace::Idle);
    assert_eq!(app.state.store.webhook_alarm().await.unwrap(), None);
}
