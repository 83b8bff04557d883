//! Endpoints: their secrets, what disables them, and what is refused.

use std::{collections::BTreeSet, time::Duration};

use leftoff::{
    deliver::{Acted, EndpointError, NewEndpoint},
    staff::Actor,
};
use secrecy::ExposeSecret as _;
use simulator::Status;

use super::{DAY, HOUR, at_home, deliveries, endpoint, only, row, settle, test_of, wanting};
use crate::support::{App, Receiver, Reply};

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
