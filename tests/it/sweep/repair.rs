//! What no webhook told of is found, and written as if one had.

use leftoff::{model::role::Role, store::sweeps::DONE};
use simulator::{Fault, FaultKind, Status};

use super::{DAY, HOUR, MINUTE, found_by, lose, person, status, sweep};
use crate::support::{API_KEY, App, client};

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
