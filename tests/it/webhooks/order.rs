//! Events that come late, often, or by a wrong clock.

use simulator::Status;

use super::{MINUTE, finished, kept, last};
use crate::support::App;

#[tokio::test]
async fn an_event_that_comes_five_times_is_kept_and_applied_once() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = finished(&app).await;
    let event = last(&app, &inquiry).await;
    for number in 0..5 {
        let answer = receiver.tell(&event).await;
        let word = if number == 0 { "kept" } else { "known" };
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, word));
        receiver.settle().await;
    }
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(
        ledger.iter().filter(|event| *event == "completed").count(),
        1
    );
    let counts = app.state.webhooks.counts();
    assert_eq!((counts.taken, counts.known, counts.refused), (1, 4, 0));
}

#[tokio::test]
async fn an_old_event_does_not_set_back_what_a_person_did_since() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Pending);
    let token = app.link(&inquiry).await;
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Expired).unwrap();
    let late = last(&app, &inquiry).await;
    app.advance(MINUTE);
    assert!(app.browser().resume(&token).await.session_token().is_some());
    receiver.hear_all(std::slice::from_ref(&late)).await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "pending");
    assert_eq!(
        kept(&receiver, &late).await.unwrap().result.as_deref(),
        Some("outdated")
    );
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "expired", "resumed"]
    );
}

/// Our clock is an hour ahead of Persona's; whoever compared our time with theirs would lose the event.
#[tokio::test]
async fn a_clock_that_is_wrong_costs_no_event() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Pending);
    app.link(&inquiry).await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    let ahead = known.read_at + 3_600_000;
    let read = leftoff::store::inquiries::InquiryRow {
        read_at: ahead,
        ..known
    };
    let store = &app.state.store;
    store
        .change(move |change| leftoff::store::inquiries::keep(change, &read))
        .await
        .unwrap();
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    receiver.hear_all(&[last(&app, &inquiry).await]).await;
    let known = store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "approved");
}
