//! The control API over HTTP.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use simulator::{Options, Simulator, Status};

use crate::persona::{Answer, Persona, send};

async fn control(persona: &Persona, method: Method, path: &str, body: Option<Value>) -> Answer {
    let request = persona.page(method, &format!("/control{path}"));
    send(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

#[tokio::test]
async fn tests_in_any_language_can_seed_move_and_break_the_world() {
    let persona = Persona::start().await;
    let seed = json!({ "status": "pending", "fields": { "birthdate": "1990-01-31" }, "reference_id": "u", "expires_in_seconds": 60 });
    let made = control(&persona, Method::POST, "/inquiries", Some(seed)).await;
    assert_eq!(made.status, 201);
    let id = made.at("/id").as_str().unwrap().to_owned();
    let moved = control(
        &persona,
        Method::POST,
        "/clock/advance",
        Some(json!({ "seconds": 60 })),
    )
    .await;
    assert_eq!(moved.at("/now"), "2026-03-01T12:01:00Z");
    assert_eq!(
        control(&persona, Method::GET, &format!("/inquiries/{id}"), None)
            .await
            .at("/status"),
        "expired"
    );
    control(
        &persona,
        Method::POST,
        &format!("/inquiries/{id}/status"),
        Some(json!({ "status": "completed" })),
    )
    .await;
    control(
        &persona,
        Method::POST,
        &format!("/inquiries/{id}/redact"),
        None,
    )
    .await;
    let snapshot = control(&persona, Method::GET, &format!("/inquiries/{id}"), None).await;
    assert_eq!(
        (snapshot.at("/status"), snapshot.at("/redacted")),
        (json!("completed"), json!(true))
    );

    let fault = json!({ "match": { "path_contains": "/resume" }, "kind": { "status": { "code": 500 } }, "times": 1 });
    assert_eq!(
        control(&persona, Method::POST, "/faults", Some(fault))
            .await
            .status,
        204
    );
    assert_eq!(persona.resume(&id).await.status, 500);
    assert_eq!(persona.resume(&id).await.status, 409);
    assert_eq!(
        control(
            &persona,
            Method::POST,
            "/faults",
            Some(json!({ "kind": "hang" }))
        )
        .await
        .status,
        204
    );
    assert_eq!(
        control(&persona, Method::DELETE, "/faults", None)
            .await
            .status,
        204
    );
    assert_eq!(
        control(&persona, Method::GET, "/inquiries/inq_unknown", None)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn the_log_holds_what_was_asked_of_persona_without_tokens_and_not_what_was_controlled() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let request = persona.request(Method::POST, &format!("inquiries/{inquiry}/resume"));
    let token = send(request.header("Idempotency-Key", "k"))
        .await
        .at("/meta/session-token");
    let query = [
        ("inquiry-id", inquiry.as_str()),
        ("session-token", token.as_str().unwrap()),
    ];
    send(persona.page(Method::GET, "/widget").query(&query)).await;
    send(persona.page(Method::GET, "/verify?code=secret")).await;
    let log = control(&persona, Method::GET, "/requests", None).await;
    let seen: Vec<_> = log
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|seen| (seen["path"].clone(), seen["status"].clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (
                json!(format!("/api/v1/inquiries/{inquiry}/resume")),
                json!(200)
            ),
            (json!("/widget"), json!(200)),
            (json!("/verify"), json!(404)),
        ]
    );
    assert_eq!(log.at("/0/idempotency_key"), "k");
    assert!(!log.text.contains("secret") && !log.text.contains(token.as_str().unwrap()));
    control(&persona, Method::DELETE, "/requests", None).await;
    assert_eq!(
        control(&persona, Method::GET, "/requests", None)
            .await
            .json(),
        json!([])
    );
}

#[tokio::test]
async fn people_see_and_press_on_one_page() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let page = control(&persona, Method::GET, "", None).await;
    assert!(page.text.contains(&inquiry) && page.text.contains("Forward 25 hours"));
    let press = persona.page(Method::POST, "/control/page/advance");
    let pressed = send(
        press
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body("seconds=90000"),
    )
    .await;
    assert_eq!(pressed.status, 303);
    assert_eq!(persona.status(&inquiry).await, "expired");
}

#[tokio::test]
async fn other_machines_are_kept_out_unless_asked_in() {
    let addr = "0.0.0.0:0".parse().unwrap();
    assert!(
        Simulator::start(Options {
            addr,
            ..Options::default()
        })
        .await
        .is_err()
    );
    let options = Options {
        addr,
        allow_non_loopback: true,
        ..Options::default()
    };
    Simulator::start(options).await.unwrap().shutdown().await;
}

#[tokio::test]
async fn it_stops_although_a_request_hangs() {
    let persona = Persona::start().await;
    persona
        .control
        .inject(simulator::Fault::new(simulator::FaultKind::Hang));
    let hung = tokio::spawn(persona.request(Method::GET, "inquiries").send());
    while persona.control.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let addr = persona.simulator.flow_host();
    persona.simulator.shutdown().await;
    let _ = hung.await.unwrap();
    assert!(tokio::net::TcpStream::connect(addr).await.is_err());
}

#[tokio::test]
async fn the_date_of_an_answer_is_the_simulated_time() {
    let persona = Persona::start().await;
    let date = |answer: Answer| answer.header("date").to_owned();
    let asked = persona.get("rate-limits").await;
    assert_eq!(date(asked), "Sun, 01 Mar 2026 12:00:00 GMT");
    persona.control.advance(Duration::from_secs(90));
    let asked = persona.get("rate-limits").await;
    assert_eq!(date(asked), "Sun, 01 Mar 2026 12:01:30 GMT");
}
