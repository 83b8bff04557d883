//! What is in an event: what is personal is not kept, and what is missing is asked for or parked.

use axum::http::StatusCode;
use leftoff::store::events::{IGNORED, PARKED, WAITING};
use serde_json::json;
use simulator::{Fault, FaultKind, Seed, Status};

use super::{MINUTE, id, kept, last};
use crate::support::App;

#[tokio::test]
async fn nothing_personal_reaches_the_database_or_the_answer() {
    let app = App::start().await;
    let receiver = app.receiver();
    let personal = [
        ("name-first", "Zebulon"),
        ("name-last", "Quatermass"),
        ("email-address", "zebulon@quatermass.example"),
        ("birthdate", "1931-07-18"),
        ("address-street-1", "Hobbs Lane 5"),
        ("passport-number", "X77Y88Z99"),
    ];
    let fields = personal.map(|(key, value)| (key.to_owned(), value.into()));
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Completed,
        fields: fields.into_iter().collect(),
        note: Some("Quatermass called twice".to_owned()),
        tags: vec!["quatermass-tag".to_owned()],
        reference_id: Some("user-4711".to_owned()),
        ..Seed::default()
    });
    let events = app.told().await;
    let seen = serde_json::to_string(&events).unwrap();
    assert!(
        personal.iter().all(|(_, value)| seen.contains(value)),
        "{seen}"
    );
    receiver.hear_all(&events).await;
    let unreadable = json!({ "data": { "id": "evt_unreadable", "attributes": { "name": "Zebulon Quatermass" } } });
    receiver.tell(&unreadable).await;
    let database = app.database().await;
    assert!(database.contains(&inquiry) && database.contains("user-4711"));
    for (key, value) in personal {
        assert!(!database.contains(value), "{key} is in the database");
    }
    assert!(!database.to_lowercase().contains("quatermass"));
}

#[tokio::test]
async fn events_that_are_not_known_are_kept_and_ignored() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Pending);
    let mut event = last(&app, &inquiry).await;
    let mut before = None;
    for (number, name) in [
        "inquiry.invented-tomorrow",
        "report/watchlist.ready",
        "inquiry-session.started",
    ]
    .into_iter()
    .enumerate()
    {
        event["data"]["id"] = json!(format!("evt_{number}"));
        event["data"]["attributes"]["name"] = json!(name);
        receiver.hear_all(std::slice::from_ref(&event)).await;
        let row = kept(&receiver, &event).await.unwrap();
        assert_eq!((row.name.as_str(), row.state.as_str()), (name, IGNORED));
        assert_eq!(row.said, None);
        let rows = app.rows(&inquiry).await;
        assert_eq!(*before.get_or_insert(rows.clone()), rows);
    }
}

#[tokio::test]
async fn an_event_without_the_inquiry_is_completed_by_asking_persona() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Pending);
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Declined).unwrap();
    let mut event = last(&app, &inquiry).await;
    let payload = &mut event["data"]["attributes"]["payload"]["data"];
    payload["attributes"] = json!({});
    app.persona
        .inject(Fault::new(FaultKind::Hang).path("inquiries").times(1));
    receiver.hear_all(std::slice::from_ref(&event)).await;
    assert_eq!(
        kept(&receiver, &event).await.unwrap().state,
        WAITING,
        "Persona is asked again later"
    );
    app.advance(MINUTE);
    receiver.settle().await;
    let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
    assert_eq!(known.status, "declined");
    assert_eq!(app.ledger(&inquiry).await, ["declined"]);
}

#[tokio::test]
async fn what_cannot_be_applied_is_parked_with_its_cause_and_replayed() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Approved);
    let mut event = last(&app, &inquiry).await;
    event["data"]["attributes"]["payload"]["data"]["attributes"] = json!({});
    let status = FaultKind::Status {
        code: 404,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    app.persona
        .inject(Fault::new(status).path("inquiries").times(1));
    receiver.hear_all(std::slice::from_ref(&event)).await;
    let parked = kept(&receiver, &event).await.unwrap();
    assert_eq!(parked.state, PARKED);
    assert!(parked.result.unwrap().contains("404"));
    let replayed = app.state.webhooks.replay("system", id(&event)).await;
    assert_eq!(replayed.unwrap(), leftoff::webhooks::Replayed::Done);
    receiver.settle().await;
    assert_eq!(app.ledger(&inquiry).await, ["approved"]);
    // Once more changes nothing.
    app.state
        .webhooks
        .replay("system", id(&event))
        .await
        .unwrap();
    receiver.settle().await;
    assert_eq!(app.ledger(&inquiry).await, ["approved"]);
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    assert_eq!(acts, ["event-replayed", "event-replayed"]);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_parked_by_its_id_and_asked_for_again() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Approved);
    let whole = last(&app, &inquiry).await;
    let torn =
        json!({ "data": { "type": "event", "id": id(&whole), "attributes": { "payload": {} } } });
    assert_eq!(receiver.tell(&torn).await.status, StatusCode::OK);
    assert_eq!(kept(&receiver, &whole).await.unwrap().state, PARKED);
    app.state
        .webhooks
        .replay("system", id(&whole))
        .await
        .unwrap();
    receiver.settle().await;
    assert_eq!(app.ledger(&inquiry).await, ["approved"]);
    let nothing = json!({ "hello": "there" });
    assert_eq!(
        receiver.tell(&nothing).await.status,
        StatusCode::BAD_REQUEST
    );
}
