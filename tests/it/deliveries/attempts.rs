//! Attempts: what counts as delivered, and what comes after a failure.

use std::{collections::BTreeSet, time::Duration};

use leftoff::{
    config::Config,
    worker::{Pace, Work as _},
};

use super::{at_home, deliveries, endpoint, ids, only, settle, test_of};
use crate::support::{App, Hook, Receiver, Reply};

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
