//! The alarm: what raises it, and what ends it.

use leftoff::{
    model::role::Role,
    store::channel::Why,
    worker::{Pace, Work as _},
};
use serde_json::Value;
use simulator::Status;

use super::{DAY, HOUR, MINUTE, lose, person, sweep};
use crate::support::App;

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
