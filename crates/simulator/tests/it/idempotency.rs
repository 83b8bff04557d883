//! Replays by `Idempotency-Key`.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Fault, FaultKind, Options, Status};

use crate::persona::{Answer, Persona, send};

async fn resume(persona: &Persona, inquiry: &str, key: &str, body: &Value) -> Answer {
    let request = persona.request(Method::POST, &format!("inquiries/{inquiry}/resume"));
    send(request.header("Idempotency-Key", key).json(body)).await
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_with_its_old_token_for_a_day() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let first = resume(&persona, &inquiry, "one", &json!({})).await;
    let replay = resume(&persona, &inquiry, "one", &json!({})).await;
    assert_eq!(first.text, replay.text);
    assert_ne!(first.header("Request-Id"), replay.header("Request-Id"));
    let other = resume(&persona, &inquiry, "two", &json!({})).await;
    assert_ne!(
        first.at("/meta/session-token"),
        other.at("/meta/session-token")
    );
    persona.hours(24);
    let later = resume(&persona, &inquiry, "one", &json!({})).await;
    assert_ne!(first.text, later.text);
}

#[tokio::test]
async fn the_same_key_with_other_parameters_is_an_error() {
    let persona = Persona::start().await;
    let (inquiry, other) = (persona.seed(Status::Expired), persona.seed(Status::Expired));
    resume(&persona, &inquiry, "one", &json!({})).await;
    assert_eq!(
        resume(&persona, &other, "one", &json!({})).await.status,
        400
    );
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({ "meta": {} }))
            .await
            .status,
        400
    );
    assert_eq!(persona.status(&other).await, "expired");
}

#[tokio::test]
async fn refusals_and_failures_are_replayed_too() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Completed);
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        409
    );
    persona
        .control
        .set_status(&inquiry, Status::Expired)
        .unwrap();
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        409
    );
    assert_eq!(
        resume(&persona, &inquiry, "two", &json!({})).await.status,
        200
    );

    let failure = FaultKind::Status {
        code: 500,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    persona.control.inject(Fault::new(failure).times(1));
    assert_eq!(
        resume(&persona, &inquiry, "three", &json!({})).await.status,
        500
    );
    assert_eq!(
        resume(&persona, &inquiry, "three", &json!({})).await.status,
        500
    );
}

#[tokio::test]
async fn what_comes_before_the_application_is_not_stored() {
    let persona = Persona::start_with(Options {
        rate_limit_per_minute: 1,
        ..Options::default()
    })
    .await;
    let inquiry = persona.seed(Status::Expired);
    persona.get("inquiries").await;
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        429
    );
    persona.control.advance(std::time::Duration::from_mins(1));
    let gateway = FaultKind::Status {
        code: 503,
        headers: std::collections::BTreeMap::new(),
        html: false,
    };
    persona.control.inject(Fault::new(gateway).times(1));
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        503
    );
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        200
    );
}

#[tokio::test]
async fn an_answer_that_was_lost_on_the_way_is_there_for_the_retry() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    persona
        .control
        .inject(Fault::new(FaultKind::DropConnection).times(1));
    let request = persona.request(Method::POST, &format!("inquiries/{inquiry}/resume"));
    let lost = request
        .header("Idempotency-Key", "one")
        .json(&json!({}))
        .send()
        .await;
    assert!(lost.is_err());
    assert_eq!(
        resume(&persona, &inquiry, "one", &json!({})).await.status,
        200
    );
    assert_eq!(persona.control.inquiry(&inquiry).unwrap().sessions.len(), 1);
}
