//! Failures: each becomes its own kind, and none quotes what an answer holds.

use std::time::Duration;

use crate::support::{KEY, Reply, Server, inquiry};
use persona::{BuildError, Client, Error, IdempotencyKey, Inquiry, InquiryId, Shape};
use serde_json::json;

/// Retrieves an inquiry once from a server that gives this reply.
async fn retrieve(reply: Reply) -> Result<Inquiry, Error> {
    let server = Server::start(vec![reply]).await;
    let client = server
        .builder()
        .max_retries(0)
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    client
        .retrieve_inquiry(&InquiryId::parse("inq_1").unwrap(), &Shape::default())
        .await
}

#[tokio::test]
async fn each_refusal_has_its_kind_its_status_and_its_request() {
    type IsKind = fn(&Error) -> bool;
    let kinds: [(u16, IsKind); 10] = [
        (400, |error| {
            matches!(error, Error::Invalid { status: 400, .. })
        }),
        (401, |error| matches!(error, Error::Unauthorized { .. })),
        (403, |error| {
            matches!(
                error,
                Error::Forbidden {
                    details: Some(_),
                    ..
                }
            )
        }),
        (404, |error| matches!(error, Error::NotFound { .. })),
        (409, |error| matches!(error, Error::Conflict { .. })),
        (422, |error| {
            matches!(error, Error::Invalid { status: 422, .. })
        }),
        (429, |error| {
            matches!(
                error,
                Error::RateLimited {
                    retry_after: None,
                    ..
                }
            )
        }),
        (418, |error| {
            matches!(error, Error::UnexpectedStatus { status: 418, .. })
        }),
        (500, |error| {
            matches!(error, Error::Server { status: 500, .. })
        }),
        (503, |error| {
            matches!(error, Error::Server { status: 503, .. })
        }),
    ];
    for (status, is_kind) in kinds {
        let error = retrieve(Reply::error(status, "Title", "Details"))
            .await
            .unwrap_err();
        assert!(is_kind(&error), "{status}: {error:?}");
        assert_eq!(
            (error.status(), error.request_id()),
            (Some(status), Some("req_1"))
        );
        assert_eq!(error.is_outage(), status >= 500, "{status}");
        assert_eq!(
            error.is_retryable(),
            status == 429 || status >= 500,
            "{status}"
        );
        assert!(error.to_string().contains("req_1"), "{error}");
    }
}

#[tokio::test]
async fn a_conflict_tells_title_and_details() {
    let error = retrieve(Reply::error(409, "Conflict", "Inquiry already redacted"))
        .await
        .unwrap_err();
    let Error::Conflict { title, details, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (title.as_str(), details.as_deref()),
        ("Conflict", Some("Inquiry already redacted"))
    );

    let stale = retrieve(Reply::error(409, "Stale object error", "modified"))
        .await
        .unwrap_err();
    assert!(stale.is_retryable() && !stale.is_outage());
}

