//! What holds for every API call: key, version, key case, rate limit, headers.

use reqwest::Method;
use serde_json::json;
use simulator::{Options, Seed, Status};

use crate::persona::{Persona, send};

#[tokio::test]
async fn a_call_without_a_key_is_refused_with_a_title_alone() {
    let persona = Persona::start().await;
    let url = format!("{}/inquiries", persona.simulator.api_url());
    let answer = send(persona.http.get(&url)).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.json(),
        json!({ "errors": [{ "title": "Must be authenticated to access this endpoint" }] })
    );
    let answer = send(persona.http.get(&url).bearer_auth("persona_sandbox_other")).await;
    assert_eq!(
        answer.json(),
        json!({ "errors": [{ "title": "Token is invalid" }] })
    );
}

#[tokio::test]
async fn a_key_that_may_only_read_may_not_resume() {
    let options = Options {
        read_only_api_key: Some("persona_sandbox_reader".into()),
        ..Options::default()
    };
    let persona = Persona::start_with(options).await;
    let inquiry = persona.seed(Status::Expired);
    let resume = persona.request(Method::POST, &format!("inquiries/{inquiry}/resume"));
    let reader = "Bearer persona_sandbox_reader";
    let url = format!("{}/inquiries/{inquiry}", persona.simulator.api_url());
    assert_eq!(
        send(persona.http.get(&url).header("Authorization", reader))
            .await
            .status,
        200
    );
    let refused = send(
        persona
            .http
            .post(format!("{url}/resume"))
            .header("Authorization", reader),
    )
    .await;
    assert_eq!(
        (refused.status, refused.at("/errors/0/title")),
        (403, json!("Forbidden"))
    );
    assert_eq!(send(resume).await.status, 200);
}

#[tokio::test]
async fn every_answer_carries_its_request_id_and_authenticated_ones_the_rate_limit() {
    let persona = Persona::start().await;
    let first = persona.get("inquiries").await;
    let second = persona.get("inquiries/inq_unknown").await;
    assert!(first.header("Request-Id").starts_with("req_"));
    assert_ne!(first.header("Request-Id"), second.header("Request-Id"));
    assert_eq!(
        (
            first.header("RateLimit-Limit"),
            first.header("RateLimit-Remaining")
        ),
        ("300", "299")
    );
    assert_eq!(
        (second.status, second.header("RateLimit-Remaining")),
        (404, "298")
    );
    assert!(first.header("Persona-Environment-Id").starts_with("env_"));
    assert!(first.header("Persona-Organization-Id").starts_with("org_"));
}

#[tokio::test]
async fn the_rate_limit_closes_the_window_and_a_minute_opens_it() {
    let persona = Persona::start_with(Options {
        rate_limit_per_minute: 2,
        ..Options::default()
    })
    .await;
    persona.get("inquiries").await;
    persona.control.advance(std::time::Duration::from_secs(20));
    persona.get("inquiries").await;
    let refused = persona.get("inquiries").await;
    assert_eq!(
        (refused.status, refused.at("/errors/0/title")),
        (429, json!("Rate limit exceeded"))
    );
    assert_eq!(
        (
            refused.header("RateLimit-Remaining"),
            refused.header("RateLimit-Reset")
        ),
        ("0", "40")
    );
    persona.control.advance(std::time::Duration::from_secs(40));
    assert_eq!(persona.get("inquiries").await.status, 200);
}

#[tokio::test]
async fn only_known_versions_and_key_cases_are_understood() {
    let persona = Persona::start().await;
    for (header, value, status) in [
        ("Persona-Version", "2025-12-08", 200),
        ("Persona-Version", "2019-01-01", 400),
        ("Key-Inflection", "camel", 200),
        ("Key-Inflection", "shouting", 400),
    ] {
        let answer = send(
            persona
                .request(Method::GET, "inquiries")
                .header(header, value),
        )
        .await;
        assert_eq!(answer.status, status, "{header}: {value}");
    }
}

#[tokio::test]
async fn answers_use_the_key_case_that_was_asked_for_except_inside_fields() {
    let persona = Persona::start().await;
    let fields = json!({ "birthdate": "1990-01-31", "name-first": "Ada" })
        .as_object()
        .unwrap()
        .clone();
    let inquiry = persona.control.create_inquiry(&Seed {
        fields,
        ..Seed::default()
    });
    let get = |inflection: &str| {
        send(
            persona
                .request(Method::GET, &format!("inquiries/{inquiry}"))
                .header("Key-Inflection", inflection),
        )
    };
    let camel = get("camel").await;
    assert!(camel.at("/data/attributes/createdAt").is_string());
    assert_eq!(camel.at("/data/attributes/fields/name-first/value"), "Ada");
    let snake = get("snake").await;
    assert!(
        snake
            .at("/data/relationships/inquiry_template_version/data/id")
            .is_string()
    );
    assert_eq!(
        snake.at("/data/attributes/fields/birthdate"),
        json!({ "type": "date", "value": "1990-01-31" })
    );
}

#[tokio::test]
async fn requests_may_use_any_key_case() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let path = format!("inquiries/{inquiry}/generate-one-time-link");
    for body in [
        json!({ "meta": { "expires-in-seconds": 60 } }),
        json!({ "meta": { "expires_in_seconds": 60 } }),
        json!({ "meta": { "expiresInSeconds": 60 } }),
    ] {
        assert_eq!(persona.post(&path, body).await.status, 200);
    }
}

#[tokio::test]
async fn bodies_with_what_the_documentation_does_not_name_are_refused() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let template = simulator::DEFAULT_TEMPLATE;
    for (path, body) in [
        (
            format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({ "meta": { "expires-in": 60 } }),
        ),
        (
            format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({ "meta": { "expires-in-seconds": null } }),
        ),
        (
            format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({ "meta": { "expires-in-seconds": 0 } }),
        ),
        (
            format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({ "data": {} }),
        ),
        (
            format!("inquiries/{inquiry}/approve"),
            json!({ "meta": { "reason": "x" } }),
        ),
        (
            format!("inquiries/{inquiry}/add-tag"),
            json!({ "meta": { "name": "x" } }),
        ),
        ("inquiries".into(), json!({ "data": { "attributes": {} } })),
        (
            "inquiries".into(),
            json!({ "data": { "attributes": { "inquiry-template-id": template, "status": "x" } } }),
        ),
        (
            "inquiries".into(),
            json!({ "data": { "attributes": { "inquiry-template-id": template } }, "meta": { "x": 1 } }),
        ),
        (
            "inquiry-sessions".into(),
            json!({ "data": { "attributes": {} } }),
        ),
        ("inquiry-sessions/expire-all".into(), json!({ "meta": {} })),
        (
            "inquiries/search".into(),
            json!({ "query": { "attribute": "note", "operator": "eq", "value": "x" } }),
        ),
    ] {
        let answer = persona.post(&path, body.clone()).await;
        assert_eq!(
            (answer.status, answer.at("/errors/0/title")),
            (400, json!("Bad Request")),
            "{path} {body}"
        );
        assert!(answer.at("/errors/0/details").is_string(), "{path} {body}");
    }
}
