//! A clock that jumps, as one does that was set by hand or that a machine brought back from its sleep.

use std::time::Duration;

use leftoff::{
    model::role::Role,
    worker::{Pace, Work as _},
};
use simulator::Status;

use crate::support::{App, Program, WEBHOOK_SECRET, sign, why};

const HOURS: Duration = Duration::from_hours(5);
const MONTH: Duration = Duration::from_hours(30 * 24);

/// Persona's clock is right: the signature of an event that it tells of at its own time.
async fn tell(app: &App, at: i64, event: &serde_json::Value) -> u16 {
    let body = event.to_string();
    let signature = sign(WEBHOOK_SECRET, at, body.as_bytes());
    let answer = app.receiver().post(Some(&signature), body).await;
    answer.status.as_u16()
}

async fn chain_is_whole(app: &App) {
    let verified = Program::beside(app).run(&["audit", "verify"]).await;
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_ends_nothing_for_good_once_it_is_right_again() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let at = app.state.clock.now().as_second();
    let event = app.told().await.pop().unwrap();
    let rows = app.rows(&inquiry).await;

    app.clock().advance(MONTH);
    let answer = app.browser().resume(&token).await;
    assert_eq!(answer.refusal(), (410, "link-expired".to_owned()));
    let page = app.browser().get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (410, "This link has expired"));
    assert_eq!(tell(&app, at, &event).await, 401, "it looks like a replay");
    assert_eq!(app.rows(&inquiry).await, rows);

    app.clock().set_back(MONTH);
    assert_eq!(tell(&app, at, &event).await, 200);
    assert!(app.browser().resume(&token).await.session_token().is_some());
    let mut otto = app.staff(Role::Operator).await;
    assert_eq!(otto.get("/ops").await.status, 200);
    chain_is_whole(&app).await;
}

#[tokio::test]
async fn a_clock_that_jumps_back_loses_no_act_and_breaks_no_chain() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut otto = app.staff(Role::Operator).await;
    let mut person = app.browser();
    assert!(person.resume(&token).await.session_token().is_some());

    app.clock().set_back(HOURS);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let answer = person.report_completion(&token).await;
    assert_eq!(answer.json()["is-settled"], true);
    assert!(app.receipt(&inquiry).await.is_some());
    assert_eq!(otto.get("/ops").await.status, 200, "nobody is thrown out");
    let other = app.link(&app.inquiry(Status::Pending)).await;
    assert!(app.browser().resume(&other).await.session_token().is_some());
    let link = app.newest_link(&inquiry).await.id;
    app.state.links.revoke(&link, why()).await.unwrap();
    let mut ledger = app.ledger(&inquiry).await;
    ledger.sort();
    assert_eq!(
        ledger,
        ["link-created", "link-revoked", "resumed", "verified"]
    );
    chain_is_whole(&app).await;
    let picture = app.rows(&inquiry).await;
    app.clock().advance(HOURS);
    while app.state.webhooks.step().await.unwrap() == Pace::Now {}
    assert_eq!(app.rows(&inquiry).await, picture);
    chain_is_whole(&app).await;
}
