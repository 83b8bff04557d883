//! Every endpoint's answers against rules taken from Persona's `OpenAPI`: `rules.json` holds the objects, the table below the
//! success status, the envelope and the documented errors of each path.

mod endpoints;

use jsonschema::Validator;
use serde_json::{Value, json};
use simulator::{DEFAULT_TEMPLATE, Status};

use crate::persona::{Answer, Persona, send};
use endpoints::{
    Endpoint,
    Shape::{self, Bare, One, Page, WithMeta},
    WRITE, inquiry_endpoints, other_endpoints, production_endpoints,
};

/// The schema of an answer, or of a plain object for `$defs` names such as `error`.
fn schema(shape: &Shape) -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let list = |name| json!({ "type": "array", "items": of(name), "minItems": 1 });
    match shape {
        One(kind) => json!({ "data": of(kind) }),
        WithMeta(kind, meta) => json!({ "data": of(kind), "meta": of(meta) }),
        Page(kind) => json!({ "data": list(kind), "links": of("links") }),
        Bare(kind) => json!({ "data": list(kind) }),
    }
}

fn validator(mut schema: Value) -> Validator {
    let rules: Value = serde_json::from_str(include_str!("rules.json")).unwrap();
    schema["$defs"] = rules["$defs"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

fn closed(properties: &Value) -> Value {
    let required: Vec<_> = properties.as_object().unwrap().keys().cloned().collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn check(what: &str, validator: &Validator, answer: &Answer) {
    let json = answer.json();
    let wrong: Vec<_> = validator
        .iter_errors(&json)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{what}: {wrong:#?}");
}

/// The objects that the placeholders stand for.
struct Seeded(Vec<(&'static str, String)>);

impl Seeded {
    async fn plant(persona: &Persona) -> Self {
        let pending = persona.seed(Status::Pending);
        let session = persona
            .post(
                "inquiry-sessions",
                json!({ "data": { "attributes": { "inquiry-id": pending } } }),
            )
            .await;
        let attributes =
            json!({ "name": "x", "url": "http://localhost:9/", "enabled-events": ["*"] });
        let webhook = persona
            .post("webhooks", json!({ "data": { "attributes": attributes } }))
            .await;
        let id = |answer: &Answer, pointer| answer.at(pointer).as_str().unwrap().to_owned();
        Self(vec![
            ("{created}", persona.seed(Status::Created)),
            ("{expired}", persona.seed(Status::Expired)),
            ("{done}", persona.seed(Status::Approved)),
            ("{session}", id(&session, "/data/id")),
            ("{webhook}", id(&webhook, "/data/id")),
            ("{event}", id(&persona.get("events").await, "/data/0/id")),
            ("{template}", DEFAULT_TEMPLATE.to_owned()),
            ("{pending}", pending),
        ])
    }

    fn fill(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
    }
}

fn unknown(path: &str) -> String {
    path.split('/')
        .map(|part| {
            if part.starts_with('{') {
                "unknown"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn call(persona: &Persona, endpoint: &Endpoint, path: &str, seeded: &Seeded) -> Answer {
    let request = persona.request(endpoint.method.clone(), path);
    send(if endpoint.body.is_null() {
        request
    } else {
        request
            .header("Content-Type", "application/json")
            .body(seeded.fill(&endpoint.body.to_string()))
    })
    .await
}

async fn check_all(persona: &Persona, endpoints: &[Endpoint]) {
    let seeded = Seeded::plant(persona).await;
    for endpoint in endpoints {
        let what = format!("{} {}", endpoint.method, endpoint.path);
        let answer = call(persona, endpoint, &seeded.fill(endpoint.path), &seeded).await;
        assert_eq!(answer.status, endpoint.success, "{what}: {}", answer.text);
        check(&what, &validator(closed(&schema(&endpoint.shape))), &answer);
        for header in [
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "Request-Id",
            "Persona-Environment-Id",
        ] {
            assert!(!answer.header(header).is_empty(), "{what}: {header}");
        }
        check_errors(persona, endpoint, &seeded, &what).await;
    }
}

async fn check_errors(persona: &Persona, endpoint: &Endpoint, seeded: &Seeded, what: &str) {
    let error = validator(json!({ "$ref": "#/$defs/error" }));
    let path = seeded.fill(endpoint.path);
    let url = format!("{}/{path}", persona.simulator.api_url());
    let unauthorized = send(persona.http.request(endpoint.method.clone(), url)).await;
    assert_eq!(unauthorized.status, 401, "{what}");
    check(
        what,
        &validator(json!({ "$ref": "#/$defs/title-only-error" })),
        &unauthorized,
    );

    let bad = send(
        persona
            .request(endpoint.method.clone(), &path)
            .header("Persona-Version", "1999-01-01"),
    )
    .await;
    assert_eq!(bad.status, 400, "{what}");
    check(what, &error, &bad);

    if endpoint.path.contains("/{") {
        let missing = call(persona, endpoint, &unknown(endpoint.path), seeded).await;
        assert_eq!(missing.status, 404, "{what}");
        assert!(endpoint.errors.contains(&404), "{what}");
        check(what, &error, &missing);
    }
}

#[tokio::test]
async fn inquiries_answer_as_the_specification_says() {
    check_all(&Persona::start().await, &inquiry_endpoints()).await;
}

#[tokio::test]
async fn sessions_events_limits_and_webhooks_answer_as_the_specification_says() {
    check_all(&Persona::start().await, &other_endpoints()).await;
}

#[tokio::test]
async fn templates_answer_as_the_specification_says() {
    check_all(&Persona::start_production().await, &production_endpoints()).await;
}

#[tokio::test]
async fn an_inquiry_has_its_documented_form_in_every_status() {
    let persona = Persona::start().await;
    let inquiry = validator(closed(&schema(&One("inquiry"))));
    for status in Status::ALL {
        let id = persona.seed(status);
        check(
            status.as_str(),
            &inquiry,
            &persona.get(&format!("inquiries/{id}")).await,
        );
        persona.control.redact(&id).unwrap();
        check(
            status.as_str(),
            &inquiry,
            &persona.get(&format!("inquiries/{id}")).await,
        );
    }
}

#[tokio::test]
async fn refused_moves_answer_with_documented_statuses_and_the_error_object() {
    let persona = Persona::start().await;
    let error = validator(json!({ "$ref": "#/$defs/error" }));
    for status in Status::ALL {
        for action in [
            "resume",
            "generate-one-time-link",
            "expire",
            "mark-for-review",
            "approve",
            "decline",
        ] {
            let id = persona.seed(status);
            let answer = persona
                .post(&format!("inquiries/{id}/{action}"), json!({}))
                .await;
            assert!(
                answer.status == 200 || WRITE.contains(&answer.status),
                "{status:?} {action}"
            );
            if answer.status != 200 {
                check(action, &error, &answer);
            }
        }
    }
}
