//! Webhooks out: a receiver on loopback that verifies with the library of the standard, and a clock that tests move.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use leftoff::{
    config::Config,
    deliver::{Acted, Deliveries, EndpointError, Names, NewEndpoint, Replayed},
    model::{
        trouble::Trouble,
        webhook::{self, CATALOGUE},
    },
    staff::Actor,
    store::{
        Error,
        deliveries::{DeliveryQuery, DeliveryRow},
        endpoints::EndpointRow,
        ledger::{self, LedgerRow},
    },
    worker::{Pace, Work as _},
};
use secrecy::ExposeSecret as _;
use simulator::Status;

use crate::support::{App, Hook, Program, Receiver, Reply, Source, Token, why};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Settings with which webhooks may go to this machine.
pub(crate) fn at_home(config: &mut Config) {
    config.deliveries.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
    config.deliveries.timeout_seconds = 1;
}

fn wanting(url: &str, events: Option<&[&str]>) -> NewEndpoint {
    NewEndpoint {
        url: url.to_owned(),
        description: "A receiver".to_owned(),
        events: events.map(|events| events.iter().map(|event| (*event).to_owned()).collect()),
    }
}

/// An endpoint that is told everything; its ID and secret.
pub(crate) async fn endpoint(app: &App, url: &str) -> (String, String) {
    let new = wanting(url, None);
    let added = app.state.deliveries.add(&Actor::System, &new);
    let (row, secret) = added.await.unwrap();
    (row.id, secret.expose_secret().to_owned())
}

/// Steps until nothing is under way; how long until the next attempt.
pub(crate) async fn settle(app: &App) -> Option<Duration> {
    settle_by(&app.state.deliveries).await
}

async fn settle_by(deliveries: &Deliveries) -> Option<Duration> {
    loop {
        match deliveries.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => return Some(wait),
            Pace::Idle => return None,
        }
    }
}

async fn row(app: &App, id: &str) -> EndpointRow {
    app.state.store.endpoint(id).await.unwrap().unwrap()
}

/// The deliveries of an endpoint, the newest first.
async fn deliveries(app: &App, id: &str) -> Vec<DeliveryRow> {
    let query = DeliveryQuery {
        endpoint_id: id.to_owned(),
        ..DeliveryQuery::default()
    };
    app.state.store.deliveries(query, 10_000).await.unwrap()
}

