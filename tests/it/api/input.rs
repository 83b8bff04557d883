//! What is sent is read strictly, and what is wrong with it is said by name.

use axum::http::Method;
use leftoff::model::scope::Scope;
use serde_json::json;
use simulator::Status;

use crate::support::App;

const LINKS: &str = "/api/v1/links";

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    let inquiry = app.inquiry(Status::Pending);
    for (body, field) in [
        (json!({}), "inquiry_id"),
        (json!({ "inquiry_id": "" }), "inquiry_id"),
        (json!({ "inquiry_id": 7 }), "inquiry_id"),
        (json!({ "inquiry_id": null }), "inquiry_id"),
        (json!({ "inquiry_id": inquiry, "colour": "red" }), "colour"),
        (
            json!({ "inquiry_id": inquiry, "maker": "staff:1" }),
            "maker",
        ),
        (
            json!({ "inquiry_id": inquiry, "factor": "password" }),
            "factor",
        ),
        (
            json!({ "inquiry_id": inquiry, "expires_in_seconds": -1 }),
            "expires_in_seconds",
        ),
        (
            json!({ "inquiry_id": inquiry, "expires_in_seconds": "1h" }),
            "expires_in_seconds",
        ),
        (json!({ "inquiry_id": inquiry, "reason": "" }), "reason"),
        (json!({ "inquiry_id": inquiry, "reason": "-a" }), "reason"),
        (json!({ "inquiry_id": inquiry, "locale": "" }), "locale"),
    ] {
        let answer = backend.post(LINKS, &body).await;
        assert_eq!(
            answer.problem(),
            (422, "invalid-input".to_owned()),
            "{body}"
        );
        assert_eq!(answer.wrong_fields(), [field], "{body}");
    }
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn what_is_not_one_json_object_is_not_read() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    for body in [
        "{",
        "[]",
        "null",
        "7",
        "{} {}",
        "{\"inquiry_id\": \"x\",}",
        "<xml/>",
        " ",
    ] {
        let request = backend.json(LINKS);
        let answer = backend.send(request, body.to_owned()).await;
        assert_eq!(answer.problem(), (400, "bad-request".to_owned()), "{body}");
        assert!(!answer.body.contains("xml"));
    }
    let twice = backend.json(LINKS);
    let twice = backend
        .send(twice, "{\"reason\":\"a\",\"reason\":\"b\"}".to_owned())
        .await;
    assert_eq!(twice.problem().0, 422);
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    for media_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
    ] {
        let mut request = backend.request(Method::POST, LINKS);
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        let answer = backend.send(request, "{}".to_owned()).await;
        assert_eq!(
            answer.problem(),
            (415, "unsupported-media-type".to_owned()),
            "{media_type:?}"
        );
    }
}

#[tokio::test]
async fn a_body_of_more_than_16_kib_is_refused() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    let body = |length: usize| json!({ "inquiry_id": "x", "note": "x".repeat(length) });
    let answer = backend.post(LINKS, &body(16 * 1024)).await;
    assert_eq!(answer.problem(), (413, "too-large".to_owned()));
    let answer = backend.post(LINKS, &body(15 * 1024)).await;
    assert_eq!(answer.wrong_fields(), ["note"]);
}

#[tokio::test]
async fn our_own_fault_tells_no_cause() {
    let app = App::start().await;
    let mut backend = app.backend(&Scope::ALL).await;
    app.state.store.close().await;
    for path in [LINKS, "/api/v1/events", "/api/v1/receipts/x"] {
        let answer = backend.get(path).await;
        assert_eq!(answer.problem(), (500, "internal".to_owned()), "{path}");
        for cause in ["rusqlite", "closed", "database", "src/"] {
            assert!(!answer.body.contains(cause), "{}", answer.body);
        }
    }
}
