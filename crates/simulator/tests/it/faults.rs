//! Faults on request.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use simulator::{Fault, FaultKind, Status};

use crate::persona::{Persona, send};

#[tokio::test]
async fn a_fault_strikes_only_what_it_matches_and_only_as_often_as_it_may() {
    let persona = Persona::start().await;
    let (inquiry, other) = (persona.seed(Status::Expired), persona.seed(Status::Expired));
    let fault = Fault::new(FaultKind::RateLimited { reset_seconds: 9 });
    persona.control.inject(
        fault
            .method("post")
            .path("/resume")
            .inquiry(&inquiry)
            .times(2),
    );
    assert_eq!(persona.resume(&other).await.status, 200);
    assert_eq!(
        persona.get(&format!("inquiries/{inquiry}")).await.status,
        200
    );
    for _ in 0..2 {
        let refused = persona.resume(&inquiry).await;
        assert_eq!(
            (refused.status, refused.header("RateLimit-Reset")),
            (429, "9")
        );
    }
    assert_eq!(persona.resume(&inquiry).await.status, 200);
    assert!(persona.control.faults().is_empty());
}

#[tokio::test]
async fn damaged_answers_belong_to_requests_that_were_done() {
    let persona = Persona::start().await;
    for kind in [
        FaultKind::BrokenJson,
        FaultKind::WrongContentType,
        FaultKind::MissingToken,
    ] {
        let inquiry = persona.seed(Status::Expired);
        persona.control.inject(Fault::new(kind.clone()).times(1));
        let answer = persona.resume(&inquiry).await;
        assert_eq!(answer.status, 200, "{kind:?}");
        assert_eq!(persona.status(&inquiry).await, "pending", "{kind:?}");
        match kind {
            FaultKind::BrokenJson => {
                assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err());
            }
            FaultKind::WrongContentType => assert_eq!(answer.header("Content-Type"), "text/html"),
            _ => assert_eq!(answer.at("/meta"), json!({})),
        }
    }
}

#[tokio::test]
async fn a_cut_body_announces_more_than_it_has() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    persona
        .control
        .inject(Fault::new(FaultKind::TruncatedBody).times(1));
    let path = format!("inquiries/{inquiry}/resume");
    let response = persona.request(Method::POST, &path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 0);
    assert!(response.text().await.is_err());
}

#[tokio::test]
async fn novelties_appear_where_clients_must_bear_them() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let path = format!("inquiries/{inquiry}");
    persona
        .control
        .inject(Fault::new(FaultKind::UnknownStatus).times(1));
    assert_eq!(
        persona.get(&path).await.at("/data/attributes/status"),
        "under_observation"
    );
    persona
        .control
        .inject(Fault::new(FaultKind::UnknownFields).times(1));
    let answer = persona.get(&path).await;
    assert!(answer.at("/data/attributes/novelty").is_object() && answer.at("/novelty").is_object());
    persona
        .control
        .inject(Fault::new(FaultKind::HugeBody).times(1));
    assert!(persona.get(&path).await.text.len() > 16 << 20);
}

#[tokio::test]
async fn a_slow_answer_comes_and_a_hung_one_does_not() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    persona
        .control
        .inject(Fault::new(FaultKind::Delay { ms: 120 }).times(1));
    let begun = Instant::now();
    assert_eq!(persona.get("inquiries").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(120));
    persona.control.inject(Fault::new(FaultKind::Hang).times(1));
    let request = persona.request(Method::POST, &format!("inquiries/{inquiry}/resume"));
    assert!(
        request
            .timeout(Duration::from_millis(150))
            .send()
            .await
            .unwrap_err()
            .is_timeout()
    );
    assert_eq!(
        persona.status(&inquiry).await,
        "expired",
        "nothing was done"
    );
    let seen = persona.control.requests();
    assert!(
        seen.iter()
            .any(|request| request.path.ends_with("/resume") && request.status.is_none())
    );
}

#[tokio::test]
async fn a_gateway_page_is_html_and_carries_its_headers() {
    let persona = Persona::start().await;
    let headers = [("Retry-After".to_owned(), "30".to_owned())].into();
    persona.control.inject(Fault::new(FaultKind::Status {
        code: 502,
        headers,
        html: true,
    }));
    let answer = persona.get("inquiries").await;
    assert_eq!((answer.status, answer.header("Retry-After")), (502, "30"));
    assert!(answer.text.starts_with("<!doctype html>"));
    let widget = send(persona.page(Method::GET, "/widget")).await;
    assert_eq!(widget.status, 502, "the flow breaks too");
    persona.control.clear_faults();
    assert_eq!(persona.get("inquiries").await.status, 200);
}
