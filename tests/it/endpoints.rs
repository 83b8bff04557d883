//! Every server function is a public endpoint. Each has a rule here, and the rules are tried.

use std::collections::BTreeSet;

use axum::{body::Body, http::Method};
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use simulator::Status;

use crate::support::App;

/// Who may call a server function.
#[derive(Clone, Copy, PartialEq)]
enum Caller {
    /// Whom the link admits: its device, or the first one that comes.
    Admitted,
    /// The device that the link belongs to, and nobody before there is one.
    ItsDevice,
}

/// A server function without a line here is one that nobody thought about.
const RULES: [(&str, Caller); 4] = [
    ("resume_inquiry", Caller::Admitted),
    ("report_completion", Caller::ItsDevice),
    ("report_ready", Caller::ItsDevice),
    ("report_trouble", Caller::ItsDevice),
];

fn arguments(link: &str) -> Value {
    json!({ "link": link, "birthdate": null, "trouble": "cancelled" })
}

#[test]
fn every_server_function_has_a_rule() {
    let registered: BTreeSet<_> = server_fn_paths()
        .map(|(path, method)| format!("{method} {path}"))
        .collect();
    let ruled = RULES.map(|(name, _)| format!("POST /api/{name}"));
    assert_eq!(registered, BTreeSet::from(ruled));
}

#[tokio::test]
async fn nobody_gets_anything_for_a_link_that_is_none() {
    let app = App::start().await;
    let (_, inquiry) = app.link_to(Status::Pending).await;
    let id = app.newest_link(&inquiry).await.id;
    let hash = app.newest_link(&inquiry).await.token_hash;
    let never = "A".repeat(43);
    for (name, _) in RULES {
        for link in [&*never, &inquiry, &id, &hash, "", "' or 1=1 --"] {
            let answer = app.browser().act(name, arguments(link)).await;
            assert_eq!(
                answer.refusal(),
                (404, "unknown-link".to_owned()),
                "{name} {link}"
            );
        }
    }
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn nobody_gets_anything_for_someone_elses_link() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    let (own, _) = app.link_to(Status::Pending).await;
    let mut neighbour = app.browser();
    neighbour.resume(&own).await;
    app.persona.clear_requests();
    let before = app.rows(&inquiry).await;
    for (name, _) in RULES {
        for mut browser in [app.browser(), neighbour.clone()] {
            let answer = browser.act(name, arguments(&token)).await;
            assert_eq!(answer.refusal(), (403, "other-device".to_owned()), "{name}");
        }
    }
    assert!(app.asked().is_empty());
    assert_eq!(app.rows(&inquiry).await, before);
}

#[tokio::test]
async fn a_link_that_was_never_opened_answers_as_its_rule_says() {
    let app = App::start().await;
    for (name, caller) in RULES {
        let (token, _) = app.link_to(Status::Pending).await;
        let answer = app.browser().act(name, arguments(&token)).await;
        match caller {
            Caller::Admitted => assert_eq!(answer.status, 200, "{name}"),
            Caller::ItsDevice => {
                assert_eq!(answer.refusal(), (403, "other-device".to_owned()), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_read_is_refused_without_an_echo() {
    let app = App::start().await;
    for (name, _) in RULES {
        for arguments in [json!({}), json!([]), json!(null), json!({ "link": 7 })] {
            let answer = app.browser().act(name, arguments).await;
            assert_eq!(answer.refusal(), (400, "bad-request".to_owned()), "{name}");
        }
        let mut browser = app.browser();
        let request = browser
            .request(Method::POST, &format!("/api/{name}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from("{\"link\": <echo>"));
        let answer = browser.send(request.unwrap()).await;
        assert_eq!(answer.refusal(), (400, "bad-request".to_owned()), "{name}");
        assert!(!answer.body.contains("echo"));
    }
}
