//! The door: methods, sizes and floods.

use axum::http::{Request, StatusCode};
use serde_json::json;
use simulator::Status;

use super::last;
use crate::support::{App, WEBHOOK_SECRET, sign};

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
