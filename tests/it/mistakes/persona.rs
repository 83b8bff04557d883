//! How others asked Persona: mistakes 9, 11 and 12.

use std::time::Duration;

use leftoff::{budget::Budget, inquiries::Phase};
use persona::{Client, IdempotencyKey, InquiryId, InquiryStatus, Shape};
use simulator::{Fault, FaultKind, Status};

use crate::support::{API_KEY, App};

/// 9. `completed` taken for `approved`.
#[tokio::test]
async fn completed_is_not_approved() {
    let phase = |status| Phase::of(&status, false);
    assert_ne!(
        phase(InquiryStatus::Completed),
        phase(InquiryStatus::Approved)
    );
    assert!(phase(InquiryStatus::Completed).is_waiting());
    let app = App::start().await;
    let mut headings = Vec::new();
    for status in [
        Status::Completed,
        Status::Approved,
        Status::Declined,
        Status::NeedsReview,
    ] {
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        app.persona.set_status(&inquiry, status).unwrap();
        browser.report_completion(&token).await;
        let receipt = app.receipt(&inquiry).await.unwrap();
        assert_eq!(
            receipt.status,
            app.state
                .store
                .inquiry(&inquiry)
                .await
                .unwrap()
                .unwrap()
                .status
        );
        let page = browser.get(&format!("/r/{token}")).await;
        headings.push(page.page().1.to_owned());
    }
    assert_eq!(headings[1], "You are verified");
    assert!(
        !headings[0].contains("verified") && headings[0] != headings[1],
        "{headings:?}"
    );
    assert!(
        headings
            .iter()
            .filter(|heading| **heading == headings[1])
            .count()
            == 1
    );
}

/// 11. No idempotency key on create, resume or link.
#[tokio::test]
async fn every_act_at_persona_has_a_key_of_its_own_that_a_retry_uses_again() {
    let app = App::start().await;
    for status in [Status::Pending, Status::Expired] {
        let (token, _) = app.link_to(status).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        browser.submit(&format!("/r/{token}"), "").await;
        let posts: Vec<_> = app
            .persona
            .requests()
            .into_iter()
            .filter(|seen| seen.method == "POST")
            .collect();
        assert!(posts.len() >= 2, "{posts:?}");
        let mut keys: Vec<_> = posts
            .iter()
            .map(|seen| seen.idempotency_key.clone().expect(&seen.path))
            .collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), posts.len(), "each act has its own");
        assert!(keys.iter().all(|key| key.len() >= 32));
    }
    let client = Client::builder(API_KEY.into()).api_url(app.simulator.api_url());
    let client = client
        .retry_delay(Duration::from_millis(1))
        .build()
        .unwrap();
    let id = InquiryId::parse(app.inquiry(Status::Expired)).unwrap();
    app.persona.clear_requests();
    app.persona.inject(
        Fault::new(FaultKind::DropConnection)
            .path("/resume")
            .times(1),
    );
    let key = IdempotencyKey::new("the-act");
    client
        .resume_inquiry(&id, &key, &Shape::state())
        .await
        .unwrap();
    let keys: Vec<_> = app
        .persona
        .requests()
        .into_iter()
        .map(|seen| seen.idempotency_key)
        .collect();
    assert_eq!(
        keys,
        [Some("the-act".to_owned()), Some("the-act".to_owned())]
    );
    assert_eq!(app.persona.inquiry(id.as_str()).unwrap().sessions.len(), 1);
}

/// 12. No handling of 429.
#[tokio::test]
async fn the_rate_limit_is_heeded_and_its_wait_is_passed_on() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Expired).await;
    let limited = FaultKind::RateLimited { reset_seconds: 42 };
    app.persona.inject(Fault::new(limited).path("/resume"));
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "42");
    assert_eq!(app.asked(), ["POST resume"], "nobody hammers at it");

    let client = Client::builder(API_KEY.into())
        .api_url(app.simulator.api_url())
        .build()
        .unwrap();
    let budget = Budget::new(client.clone());
    assert_eq!(budget.wait(), None);
    let id = InquiryId::parse(app.inquiry(Status::Expired)).unwrap();
    let refused = client
        .resume_inquiry(&id, &IdempotencyKey::new("a"), &Shape::state())
        .await;
    let wait = match refused.map(drop).unwrap_err() {
        persona::Error::RateLimited { retry_after, .. } => retry_after,
        other => panic!("{other}"),
    };
    assert_eq!(wait, Some(Duration::from_secs(42)));
    let rest = budget.wait().expect("work in the background rests");
    assert!(rest > Duration::from_secs(30), "{rest:?}");
}