async fn only(app: &App, id: &str) -> DeliveryRow {
    let mut rows = deliveries(app, id).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn test_of(app: &App, id: &str) {
    let tested = app.state.deliveries.test(&Actor::System, id).await;
    assert_eq!(tested.unwrap(), Acted::Done);
}

fn ids(hooks: &[Hook]) -> BTreeSet<String> {
    hooks.iter().map(|hook| hook.id().to_owned()).collect()
}

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
async fn while_a_secret_is_rotated_the_old_one_and_the_new_one_verify() {
    let app = App::start_now(at_home).await;
    let receiver = Receiver::start().await;
    let (id, old) = endpoint(&app, &receiver.url).await;
    let rotated = app.state.deliveries.rotate(&Actor::System, &id, DAY).await;
    let new = rotated.unwrap().unwrap().expose_secret().to_owned();
    assert_ne!(old, new);
    test_of(&app, &id).await;
    settle(&app).await;
    let hook = receiver.take().remove(0);
    assert!(
        hook.is_verified_by(&old) && hook.is_verified_by(&new),
        "{hook:?}"
    );
    app.advance(DAY);
    test_of(&app, &id).await;
    settle(&app).await;
    let hook = receiver.take().remove(0);
    assert!(!hook.is_signed_by(&old), "its time is over");
    assert!(hook.is_signed_by(&new));
    let database = app.database().await;
    for secret in [old, new] {
        assert!(!database.contains(secret.trim_start_matches("whsec_")));
    }
    let row = row(&app, &id).await;
    let unknown = app
        .state
        .deliveries
        .rotate(&Actor::System, "none", DAY)
        .await;
    assert!(unknown.unwrap().is_none());
    assert!(!format!("{row:?}").contains("whsec_"));
}

#[tokio::test]
async fn an_endpoint_that_fails_is_tried_along_the_schedule_under_one_id_and_given_up() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    receiver.answer(Reply::status(500));
    let (id, secret) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    for seconds in app.state.config.deliveries.retry_seconds.clone() {
        let sent = receiver.hooks().len();
        let wait = settle(&app).await.unwrap();
        assert_eq!(receiver.hooks().len(), sent + 1);
        let planned = Duration::from_secs(seconds);
        assert!(wait >= planned && wait <= planned.mul_f64(1.1), "{wait:?}");
        app.advance(wait.saturating_sub(Duration::from_millis(1)));
        assert!(settle(&app).await.is_some());
        assert_eq!(receiver.hooks().len(), sent + 1, "it came too early");
        app.advance(Duration::from_millis(1));
    }
    assert_eq!(settle(&app).await, None, "it is given up");
    let hooks = receiver.hooks();
    assert_eq!(hooks.len(), 8);
    assert_eq!(ids(&hooks).len(), 1, "the receiver knows it again");
    let times: BTreeSet<_> = hooks.iter().map(Hook::seconds).collect();
    assert_eq!(times.len(), 8, "each attempt is signed with its own time");
    assert!(hooks.iter().all(|hook| hook.is_signed_by(&secret)));
    assert!(hooks.iter().all(|hook| hook.body == hooks[0].body));
    let delivery = only(&app, &id).await;
    assert_eq!((delivery.state.as_str(), delivery.attempts), ("failed", 8));
    assert_eq!(
        (delivery.status, delivery.cause.as_deref()),
        (Some(500), Some("status"))
    );
    let attempts = app.state.store.attempts(&id, &delivery.event_id, 100).await;
    let attempts = attempts.unwrap();
    let numbers: Vec<_> = attempts.iter().map(|attempt| attempt.number).collect();
    assert_eq!(numbers, [8, 7, 6, 5, 4, 3, 2, 1]);
    assert!(attempts.iter().all(|attempt| attempt.status == Some(500)));
    assert!(!app.database().await.contains("an answer that nobody keeps"));
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it_within_bounds() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    let date = "Sun, 01 Mar 2026 13:00:00 GMT".to_owned();
    let longest = *app
        .state
        .config
        .deliveries
        .retry_seconds
        .iter()
        .max()
        .unwrap();
    for (asked, least) in [
        (date, 3_590),
        ("7200".to_owned(), 7_200),
        (u64::MAX.to_string(), longest),
        ("soon".to_owned(), 7_200),
    ] {
        receiver.answer_next(Reply::Status(503, "retry-after", asked.clone()));
        let wait = settle(&app).await.unwrap();
        let (least, most) = (Duration::from_secs(least), Duration::from_secs(least + 20));
        assert!(
            wait >= least && wait <= most.mul_f64(1.1),
            "{asked}: {wait:?}"
        );
        app.advance(wait);
    }
    assert_eq!(settle(&app).await, None);
    let delivery = only(&app, &id).await;
    assert_eq!(
        (delivery.state.as_str(), delivery.attempts),
        ("delivered", 5)
    );
}

#[tokio::test]
async fn only_2xx_is_success_and_a_redirect_is_not_followed() {
    let app = App::start_with(at_home).await;
    let (receiver, elsewhere) = (Receiver::start().await, Receiver::start().await);
    let (id, _) = endpoint(&app, &receiver.url).await;
    for (status, is_taken) in [
        (200, true),
        (202, true),
        (299, true),
        (302, false),
        (404, false),
        (429, false),
    ] {
        receiver.answer_next(Reply::Status(status, "location", elsewhere.url.clone()));
        test_of(&app, &id).await;
        settle(&app).await;
        let newest = deliveries(&app, &id).await.remove(0);
        assert_eq!(
            newest.state == "delivered",
            is_taken,
            "{status}: {newest:?}"
        );
        assert_eq!(newest.status, Some(i64::from(status)));
        app.advance(Duration::from_millis(5));
    }
    assert_eq!(elsewhere.hooks().len(), 0);
    receiver.answer_next(Reply::Endless);
    test_of(&app, &id).await;
    settle(&app).await;
    assert_eq!(
        deliveries(&app, &id).await[0].state,
        "delivered",
        "an endless answer is cut off"
    );
}

#[tokio::test]
async fn an_endpoint_that_hangs_is_in_nobodys_way() {
    let four = |config: &mut Config| {
        at_home(config);
        config.deliveries.at_once = 4;
    };
    let app = App::start_with(four).await;
    let (slow, quick) = (Receiver::start().await, Receiver::start().await);
    slow.answer(Reply::Hang);
    let (slow_id, _) = endpoint(&app, &slow.url).await;
    let (quick_id, _) = endpoint(&app, &quick.url).await;
    for _ in 0..20 {
        test_of(&app, &slow_id).await;
        test_of(&app, &quick_id).await;
    }
    while quick.hooks().len() < 20 {
        assert_eq!(app.state.deliveries.step().await.unwrap(), Pace::Now);
    }
    assert_eq!(
        slow.hooks().len(),
        2,
        "it has half of what may be under way"
    );
    // The first of the two that hang runs into the limit of an attempt.
    loop {
        app.state.deliveries.step().await.unwrap();
        let rows = deliveries(&app, &slow_id).await;
        if let Some(row) = rows.iter().find(|row| row.cause.is_some()) {
            assert_eq!((row.status, row.cause.as_deref()), (None, Some("timeout")));
            return;
        }
    }
}

