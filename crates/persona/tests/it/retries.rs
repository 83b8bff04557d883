//! Which failures are sent again, with what, and for how long.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{Reply, Server, inquiry};
use persona::{Client, Error, IdempotencyKey, InquiryId, InquiryPatch, PageRequest, Search, Shape};
use serde_json::json;

fn id() -> InquiryId {
    InquiryId::parse("inq_1").unwrap()
}

fn good() -> Reply {
    let meta = json!({ "session-token": "t" });
    Reply::json(200, &json!({ "data": inquiry(), "meta": meta }))
}

fn limited(reset: &str) -> Reply {
    let body = json!({ "errors": [{ "title": "Rate limit exceeded" }] });
    Reply::with_headers(429, &[("RateLimit-Reset", reset)], &body)
}

async fn resume(client: &Client) -> Result<persona::Resumed, Error> {
    client
        .resume_inquiry(&id(), &IdempotencyKey::new("click-1"), &Shape::default())
        .await
}

#[tokio::test]
async fn a_read_is_sent_again_after_any_passing_failure() {
    for failure in [
        Reply::Drop,
        Reply::error(503, "Down", ""),
        limited("0"),
        Reply::cut(),
    ] {
        let server = Server::start(vec![failure, good()]).await;
        server
            .client()
            .retrieve_inquiry(&id(), &Shape::default())
            .await
            .unwrap();
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_read_is_sent_again_after_silence() {
    let server = Server::start(vec![Reply::Hang, good()]).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(400))
        .build()
        .unwrap();
    client
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_search_counts_as_a_read() {
    let list = Reply::json(
        200,
        &json!({ "data": [], "links": { "prev": null, "next": null } }),
    );
    let server = Server::start(vec![Reply::error(500, "Down", ""), list]).await;
    server
        .client()
        .search_inquiries(&Search::default(), &PageRequest::default())
        .await
        .unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_read_gives_up_after_the_retries_and_keeps_the_last_failure() {
    let down = || Reply::error(500, "Down", "");
    let server = Server::start(vec![down(), down(), Reply::error(502, "Down", "")]).await;
    let error = server
        .client()
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap_err();
    assert_eq!((error.status(), server.seen().len()), (Some(502), 3));
}

#[tokio::test]
async fn a_refusal_is_never_sent_again() {
    for status in [400, 401, 403, 404, 409, 422] {
        let server = Server::start(vec![Reply::error(status, "No", "")]).await;
        let error = server
            .client()
            .retrieve_inquiry(&id(), &Shape::default())
            .await
            .unwrap_err();
        assert_eq!((error.status(), server.seen().len()), (Some(status), 1));
    }
}

#[tokio::test]
async fn a_resume_goes_out_again_with_the_same_key_after_a_broken_connection() {
    for failure in [Reply::Drop, limited("0"), Reply::cut()] {
        let server = Server::start(vec![failure, good()]).await;
        resume(&server.client()).await.unwrap();
        assert_eq!(server.seen().len(), 2);
        for request in server.seen() {
            assert_eq!(request.header("idempotency-key"), Some("click-1"));
        }
    }
}

#[tokio::test]
async fn a_resume_is_not_sent_again_after_a_server_error_which_persona_would_replay() {
    let server = Server::start(vec![Reply::error(500, "Down", "")]).await;
    assert!(matches!(
        resume(&server.client()).await,
        Err(Error::Server { status: 500, .. })
    ));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_resume_is_not_sent_again_while_the_first_may_still_be_at_work() {
    let server = Server::start(vec![Reply::Hang]).await;
    let client = server
        .builder()
        .timeout(Duration::from_millis(100))
        .build()
        .unwrap();
    assert!(matches!(resume(&client).await, Err(Error::Timeout)));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_change_without_a_key_is_sent_again_only_when_it_was_turned_away() {
    let patch = InquiryPatch::default();
    let server = Server::start(vec![limited("0"), good()]).await;
    server.client().update_inquiry(&id(), &patch).await.unwrap();
    assert_eq!(server.seen().len(), 2);

    for failure in [Reply::Drop, Reply::error(500, "Down", "")] {
        let server = Server::start(vec![failure]).await;
        assert!(
            server
                .client()
                .update_inquiry(&id(), &patch)
                .await
                .unwrap_err()
                .is_outage()
        );
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_for_until_it_resets() {
    let server = Server::start(vec![limited("1"), good()]).await;
    let started = Instant::now();
    resume(&server.client()).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_rate_limit_that_resets_too_late_is_told_at_once() {
    let server = Server::start(vec![limited("10"), limited("3")]).await;
    let error = resume(&server.client()).await.unwrap_err();
    let Error::RateLimited { retry_after, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*retry_after, Some(Duration::from_secs(10)));
    assert!(error.is_retryable() && !error.is_outage());

    let short = server
        .builder()
        .deadline(Duration::from_secs(2))
        .build()
        .unwrap();
    assert!(matches!(
        resume(&short).await,
        Err(Error::RateLimited { .. })
    ));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_deadline_bounds_all_attempts_together() {
    let server = Server::start(vec![Reply::Hang, Reply::Hang, Reply::Hang]).await;
    let builder = server
        .builder()
        .timeout(Duration::from_millis(200))
        .max_retries(100);
    let client = builder
        .deadline(Duration::from_millis(300))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = client
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout));
    assert!(server.seen().len() <= 2);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn the_deadline_bounds_a_single_attempt_too() {
    let server = Server::start(vec![Reply::Hang]).await;
    let builder = server.builder().timeout(Duration::from_mins(1));
    let client = builder
        .deadline(Duration::from_millis(100))
        .build()
        .unwrap();
    let started = Instant::now();
    assert!(matches!(resume(&client).await, Err(Error::Timeout)));
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn no_retry_is_made_when_none_is_allowed() {
    let server = Server::start(vec![Reply::Drop]).await;
    let client = server.builder().max_retries(0).build().unwrap();
    assert!(
        client
            .retrieve_inquiry(&id(), &Shape::default())
            .await
            .is_err()
    );
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_observer_is_told_of_each_attempt_and_of_nothing_secret() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let server = Server::start(vec![Reply::error(503, "Down", ""), limited("0"), good()]).await;
    let told = Arc::clone(&seen);
    let client = server
        .builder()
        .observe(move |attempt| {
            assert!(!format!("{attempt:?}").contains("inq_1"));
            let attempt = (attempt.operation, attempt.outcome);
            told.lock().unwrap().push(attempt);
        })
        .build()
        .unwrap();
    client
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap();
    let outcomes = ["server", "rate-limited", "ok"];
    let expected = outcomes.map(|outcome| ("retrieve_inquiry", outcome));
    assert_eq!(*seen.lock().unwrap(), expected);
}