#[tokio::test]
async fn a_refusal_in_another_form_is_still_told_by_its_status() {
    let html = [("content-type", "text/html")];
    let huge = "x".repeat(5 * 1024 * 1024);
    for body in [
        "",
        "<html>",
        "{\"errors\":[]}",
        "{\"errors\":[{}]}",
        "[1]",
        &huge,
    ] {
        let not_found = retrieve(Reply::text(404, &html, body)).await.unwrap_err();
        assert!(matches!(not_found, Error::NotFound { request_id: None }));
        let server = retrieve(Reply::text(502, &html, body)).await.unwrap_err();
        assert!(matches!(server, Error::Server { status: 502, .. }));
    }
    let cut = Reply::Bytes(b"HTTP/1.1 500 Some\r\ncontent-length: 99\r\n\r\n{".to_vec());
    assert_eq!(retrieve(cut).await.unwrap_err().status(), Some(500));
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_key() {
    let elsewhere = Server::start(vec![]).await;
    let location = elsewhere.client().api_url().to_string();
    let error = retrieve(Reply::text(302, &[("location", &location)], ""))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::UnexpectedStatus { status: 302, .. }));
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_an_outage_and_is_not_quoted() {
    let json = [
        ("content-type", "application/json; charset=utf-8"),
        ("request-id", "req_1"),
    ];
    let mut no_status = inquiry();
    no_status["attributes"]["status"] = json!(null);
    let mut bad_time = inquiry();
    bad_time["attributes"]["created-at"] = json!("Jane");
    let mut other = inquiry();
    other["type"] = json!("account");
    let mut bad_id = inquiry();
    bad_id["id"] = json!("Jane Doe");
    let answers = [
        Reply::text(
            200,
            &[("content-type", "text/html"), ("request-id", "req_1")],
            "<p>Jane</p>",
        ),
        Reply::text(200, &json, r#"{"data": {"name": "Jane""#),
        Reply::text(200, &json, ""),
        Reply::text(204, &json, ""),
        Reply::text(200, &json, r#"["Jane"]"#),
        Reply::text(
            200,
            &json,
            &(json!({ "data": inquiry() }).to_string() + &" ".repeat(5 * 1024 * 1024)),
        ),
        Reply::json(200, &json!({ "data": no_status })),
        Reply::json(200, &json!({ "data": bad_time })),
        Reply::json(200, &json!({ "data": other })),
        Reply::json(200, &json!({ "data": bad_id })),
        Reply::cut(),
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        let error = retrieve(answer).await.unwrap_err();
        assert!(
            matches!(error, Error::MalformedAnswer { .. }),
            "{index}: {error:?}"
        );
        assert!(
            error.is_outage() && error.request_id() == Some("req_1"),
            "{index}: {error:?}"
        );
        assert!(
            !format!("{error} {error:?}").contains("Jane"),
            "{index}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_a_content_type_or_of_json_api_type_is_read() {
    let body = json!({ "data": inquiry() }).to_string();
    assert!(retrieve(Reply::text(200, &[], &body)).await.is_ok());
    assert!(
        retrieve(Reply::text(
            200,
            &[("content-type", "application/vnd.api+json")],
            &body
        ))
        .await
        .is_ok()
    );
}

#[tokio::test]
async fn silence_and_broken_and_refused_connections_are_outages() {
    assert!(matches!(
        retrieve(Reply::Hang).await.unwrap_err(),
        Error::Timeout
    ));
    let dropped = retrieve(Reply::Drop).await.unwrap_err();
    assert!(
        matches!(dropped, Error::Network(_)) && dropped.is_outage(),
        "{dropped:?}"
    );

    let free = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let nobody = format!("http://{free}/api/v1").parse().unwrap();
    let client = Client::builder(KEY.into())
        .api_url(nobody)
        .max_retries(0)
        .build()
        .unwrap();
    let refused = client.rate_limits().await.unwrap_err();
    assert!(
        matches!(refused, Error::Connect(_)) && refused.is_retryable(),
        "{refused:?}"
    );
    assert!(
        !format!("{refused:?}").contains("rate-limits"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_key_that_is_no_header_is_refused_before_anything_is_sent() {
    let server = Server::start(vec![]).await;
    let id = InquiryId::parse("inq_1").unwrap();
    for key in ["", "a b", "a\r\nx: y", "ü"] {
        let key = IdempotencyKey::new(key);
        let error = server
            .client()
            .resume_inquiry(&id, &key, &Shape::default())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::InvalidRequest { .. }) && !error.is_retryable());
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_client_is_not_built_from_a_bad_key_or_address() {
    for key in ["", "two words", "line\n", "schlüssel"] {
        assert!(
            matches!(
                Client::builder(key.into()).build(),
                Err(BuildError::InvalidApiKey)
            ),
            "{key}"
        );
    }
    let build = |url: &str| {
        Client::builder(KEY.into())
            .api_url(url.parse().unwrap())
            .build()
    };
    for url in [
        "ftp://a.example/",
        "mailto:a@b.example",
        "https://u:p@a.example/",
        "https://a.example/?q",
        "https://a.example/#f",
    ] {
        assert!(
            matches!(build(url), Err(BuildError::InvalidApiUrl)),
            "{url}"
        );
    }
    for url in [
        "http://api.example/api/v1",
        "http://10.0.0.1/",
        "http://localhost.evil.example/",
    ] {
        assert!(matches!(build(url), Err(BuildError::PlainHttp)), "{url}");
    }
    for url in [
        "https://api.example/v1",
        "http://localhost:1/",
        "http://127.0.0.1/",
        "http://[::1]/",
    ] {
        assert!(build(url).is_ok(), "{url}");
    }
    let closed_network = Client::builder(KEY.into()).api_url("http://persona:80/".parse().unwrap());
    assert!(closed_network.allow_plain_http().build().is_ok());
}
