//! What webhooks do: the inquiry moves, and history and receipt are written.

use simulator::Status;

use super::{MINUTE, finished, id, kept, last};
use crate::support::App;

#[tokio::test]
async fn a_webhook_moves_the_inquiry_and_writes_history_and_receipt() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let inquiry = finished(&app).await;
    app.hear().await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "completed");
    assert_eq!(known.need.as_deref(), Some("undecided"));
    let receipt = app.receipt(&inquiry).await.unwrap();
    let link = app.newest_link(&inquiry).await;
    assert_eq!(
        (receipt.status.as_str(), &receipt.link_id),
        ("completed", &link.id)
    );
    assert_eq!(link.finished_at, Some(receipt.verified_at));
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.hear().await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!((known.status.as_str(), known.need), ("approved", None));
    let link = app.newest_link(&inquiry).await;
    assert_eq!(link.outcome.as_deref(), Some("approved"));
    let ledger = app.ledger(&inquiry).await;
    assert!(
        ledger.ends_with(&["resumed", "completed", "approved"].map(str::to_owned)),
        "{ledger:?}"
    );
    assert_eq!(app.receipt(&inquiry).await.unwrap(), receipt);
}

/// Nothing of the browser came back: only the webhook tells.
#[tokio::test]
async fn a_person_who_never_returns_from_the_hosted_flow_has_a_receipt() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    assert_eq!(browser.submit(&format!("/r/{token}"), "").await.status, 303);
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    app.hear().await;
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "completed");
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (200, "You are done"));
}

#[tokio::test]
async fn a_receipt_that_the_browser_brought_stays_as_it_is() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    app.persona.hold_webhooks();
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    browser.report_completion(&token).await;
    let receipt = app.receipt(&inquiry).await.unwrap();
    assert_eq!(receipt.event_id, None);
    app.persona.send_webhooks();
    app.hear().await;
    assert_eq!(app.receipt(&inquiry).await.unwrap(), receipt);
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(
        ledger.iter().filter(|event| *event == "verified").count(),
        1
    );
    assert!(ledger.contains(&"completed".to_owned()), "{ledger:?}");
}

#[tokio::test]
async fn whoever_was_approved_without_a_link_of_ours_has_no_receipt() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.hear().await;
    assert_eq!(app.receipt(&inquiry).await, None);
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "approved");
}

#[tokio::test]
async fn every_event_of_a_life_is_in_the_history_once() {
    let app = App::start().await;
    app.hear_webhooks().await;
    let inquiry = app.inquiry(Status::Created);
    let life = [
        (Status::Pending, "started"),
        (Status::Expired, "expired"),
        (Status::Pending, "started"),
        (Status::Failed, "failed"),
        (Status::NeedsReview, "needs-review"),
        (Status::Declined, "declined"),
        (Status::Approved, "approved"),
    ];
    for (status, _) in life {
        app.advance(MINUTE);
        app.persona.set_status(&inquiry, status).unwrap();
    }
    app.advance(MINUTE);
    app.persona.redact(&inquiry).unwrap();
    app.hear().await;
    let ledger = app.ledger(&inquiry).await;
    let names = life.iter().map(|(_, name)| *name);
    let all: Vec<_> = std::iter::once("created")
        .chain(names)
        .chain(["redacted"])
        .collect();
    assert_eq!(ledger, all);
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert!(
        known.redacted_at.is_some() && known.need.is_none(),
        "{known:?}"
    );
    let rows = app.state.store.ledger(&inquiry).await.unwrap();
    assert!(
        rows.iter()
            .all(|row| row.actor.as_deref() == Some("persona"))
    );
}

#[tokio::test]
async fn the_event_is_not_taken_for_the_inquiry() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Approved);
    let event = last(&app, &inquiry).await;
    receiver.hear_all(std::slice::from_ref(&event)).await;
    let store = &app.state.store;
    let row = kept(&receiver, &event).await.unwrap();
    assert_eq!(row.inquiry_id.as_ref(), Some(&inquiry));
    assert_eq!(
        store.inquiry(&inquiry).await.unwrap().unwrap().status,
        "approved"
    );
    assert_eq!(store.inquiry(id(&event)).await.unwrap(), None);
}

#[tokio::test]
async fn completed_is_not_taken_for_approved() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = finished(&app).await;
    receiver.hear_all(&app.told().await).await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "completed");
    assert_eq!(app.newest_link(&inquiry).await.outcome, None);
}
