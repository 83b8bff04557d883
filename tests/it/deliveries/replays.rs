//! What is sent again: by hand, and by itself after the process ended.

use std::collections::BTreeSet;

use leftoff::{
    deliver::{Acted, Replayed},
    staff::Actor,
    store::ledger::{self, LedgerRow},
    worker::Work as _,
};
use simulator::Status;

use super::{DAY, at_home, deliveries, endpoint, ids, only, settle, test_of};
use crate::support::{App, Program, Receiver, Reply};

#[tokio::test]
async fn what_failed_is_sent_once_more_under_the_same_ids() {
    let app = App::start_with(|config| {
        at_home(config);
        config.deliveries.retry_seconds = vec![];
    })
    .await;
    let receiver = Receiver::start().await;
    receiver.answer(Reply::status(500));
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    settle(&app).await;
    app.advance(DAY);
    for _ in 0..3 {
        test_of(&app, &id).await;
    }
    settle(&app).await;
    let failed = receiver.take();
    assert_eq!(ids(&failed).len(), 4);
    receiver.answer(Reply::default());
    let since = app.state.clock.now_ms() - 3_600_000;
    let replayed = app
        .state
        .deliveries
        .replay_failed(&Actor::System, &id, since)
        .await;
    assert_eq!(
        replayed.unwrap(),
        Replayed::Many(3),
        "the first is of yesterday"
    );
    settle(&app).await;
    let again = receiver.take();
    assert_eq!(again.len(), 3);
    assert!(ids(&again).is_subset(&ids(&failed)));
    let oldest = deliveries(&app, &id).await.pop().unwrap();
    assert_eq!(oldest.state, "failed");
    for _ in 0..2 {
        let replayed = app
            .state
            .deliveries
            .replay(&Actor::System, &id, &oldest.event_id)
            .await;
        assert_eq!(replayed.unwrap(), Acted::Done);
        settle(&app).await;
    }
    let again = receiver.take();
    assert_eq!(again.len(), 2, "also what was delivered already");
    assert_eq!(
        ids(&again),
        BTreeSet::from([format!("msg_{}", oldest.event_id)])
    );
    let acts = app
        .audit()
        .await
        .into_iter()
        .filter(|row| row.act.contains("replayed"));
    assert_eq!(acts.count(), 3);
    let nothing = app
        .state
        .deliveries
        .replay_failed(&Actor::System, &id, 0)
        .await;
    assert_eq!(nothing.unwrap(), Replayed::Many(0));
    let unknown = app
        .state
        .deliveries
        .replay(&Actor::System, &id, "none")
        .await;
    assert_eq!(unknown.unwrap(), Acted::Unknown);
}

#[tokio::test]
async fn a_replay_while_the_first_attempt_is_under_way_is_not_lost() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    receiver.answer_next(Reply::Hang);
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    let event = only(&app, &id).await.event_id;
    let work = app.state.deliveries.clone();
    let first = tokio::spawn(async move { work.step().await });
    receiver.until(1).await;
    let replayed = app
        .state
        .deliveries
        .replay(&Actor::System, &id, &event)
        .await;
    assert_eq!(replayed.unwrap(), Acted::Done);
    first.await.unwrap().unwrap();
    settle(&app).await;
    assert_eq!(receiver.hooks().len(), 2);
    assert_eq!(only(&app, &id).await.state, "delivered");
}

#[tokio::test]
async fn what_was_on_its_way_when_the_process_ended_is_sent_again_under_its_id() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    receiver.answer_next(Reply::Hang);
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    let work = app.state.deliveries.clone();
    let step = tokio::spawn(async move { work.step().await });
    receiver.until(1).await;
    // The answer, whatever it is, reaches nobody any more.
    app.state.store.close().await;
    step.abort();
    let app = app.restart_with(|_| {}).await;
    let wait = settle(&app).await.unwrap();
    assert_eq!(receiver.hooks().len(), 1, "its lease is not over");
    app.advance(wait);
    assert_eq!(settle(&app).await, None);
    let hooks = receiver.hooks();
    assert_eq!((hooks.len(), ids(&hooks).len()), (2, 1));
    let delivery = only(&app, &id).await;
    assert_eq!(
        (delivery.state.as_str(), delivery.attempts),
        ("delivered", 2)
    );
}

#[tokio::test]
async fn a_process_that_is_killed_loses_no_delivery_and_sends_none_under_another_id() {
    const ROWS: usize = 300;
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, secret) = endpoint(&app, &receiver.url).await;
    let inquiry = app.inquiry(Status::Pending);
    let entries = (0..ROWS).map(|number| LedgerRow {
        id: format!("01ENTRY{number:019}"),
        inquiry_id: inquiry.clone(),
        link_id: None,
        at: app.state.clock.now_ms(),
        event: "resumed".to_owned(),
        detail: None,
        actor: None,
    });
    let entries: Vec<_> = entries.collect();
    let written = app.state.store.change(move |change| {
        entries
            .iter()
            .try_for_each(|entry| ledger::add(change, entry))
    });
    written.await.unwrap();
    let config = &app.state.config;
    let program = Program::new()
        .set("PERSONA__API_URL", app.simulator.api_url().as_str())
        .set("PERSONA__FLOW_HOST", &app.simulator.flow_host())
        .set("DATABASE__URL", &config.database.url)
        .served()
        .set("SERVER__ADDR", "127.0.0.1:0")
        .set("DELIVERIES__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]")
        .set("LOG__FILTER", "warn");
    for until in [20, 60, 110, 160, 220, 270] {
        let mut child = program.start(&["serve"]);
        receiver.until(until).await;
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // The app's own clock stands before the leases of the program, so it is moved to where each of them ends.
    while let Some(wait) = settle(&app).await {
        app.advance(wait);
    }
    let meant: BTreeSet<_> = (0..ROWS)
        .map(|number| format!("msg_01ENTRY{number:019}"))
        .collect();
    let hooks = receiver.hooks();
    assert_eq!(ids(&hooks), meant, "none is lost, and none has another ID");
    assert!(
        hooks.len() > ROWS,
        "no kill came between an answer and its commit"
    );
    assert!(hooks.iter().all(|hook| hook.is_signed_by(&secret)));
    let rows = deliveries(&app, &id).await;
    assert_eq!(rows.len(), ROWS);
    assert!(rows.iter().all(|row| row.state == "delivered"));
}
