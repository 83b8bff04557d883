//! What Persona does instead: limits, outages, refusals.

use std::{collections::BTreeMap, time::Duration};

use leftoff::{
    model::{bulk::BulkState, role::Role},
    worker::{Pace, Work as _},
};
use simulator::{Fault, FaultKind, Status};

use super::{bulk, confirm, draft_all, expired, keep, row, run};
use crate::support::App;

#[tokio::test]
async fn a_limit_is_waited_for_and_is_no_error() {
    let app = App::start().await;
    expired(&app, 1).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    app.persona
        .inject(Fault::new(FaultKind::RateLimited { reset_seconds: 7 }).times(1));
    let next = app.state.bulks.step().await.unwrap();
    assert_eq!(next, Pace::In(Duration::from_secs(7)));
    let held = bulk(&app, &page).await;
    assert_eq!((held.done, held.failed, held.left()), (0, 0, 1));
    assert!(
        matches!(app.state.bulks.step().await.unwrap(), Pace::In(_)),
        "the budget is kept"
    );
    assert_eq!(app.asked(), ["POST resume"]);
}

#[tokio::test]
async fn an_outage_is_tried_again_and_given_up_with_words() {
    let app = App::start().await;
    let ids = expired(&app, 2).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let broken = FaultKind::Status {
        code: 500,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(broken).inquiry(&ids[0]));
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!(
        (done.state(), done.done, done.failed),
        (BulkState::Done, 1, 1)
    );
    let shown = browser.get(&format!("{page}?state=failed")).await;
    assert!(shown.body.contains("Persona failed (500") && shown.body.contains("after 6 tries"));
    assert!(shown.body.contains(&ids[0]) && !shown.body.contains(&format!(">{}<", ids[1])));

    app.persona.clear_faults();
    let again = browser.submit(&format!("{page}/retry"), "").await;
    let retry = again
        .redirect()
        .1
        .strip_suffix("?done=drafted")
        .unwrap()
        .to_owned();
    assert_ne!(retry, page);
    confirm(&mut browser, &retry).await;
    run(&app).await;
    let retried = bulk(&app, &retry).await;
    assert_eq!((retried.total, retried.done), (1, 1));
}

#[tokio::test]
async fn what_persona_refuses_fails_at_once_and_who_is_done_is_skipped() {
    let app = App::start().await;
    let ids = expired(&app, 3).await;
    app.persona.set_status(&ids[0], Status::Approved).unwrap();
    let unknown = format!("inq_{}", "u".repeat(28));
    keep(&app, vec![row(&unknown, "expired")]).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    app.persona.redact(&ids[1]).unwrap();
    run(&app).await;
    let done = bulk(&app, &page).await;
    assert_eq!((done.done, done.skipped, done.failed), (1, 2, 1));
    let failed = browser.get(&format!("{page}?state=failed")).await;
    assert!(failed.body.contains("Persona knows no such object (404"));
    let skipped = browser.get(&format!("{page}?state=skipped")).await;
    assert!(skipped.body.contains("Finished:") && skipped.body.contains("Redacted:"));
}

#[tokio::test]
async fn a_key_that_is_refused_pauses_the_bulk_and_says_so() {
    let app = App::start().await;
    expired(&app, 20).await;
    let mut browser = app.staff(Role::Operator).await;
    let page = draft_all(&mut browser).await;
    confirm(&mut browser, &page).await;
    let refused = FaultKind::Status {
        code: 401,
        headers: BTreeMap::new(),
        html: false,
    };
    app.persona.inject(Fault::new(refused));
    run(&app).await;
    let held = bulk(&app, &page).await;
    assert_eq!((held.state(), held.failed), (BulkState::Paused, 0));
    assert!(
        browser
            .get(&page)
            .await
            .body
            .contains("does not accept the API key")
    );
    app.persona.clear_faults();
    browser.submit(&format!("{page}/go-on"), "").await;
    run(&app).await;
    assert_eq!(bulk(&app, &page).await.done, 20);
}
