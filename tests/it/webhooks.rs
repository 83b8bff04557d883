//! Persona's webhooks: which are believed, what is kept of them, and what they do.

use std::time::Duration;

use axum::http::{Request, StatusCode};
use leftoff::store::events::{EventRow, IGNORED, PARKED, WAITING};
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{App, Intake, WEBHOOK_SECRET, sign};

const MINUTE: Duration = Duration::from_mins(1);

/// The last thing that happened to an inquiry, as a webhook tells it.
async fn last(app: &App, inquiry: &str) -> Value {
    let told = app.told().await;
    let of_it = |event: &&Value| object(event) == inquiry;
    told.iter().rev().find(of_it).unwrap().clone()
}

fn object(event: &Value) -> &str {
    event["data"]["attributes"]["payload"]["data"]["id"]
        .as_str()
        .unwrap()
}

fn id(event: &Value) -> &str {
    event["data"]["id"].as_str().unwrap()
}

async fn kept(receiver: &Intake, event: &Value) -> Option<EventRow> {
    receiver.state.store.event(id(event)).await.unwrap()
}

/// A person who went on through a link, and finished at Persona: the inquiry.
async fn finished(app: &App) -> String {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    app.advance(MINUTE);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    inquiry
}

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
async fn a_missing_or_empty_signature_fails_closed() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let now = app.state.clock.now().as_second();
    let body = event.to_string();
    let good = sign(WEBHOOK_SECRET, now, body.as_bytes());
    let code = good.split_once("v1=").unwrap().1.to_owned();
    let forged = [
        None,
        Some(String::new()),
        Some("v1=".to_owned()),
        Some(format!("t={now}")),
        Some(format!("t={now},v1=")),
        Some(format!("t={now},v1={}", "0".repeat(64))),
        Some(format!("t={now},v0={code}")),
        Some(format!("sha256={code}")),
        Some(code.clone()),
        Some(format!("t={now},v1={}", &code[..62])),
        Some(sign("", now, body.as_bytes())),
        Some(sign("wbhsec_of_somebody_else", now, body.as_bytes())),
        Some(format!("t={},v1={code}", now + 1)),
    ];
    for signature in forged {
        let answer = receiver.post(signature.as_deref(), body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{signature:?}");
        assert!(!answer.body.contains("inq_"), "{}", answer.body);
    }
    assert_eq!(kept(&receiver, &event).await, None);
    assert_eq!(receiver.state.webhooks.counts().refused, 13);
    assert_eq!(
        receiver.post(Some(&good), body).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_signature_is_over_the_raw_bytes_and_not_over_what_they_mean() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let now = app.state.clock.now().as_second();
    let pretty = serde_json::to_string_pretty(&event).unwrap();
    let signature = sign(WEBHOOK_SECRET, now, pretty.as_bytes());
    let answer = receiver.post(Some(&signature), event.to_string()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let without_time = sign(WEBHOOK_SECRET, now, b"").replace("t=", "x=");
    let answer = receiver.post(Some(&without_time), pretty.clone()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        receiver.post(Some(&signature), pretty).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_old_signature_is_a_replay_and_one_of_the_future_a_wrong_clock() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let body = last(&app, &inquiry).await.to_string();
    let now = app.state.clock.now().as_second();
    for (seconds, status) in [(-301, 401), (301, 401), (-299, 200), (299, 200)] {
        let signature = sign(WEBHOOK_SECRET, now + seconds, body.as_bytes());
        let answer = receiver.post(Some(&signature), body.clone()).await;
        assert_eq!(answer.status, status, "{seconds} s");
    }
}

#[tokio::test]
async fn during_a_rotation_either_secret_is_believed_and_afterwards_only_the_new() {
    let app = App::start_with(|config| {
        config.persona.webhook_secrets = vec!["wbhsec_old".into(), "wbhsec_new".into()];
    })
    .await;
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let body = event.to_string();
    let now = app.state.clock.now().as_second();
    let (old, new) = (
        sign("wbhsec_old", now, body.as_bytes()),
        sign("wbhsec_new", now, body.as_bytes()),
    );
    let other = sign("wbhsec_other", now, body.as_bytes());
    let receiver = app.receiver();
    for header in [
        &old,
        &new,
        &format!("{new} {old}"),
        &format!("{other} {old}"),
    ] {
        assert_eq!(
            receiver.post(Some(header), body.clone()).await.status,
            200,
            "{header}"
        );
    }
    let several = format!("{other},{}", new.split_once(',').unwrap().1);
    assert_eq!(
        receiver.post(Some(&several), body.clone()).await.status,
        200
    );
    let app = app
        .restart_with(|config| config.persona.webhook_secrets = vec!["wbhsec_new".into()])
        .await;
    let receiver = app.receiver();
    assert_eq!(receiver.post(Some(&old), body.clone()).await.status, 401);
    assert_eq!(
        receiver
            .post(Some(&format!("{new} {old}")), body)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn without_a_secret_nothing_is_taken() {
    let app = App::start_with(|config| config.persona.webhook_secrets.clear()).await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    for secret in ["", WEBHOOK_SECRET] {
        let answer = receiver.tell_signed(secret, &event).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(kept(&receiver, &event).await, None);
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

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte_is_refused_and_a_large_one_taken() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Approved);
    let mut event = last(&app, &inquiry).await;
    event["data"]["attributes"]["context"] = json!({ "filler": "x".repeat(1024 * 1024) });
    assert_eq!(
        receiver.tell(&event).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    event["data"]["attributes"]["context"] = json!({ "filler": "x".repeat(900 * 1024) });
    assert_eq!(receiver.tell(&event).await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_a_post_comes_in_and_no_origin_is_asked_for() {
    let app = App::start().await;
    let receiver = app.receiver();
    let request = Request::get("/webhooks/persona").body(axum::body::Body::empty());
    assert_eq!(
        receiver.send(request.unwrap()).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let inquiry = app.inquiry(Status::Approved);
    let body = last(&app, &inquiry).await.to_string();
    let now = app.state.clock.now().as_second();
    let request = Request::post("/webhooks/persona")
        .header(
            "persona-signature",
            sign(WEBHOOK_SECRET, now, body.as_bytes()),
        )
        .header("origin", "https://elsewhere.example")
        .body(body.into());
    assert_eq!(receiver.send(request.unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_flood_of_forgeries_from_one_address_keeps_nobody_out_who_signs() {
    let app = App::start_with(|config| config.limits.acts = 3).await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Approved);
    let events = app.told().await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let answer = receiver.tell_signed("wbhsec_forged", &events[0]).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 429, 429, 429]);
    for _ in 0..10 {
        receiver.hear_all(&events).await;
    }
    assert_eq!(
        app.ledger(&inquiry).await.last().map(String::as_str),
        Some("approved")
    );
}