#[tokio::test]
async fn a_connection_that_fails_is_told_by_its_cause_alone() {
    let app = App::start_with(at_home).await;
    let gone = Receiver::start().await.addr;
    let (id, _) = endpoint(&app, &format!("http://{gone}/")).await;
    test_of(&app, &id).await;
    settle(&app).await;
    let delivery = only(&app, &id).await;
    assert_eq!(
        (delivery.status, delivery.cause.as_deref()),
        (None, Some("unreachable"))
    );
}

/// Webhooks of an app's store, with names that lead where the test says.
fn named(app: &App, leads: &Arc<Mutex<IpAddr>>) -> Deliveries {
    let leads = Arc::clone(leads);
    let names = Names::by(move |name| {
        assert_eq!(name, "hooks.example.com");
        let address = *leads.lock().unwrap();
        async move { Ok(vec![address]) }
    });
    let (store, clock) = (app.state.store.clone(), app.state.clock.clone());
    Deliveries::with_names(store, clock, &app.state.config, &names).unwrap()
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_refused_when_it_is_connected_to() {
    let app = App::start().await;
    let receiver = Receiver::start().await;
    let leads = Arc::new(Mutex::new(receiver.addr.ip()));
    let webhooks = named(&app, &leads);
    let url = format!("https://hooks.example.com:{}/", receiver.addr.port());
    let (id, _) = endpoint(&app, &url).await;
    for private in [
        "127.0.0.1",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "172.16.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "fe80::1",
    ] {
        *leads.lock().unwrap() = private.parse().unwrap();
        test_of(&app, &id).await;
        settle_by(&webhooks).await;
        let newest = deliveries(&app, &id).await.remove(0);
        let cause = newest.cause.as_deref();
        assert_eq!(cause, Some("private-address"), "{private}: {newest:?}");
        app.advance(Duration::from_millis(5));
    }
    assert_eq!(receiver.hooks().len(), 0);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_after_it_was_admitted_is_refused() {
    // The one address stands for the internet; the other is what nobody may reach.
    let only_two = |config: &mut Config| {
        at_home(config);
        config.deliveries.allow_networks = vec!["127.0.0.2/32".parse().unwrap()];
    };
    let app = App::start_with(only_two).await;
    let open = Receiver::at("127.0.0.2:0").await;
    let shut = Receiver::at(&format!("127.0.0.1:{}", open.addr.port())).await;
    open.answer(Reply::Status(204, "connection", "close".to_owned()));
    let leads = Arc::new(Mutex::new(open.addr.ip()));
    let webhooks = named(&app, &leads);
    let url = format!("http://hooks.example.com:{}/", open.addr.port());
    let (id, _) = endpoint(&app, &url).await;
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    assert_eq!(only(&app, &id).await.state, "delivered");
    *leads.lock().unwrap() = shut.addr.ip();
    app.advance(Duration::from_millis(5));
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    let newest = deliveries(&app, &id).await.remove(0);
    assert_eq!(
        newest.cause.as_deref(),
        Some("private-address"),
        "{newest:?}"
    );
    assert_eq!((open.hooks().len(), shut.hooks().len()), (1, 0));
    *leads.lock().unwrap() = "1.1.1.1".parse().unwrap();
    app.advance(Duration::from_millis(5));
    test_of(&app, &id).await;
    settle_by(&webhooks).await;
    let newest = deliveries(&app, &id).await.remove(0);
    let cause = newest.cause.as_deref();
    assert_eq!(
        cause,
        Some("private-address"),
        "http stays inside: {newest:?}"
    );
}

#[tokio::test]
async fn an_address_that_is_named_in_the_url_is_looked_at_too() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&app, &receiver.url).await;
    let app = app
        .restart_with(|config| config.deliveries.allow_networks.clear())
        .await;
    let refused = app
        .state
        .deliveries
        .add(&Actor::System, &wanting(&receiver.url, None))
        .await;
    assert!(matches!(refused, Err(EndpointError::NotHttps)));
    test_of(&app, &id).await;
    settle(&app).await;
    let delivery = only(&app, &id).await;
    assert_eq!(delivery.cause.as_deref(), Some("private-address"));
    assert_eq!(receiver.hooks().len(), 0);
}

