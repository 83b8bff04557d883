//! What keeps strangers out: origin, methods, sizes, and answers that say nothing they should not.

use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::json;
use simulator::{Fault, FaultKind, Status};

use crate::support::{Answer, App, Browser};

/// Sends a form to each address that acts, with these headers.
async fn post_everywhere(app: &App, token: &str, headers: &[(&str, &str)]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for path in [
        format!("/r/{token}"),
        format!("/r/{token}/phone"),
        format!("/r/{token}/check"),
        "/return/01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(),
        "/recover".to_owned(),
        "/api/resume_inquiry".to_owned(),
        "/api/report_completion".to_owned(),
        "/api/report_ready".to_owned(),
        "/api/report_trouble".to_owned(),
        "/api/none".to_owned(),
    ] {
        let mut browser = app.browser();
        let mut request = browser.request(Method::POST, &path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let arguments = json!({ "link": token }).to_string();
        answers.push(
            browser
                .send(request.body(Body::from(arguments)).unwrap())
                .await,
        );
    }
    answers
}

#[tokio::test]
async fn an_act_from_anywhere_but_our_own_pages_is_refused() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let before = app.rows(&inquiry).await;
    let ours = "http://localhost:4000";
    for headers in [
        &[][..],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://localhost:4000")],
        &[("origin", "http://localhost:4001")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", ours)],
        &[("referer", "http://localhost:4000/")],
        &[("host", "localhost:4000")],
    ] {
        let answers = post_everywhere(&app, &token, headers).await;
        let (forms, acts) = answers.split_at(5);
        for answer in forms {
            let heading = "This request came from somewhere else";
            assert_eq!(answer.page(), (403, heading), "{headers:?}");
        }
        for answer in acts {
            let code = "foreign-origin".to_owned();
            assert_eq!(answer.refusal(), (403, code), "{headers:?}");
        }
    }
    assert_eq!(app.rows(&inquiry).await, before);
    assert!(app.asked().is_empty());
    for headers in [[("origin", ours)], [("sec-fetch-site", "same-origin")]] {
        for answer in post_everywhere(&app, &token, &headers).await {
            assert!(!answer.body.contains("foreign-origin"), "{headers:?}");
            assert!(!answer.body.contains("somewhere else"), "{headers:?}");
        }
    }
}

#[tokio::test]
async fn other_methods_are_not_served() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    for method in [
        "CONNECT", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW",
    ] {
        let uri = if method == "CONNECT" {
            "example.com:443"
        } else {
            &*format!("/r/{token}")
        };
        let request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), uri);
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(browser.get("/api/resume_inquiry").await.status, 405);
}

#[tokio::test]
async fn a_body_of_more_than_16_kib_is_refused() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let before = app.rows(&inquiry).await;
    let mut browser = app.browser();
    let padded = |length| json!({ "link": token, "padding": "x".repeat(length) });
    let answer = browser.act("resume_inquiry", padded(16 * 1024)).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    let answer = stream(&mut browser, &padded(16 * 1024).to_string()).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    assert_eq!(app.rows(&inquiry).await, before);
    assert!(app.asked().is_empty());
    let answer = browser.act("resume_inquiry", padded(15 * 1024)).await;
    assert!(answer.session_token().is_some());
}

/// Sends an act whose length is not announced.
async fn stream(browser: &mut Browser, arguments: &str) -> Answer {
    let chunks = arguments.as_bytes().chunks(1024).map(<[u8]>::to_vec);
    let chunks: Vec<Result<_, std::io::Error>> = chunks.map(Ok).collect();
    let request = browser
        .request(Method::POST, "/api/resume_inquiry")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json");
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    browser.send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn no_answer_tells_a_secret_or_a_cause() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let mut answers = Vec::new();
    for kind in [
        FaultKind::BrokenJson,
        FaultKind::DropConnection,
        FaultKind::RateLimited { reset_seconds: 1 },
    ] {
        app.persona.inject(Fault::new(kind.clone()).times(1));
        answers.push(browser.resume(&token).await);
        assert_eq!(answers.last().unwrap().status, 503, "{kind:?}");
        app.persona.clear_faults();
    }
    answers.push(
        browser
            .act("resume_inquiry", json!({ "lnik": token }))
            .await,
    );
    answers.push(browser.act("none", json!({ "link": token })).await);
    app.state.store.close().await;
    answers.push(browser.resume(&token).await);
    answers.push(browser.get("/return/none").await);
    answers.push(browser.get("/readyz").await);
    for answer in answers {
        assert!(!answer.status.is_success(), "{answer:?}");
        let (whole, key) = (format!("{answer:?}"), crate::support::API_KEY);
        let causes = [
            "rusqlite",
            "pool",
            "reqwest",
            "localhost",
            "missing field",
            "req_",
            "src/",
        ];
        for secret in [key, &token, &inquiry].into_iter().chain(causes) {
            let hidden = whole.replace(&format!("http://{}", app.simulator.flow_host()), "");
            assert!(!hidden.contains(secret), "{secret} in {whole}");
        }
    }
}
