//! Events: what an endpoint is told, written with what happened or not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use leftoff::{
    deliver::Acted,
    model::{
        trouble::Trouble,
        webhook::{self, CATALOGUE},
    },
    staff::Actor,
    store::{
        Error,
        ledger::{self, LedgerRow},
    },
};
use simulator::Status;

use super::{at_home, deliveries, endpoint, ids, only, settle, wanting};
use crate::support::{App, Receiver, Source, Token, why};

#[tokio::test]
async fn what_happens_reaches_a_receiver_that_verifies_it() {
    let app = App::start_now(at_home).await;
    let receiver = Receiver::start().await;
    let (_, secret) = endpoint(&app, &receiver.url).await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let link = app.newest_link(&inquiry).await.id;
    let mut browser = app.browser();
    browser.resume(&token).await;
    browser.report_trouble(&token, "camera-denied").await;
    browser.report_trouble(&token, "cancelled").await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    browser.report_completion(&token).await;
    app.state.links.revoke(&link, why()).await.unwrap();
    assert_eq!(settle(&app).await, None);

    let hooks = receiver.hooks();
    let kinds: BTreeMap<_, _> = hooks.iter().map(|hook| (hook.kind(), hook)).collect();
    let meant = [
        "inquiry.cancelled",
        "inquiry.interrupted",
        "inquiry.resumed",
        "link.created",
        "link.revoked",
        "receipt.created",
    ];
    assert_eq!(kinds.keys().map(String::as_str).collect::<Vec<_>>(), meant);
    assert_eq!(ids(&hooks).len(), hooks.len(), "each has an ID of its own");
    for hook in &hooks {
        assert!(hook.is_verified_by(&secret), "{hook:?}");
        assert_eq!(hook.headers["content-type"], "application/json");
        assert_eq!(hook.json()["data"]["inquiry_id"], inquiry);
        assert_eq!(hook.json()["data"]["link_id"], link);
        assert!(!hook.body.contains(&token), "{}", hook.body);
        let at: jiff::Timestamp = hook.json()["timestamp"].as_str().unwrap().parse().unwrap();
        assert!(at.as_second() <= hook.seconds());
    }
    let data = |kind: &str| kinds[kind].json()["data"].clone();
    assert_eq!(data("receipt.created")["status"], "approved");
    assert_eq!(data("inquiry.interrupted")["event"], "camera-denied");
    assert_eq!(data("inquiry.resumed")["by"], "person");
    assert_eq!(data("link.revoked")["reason"], "mistake");
    assert_eq!(data("link.revoked")["by"], "system");
}

#[tokio::test]
async fn an_endpoint_is_told_what_it_chose_and_only_while_it_is_enabled() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let new = wanting(&receiver.url, Some(&["link.created"]));
    let added = app.state.deliveries.add(&Actor::System, &new).await;
    let (chosen, _) = added.unwrap();
    let (all, _) = endpoint(&app, &receiver.url).await;
    let set = |is_enabled| {
        app.state
            .deliveries
            .set_enabled(&Actor::System, &all, is_enabled)
    };
    assert_eq!(set(false).await.unwrap(), Acted::Done);
    let (token, _) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    assert_eq!(set(true).await.unwrap(), Acted::Done);
    settle(&app).await;
    assert_eq!(only(&app, &chosen.id).await.event, "link.created");
    assert_eq!(deliveries(&app, &all).await, [], "it was disabled then");
    assert_eq!(receiver.hooks().len(), 1);
}

#[tokio::test]
async fn an_event_is_written_with_its_delivery_or_not_at_all() {
    let app = App::start_with(at_home).await;
    let (id, _) = endpoint(&app, "http://127.0.0.1:9/").await;
    let inquiry = app.inquiry(Status::Pending);
    let entry = |event: &str| LedgerRow {
        id: format!("01ENTRY{event}"),
        inquiry_id: inquiry.clone(),
        link_id: None,
        at: 1,
        event: event.to_owned(),
        detail: None,
        actor: None,
    };
    let (failing, kept) = (entry("resumed"), entry("opened"));
    let failed = app.state.store.change(move |change| {
        ledger::add(change, &failing)?;
        Err::<(), _>(Error::Interrupted)
    });
    assert!(failed.await.is_err());
    assert_eq!(app.ledger(&inquiry).await, [""; 0]);
    assert_eq!(deliveries(&app, &id).await, []);
    let event = kept.id.clone();
    let written = app
        .state
        .store
        .change(move |change| ledger::add(change, &kept));
    written.await.unwrap();
    assert_eq!(only(&app, &id).await.event_id, event);
    let unheard = entry("refreshed");
    let written = app
        .state
        .store
        .change(move |change| ledger::add(change, &unheard));
    written.await.unwrap();
    assert_eq!(
        deliveries(&app, &id).await.len(),
        1,
        "it is not in the catalogue"
    );
}

#[tokio::test]
async fn a_commit_wakes_the_work() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    endpoint(&app, &receiver.url).await;
    let (deliveries, stopping) = (&app.state.deliveries, &app.state.stopping);
    app.state.crew.employ(deliveries.clone(), stopping.clone());
    let following = tokio::spawn(deliveries.clone().follow_commits());
    tokio::task::yield_now().await;
    app.link_to(Status::Pending).await;
    receiver.until(1).await;
    following.abort();
    app.state.crew.leave(Duration::ZERO).await;
}

/// Entries of the ledger that no code writes yet. A row of the catalogue may stand for one of these beside others.
const COMING: &[&str] = &[
    "created",
    "started",
    "completed",
    "needs-review",
    "approved",
    "declined",
    "failed",
    "expired",
    "redacted",
    "found-moved",
];

#[test]
fn each_kind_of_the_catalogue_stands_for_something_that_is_written() {
    let texts: BTreeSet<_> = Source::all()
        .into_iter()
        .filter(|source| source.module() != "model" && source.module() != "ops")
        .flat_map(|source| source.tokens)
        .filter_map(|token| match token {
            Token::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let troubles: BTreeSet<_> = Trouble::ALL.map(Trouble::code).into();
    for kind in CATALOGUE {
        for entry in kind.entries {
            let is_written = texts.contains(*entry) || troubles.contains(entry);
            assert!(
                is_written || COMING.contains(entry),
                "{entry} of {}",
                kind.code
            );
        }
    }
    assert_eq!(webhook::of("link-created").unwrap().code, "link.created");
}