#[tokio::test]
async fn an_endpoint_that_only_fails_for_days_is_disabled_with_an_alarm() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    settle(&app).await;
    receiver.answer(Reply::status(500));
    for _ in 0..10 {
        test_of(&app, &id).await;
        settle(&app).await;
        assert!(row(&app, &id).await.is_enabled());
        app.advance((HOUR * 12).saturating_sub(Duration::from_millis(1)));
    }
    let failing = row(&app, &id).await;
    assert!(failing.failures >= 10, "{failing:?}");
    // One success, and all is forgiven.
    receiver.answer_next(Reply::default());
    test_of(&app, &id).await;
    settle(&app).await;
    app.advance(Duration::from_millis(20));
    let before = row(&app, &id).await;
    assert!(before.is_enabled(), "{before:?}");
    test_of(&app, &id).await;
    settle(&app).await;
    app.advance(DAY * 5);
    test_of(&app, &id).await;
    settle(&app).await;
    let disabled = row(&app, &id).await;
    assert_eq!(disabled.disabled_why.as_deref(), Some("failing"));
    assert_eq!(disabled.disabled_by.as_deref(), Some("system"));
    let sent = receiver.hooks().len();
    app.link_to(Status::Pending).await;
    assert_eq!(settle(&app).await, None, "nothing is sent to it any more");
    assert_eq!(receiver.hooks().len(), sent);
    let audit = app.audit().await;
    let alarm = audit
        .iter()
        .find(|row| row.act == "endpoint-disabled")
        .unwrap();
    assert_eq!(
        (alarm.actor.as_str(), alarm.object.clone()),
        ("system", format!("endpoint:{id}"))
    );
    assert_eq!(alarm.reason.as_deref(), Some("failing"));
    let tested = app.state.deliveries.test(&Actor::System, &id).await;
    assert_eq!(tested.unwrap(), Acted::Disabled);
    // What was on hold goes on when somebody enables it.
    receiver.answer(Reply::default());
    let enabled = app
        .state
        .deliveries
        .set_enabled(&Actor::System, &id, true)
        .await;
    assert_eq!(enabled.unwrap(), Acted::Done);
    while let Some(wait) = settle(&app).await {
        app.advance(wait);
    }
    let states: BTreeSet<_> = deliveries(&app, &id)
        .await
        .into_iter()
        .map(|row| row.state)
        .collect();
    assert!(!states.contains("waiting"), "{states:?}");
    assert_eq!(row(&app, &id).await.failing_since, None);
}

#[tokio::test]
async fn an_endpoint_that_says_that_it_is_gone_is_disabled_at_once() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    receiver.answer(Reply::status(410));
    let (id, _) = endpoint(&app, &receiver.url).await;
    test_of(&app, &id).await;
    assert_eq!(settle(&app).await, None);
    assert_eq!(row(&app, &id).await.disabled_why.as_deref(), Some("gone"));
    assert_eq!(receiver.hooks().len(), 1);
}

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

#[tokio::test]
async fn an_endpoint_whose_secret_cannot_be_read_is_told_so() {
    let app = App::start_with(at_home).await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&app, &receiver.url).await;
    let other = "another secret of the tests, of nobody else";
    let app = app
        .restart_with(|config| config.server.secret = other.into())
        .await;
    test_of(&app, &id).await;
    settle(&app).await;
    assert_eq!(only(&app, &id).await.cause.as_deref(), Some("secret-lost"));
    assert_eq!(receiver.hooks().len(), 0);
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_is_refused_with_a_reason() {
    let app = App::start().await;
    let add = async |change: &dyn Fn(&mut NewEndpoint)| {
        let mut new = wanting("https://hooks.example.com/", None);
        change(&mut new);
        app.state.deliveries.add(&Actor::System, &new).await.err()
    };
    assert!(add(&|_| {}).await.is_none());
    let refused = add(&|new| new.description = "  ".to_owned()).await;
    assert!(matches!(refused, Some(EndpointError::Description)));
    let refused = add(&|new| new.events = Some(vec![])).await;
    assert!(matches!(refused, Some(EndpointError::Events)));
    let refused = add(&|new| new.events = Some(vec!["link.made".to_owned()])).await;
    assert!(matches!(refused, Some(EndpointError::Events)));
    for _ in 1..50 {
        assert!(add(&|_| {}).await.is_none());
    }
    assert!(matches!(add(&|_| {}).await, Some(EndpointError::TooMany)));
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
