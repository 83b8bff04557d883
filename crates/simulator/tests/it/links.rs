//! One-time links.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use simulator::{Seed, Status};

use crate::persona::{Persona, send};

async fn link(persona: &Persona, inquiry: &str) -> String {
    let answer = persona
        .post(
            &format!("inquiries/{inquiry}/generate-one-time-link"),
            json!({}),
        )
        .await;
    answer
        .at("/meta/one-time-link")
        .as_str()
        .unwrap()
        .to_owned()
}

async fn open(persona: &Persona, link: &str) -> u16 {
    send(persona.http.get(link)).await.status
}

#[tokio::test]
async fn an_unused_link_is_handed_out_again_and_a_used_one_is_not() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let first = link(&persona, &inquiry).await;
    assert!(
        first.starts_with(&format!("{}verify?code=", persona.simulator.url())),
        "{first}"
    );
    assert_eq!(link(&persona, &inquiry).await, first);
    assert_eq!(open(&persona, &first).await, 200);
    assert_ne!(link(&persona, &inquiry).await, first);
}

#[tokio::test]
async fn a_link_works_for_five_minutes_after_its_first_use() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let link = link(&persona, &inquiry).await;
    let head = send(persona.http.request(Method::HEAD, &link)).await;
    assert_eq!(head.status, 200, "a HEAD request uses nothing up");
    persona.control.advance(Duration::from_mins(10));
    assert_eq!(open(&persona, &link).await, 200);
    persona.control.advance(Duration::from_mins(5));
    assert_eq!(open(&persona, &link).await, 200);
    persona.control.advance(Duration::from_secs(1));
    assert_eq!(open(&persona, &link).await, 410);
}

#[tokio::test]
async fn a_link_ends_at_the_time_that_was_asked_for() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let body = json!({ "meta": { "expires-in-seconds": 60 } });
    let answer = persona
        .post(&format!("inquiries/{inquiry}/generate-one-time-link"), body)
        .await;
    persona.control.advance(Duration::from_mins(1));
    assert_eq!(
        open(&persona, answer.at("/meta/one-time-link").as_str().unwrap()).await,
        410
    );
    assert_eq!(
        open(
            &persona,
            answer.at("/meta/one-time-link-short").as_str().unwrap()
        )
        .await,
        410
    );
}

#[tokio::test]
async fn an_expired_inquiry_takes_its_links_along_for_good() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let link = link(&persona, &inquiry).await;
    persona
        .control
        .set_status(&inquiry, Status::Expired)
        .unwrap();
    persona.resume(&inquiry).await;
    assert_eq!(open(&persona, &link).await, 410);
}

#[tokio::test]
async fn what_can_not_be_entered_gets_no_link() {
    let persona = Persona::start().await;
    for status in Status::ALL {
        let inquiry = persona.seed(status);
        let answer = persona
            .post(
                &format!("inquiries/{inquiry}/generate-one-time-link"),
                json!({}),
            )
            .await;
        let open = matches!(status, Status::Created | Status::Pending);
        assert_eq!(answer.status, if open { 200 } else { 409 }, "{status:?}");
    }
    let redacted = persona.control.create_inquiry(&Seed {
        redacted: true,
        ..Seed::default()
    });
    assert_eq!(
        persona
            .post(
                &format!("inquiries/{redacted}/generate-one-time-link"),
                json!({})
            )
            .await
            .status,
        409
    );
}

#[tokio::test]
async fn a_session_gets_its_own_link() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    persona.resume(&inquiry).await;
    let session = persona.control.inquiry(&inquiry).unwrap().sessions[0]
        .id
        .clone();
    let path = format!("inquiry-sessions/{session}/generate-one-time-link");
    let answer = persona.post(&path, json!({})).await;
    assert_eq!(
        open(&persona, answer.at("/meta/one-time-link").as_str().unwrap()).await,
        200
    );
    assert_eq!(
        persona.control.inquiry(&inquiry).unwrap().sessions[0].status,
        "active"
    );
    persona
        .post(&format!("inquiry-sessions/{session}/expire"), json!({}))
        .await;
    assert_eq!(persona.post(&path, json!({})).await.status, 409);
}

#[tokio::test]
async fn a_code_that_nobody_made_is_not_found() {
    let persona = Persona::start().await;
    assert_eq!(
        send(persona.page(Method::GET, "/verify?code=sim1-nothing"))
            .await
            .status,
        404
    );
}
