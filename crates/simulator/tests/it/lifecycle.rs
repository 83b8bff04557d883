//! How inquiries move: expiry, resume, sessions, decisions.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use simulator::{Seed, Status};

use crate::persona::Persona;

fn claims(token: &str) -> Value {
    serde_json::from_slice(
        &URL_SAFE_NO_PAD
            .decode(token.split('.').nth(1).unwrap())
            .unwrap(),
    )
    .unwrap()
}

#[tokio::test]
async fn an_inquiry_expires_a_day_after_its_creation_and_not_earlier() {
    let persona = Persona::start().await;
    let created = persona.seed(Status::Created);
    let pending = persona.seed(Status::Pending);
    persona.control.advance(Duration::from_secs(86_399));
    assert_eq!(persona.status(&created).await, "created");
    persona.control.advance(Duration::from_secs(1));
    assert_eq!(persona.status(&created).await, "expired");
    let answer = persona.get(&format!("inquiries/{pending}")).await;
    assert_eq!(
        answer.at("/data/attributes/expired-at"),
        "2026-03-02T12:00:00.000Z"
    );
}

#[tokio::test]
async fn resuming_an_expired_inquiry_makes_it_pending_for_another_day() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    persona.hours(30);
    let answer = persona.resume(&inquiry).await;
    assert_eq!(
        (answer.status, answer.at("/data/attributes/status")),
        (200, json!("pending"))
    );
    assert_eq!(
        answer.at("/data/attributes/expires-at"),
        "2026-03-03T18:00:00.000Z"
    );
    assert_eq!(answer.at("/data/attributes/expired-at"), json!(null));
    persona.hours(25);
    assert_eq!(persona.status(&inquiry).await, "expired");
}

#[tokio::test]
async fn resuming_a_pending_inquiry_does_not_prolong_it() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    persona.hours(23);
    let answer = persona.resume(&inquiry).await;
    assert_eq!(
        answer.at("/data/attributes/expires-at"),
        "2026-03-02T12:00:00.000Z"
    );
}

#[tokio::test]
async fn the_token_is_a_jwt_that_ends_with_its_session() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let claims = claims(&persona.token(&inquiry).await);
    let session = &persona.control.inquiry(&inquiry).unwrap().sessions[0];
    assert_eq!(claims["sub"], session.id);
    assert_eq!(
        (&claims["aud"], &claims["iss"]),
        (&json!("persona-verify"), &json!("withpersona.com"))
    );
    assert_eq!(claims["exp"], session.expires_at.as_second());
    for claim in ["iat", "nbf", "jti"] {
        assert!(!claims[claim].is_null(), "{claim}");
    }
}

#[tokio::test]
async fn a_second_resume_reuses_the_unused_session_and_a_used_one_gets_a_successor() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Expired);
    let first = persona.token(&inquiry).await;
    let second = persona.token(&inquiry).await;
    assert_eq!(claims(&first)["sub"], claims(&second)["sub"]);
    let query = [("inquiry-id", &inquiry), ("session-token", &first)];
    let opened = persona
        .page(reqwest::Method::GET, "/widget")
        .query(&query)
        .send()
        .await
        .unwrap();
    assert_eq!(opened.status(), 200);
    let third = persona.token(&inquiry).await;
    assert_ne!(claims(&first)["sub"], claims(&third)["sub"]);
    let statuses: Vec<_> = persona
        .control
        .inquiry(&inquiry)
        .unwrap()
        .sessions
        .iter()
        .map(|session| session.status)
        .collect();
    assert_eq!(statuses, ["active", "new"]);
}

#[tokio::test]
async fn what_is_neither_pending_nor_expired_is_a_conflict() {
    let persona = Persona::start().await;
    for status in Status::ALL {
        let inquiry = persona.seed(status);
        let answer = persona.resume(&inquiry).await;
        let resumable = matches!(status, Status::Pending | Status::Expired);
        assert_eq!(
            answer.status,
            if resumable { 200 } else { 409 },
            "{status:?}"
        );
        if !resumable {
            assert_eq!(answer.at("/errors/0/title"), "Conflict");
            assert_eq!(persona.status(&inquiry).await, status.as_str());
        }
    }
}

#[tokio::test]
async fn the_twenty_sixth_session_is_refused_and_the_inquiry_stays_as_it_was() {
    let persona = Persona::start().await;
    let seed = Seed {
        status: Status::Expired,
        ended_sessions: 24,
        ..Seed::default()
    };
    let inquiry = persona.control.create_inquiry(&seed);
    assert_eq!(persona.resume(&inquiry).await.status, 200);
    persona
        .control
        .set_status(&inquiry, Status::Expired)
        .unwrap();
    let refused = persona.resume(&inquiry).await;
    assert_eq!(
        (refused.status, refused.at("/errors/0/title")),
        (409, json!("Conflict"))
    );
    assert_eq!(persona.status(&inquiry).await, "expired");
}

#[tokio::test]
async fn sessions_are_made_listed_read_and_ended() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let body = json!({ "data": { "attributes": { "inquiry-id": inquiry } } });
    let made = persona.post("inquiry-sessions", body.clone()).await;
    assert_eq!((made.status, made.at("/meta")), (201, json!(null)));
    let id = made.at("/data/id").as_str().unwrap().to_owned();
    persona.post("inquiry-sessions", body).await;
    let listed = persona
        .get(&format!(
            "inquiry-sessions?filter%5Binquiry-id%5D={inquiry}"
        ))
        .await;
    assert_eq!(listed.at("/data").as_array().unwrap().len(), 2);
    let ended = persona
        .post(&format!("inquiry-sessions/{id}/expire"), json!({}))
        .await;
    assert_eq!(ended.at("/data/attributes/status"), "expired");
    let all = persona
        .post(
            "inquiry-sessions/expire-all",
            json!({ "meta": { "inquiry-ids": [inquiry] } }),
        )
        .await;
    assert_eq!(
        (all.status, all.at("/data").as_array().unwrap().len()),
        (200, 1)
    );
    let read = persona
        .get(&format!("inquiry-sessions/{id}?include=inquiry"))
        .await;
    assert_eq!(read.at("/included/0/id"), inquiry);
}

#[tokio::test]
async fn an_old_session_ends_at_its_own_time_although_the_inquiry_was_resumed() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let old = persona.token(&inquiry).await;
    persona.hours(24);
    persona.token(&inquiry).await;
    let answer = persona
        .page(reqwest::Method::GET, "/widget")
        .query(&[("inquiry-id", &inquiry), ("session-token", &old)])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 409);
}

#[tokio::test]
async fn decisions_end_the_flow_and_a_decided_inquiry_is_not_marked_for_review() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let body = json!({ "meta": { "comment": "Looks right" } });
    let approved = persona
        .post(&format!("inquiries/{inquiry}/approve"), body)
        .await;
    assert_eq!(approved.at("/data/attributes/status"), "approved");
    assert_eq!(
        approved.at("/data/attributes/reviewer-comment"),
        "Looks right"
    );
    assert_eq!(
        approved.at("/data/relationships/reviewer/data/type"),
        "workflow-run"
    );
    let review = persona
        .post(&format!("inquiries/{inquiry}/mark-for-review"), json!({}))
        .await;
    assert_eq!(review.status, 409);
    let declined = persona
        .post(&format!("inquiries/{inquiry}/decline"), json!({}))
        .await;
    assert_eq!(declined.at("/data/attributes/status"), "declined");
}

#[tokio::test]
async fn expire_ends_sessions_and_leaves_a_resumable_inquiry() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    persona.token(&inquiry).await;
    let path = format!("inquiries/{inquiry}/expire");
    assert_eq!(
        persona
            .post(&path, json!({}))
            .await
            .at("/data/attributes/status"),
        "expired"
    );
    assert_eq!(
        persona.control.inquiry(&inquiry).unwrap().sessions[0].status,
        "expired"
    );
    assert_eq!(persona.resume(&inquiry).await.status, 200);
    persona
        .control
        .set_status(&inquiry, Status::Completed)
        .unwrap();
    assert_eq!(persona.post(&path, json!({})).await.status, 409);
}

#[tokio::test]
async fn simulate_actions_run_one_after_the_other_in_a_sandbox_alone() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let body = json!({ "meta": { "simulate-actions": [{ "type": "start_inquiry" }, { "type": "expire_inquiry" }] } });
    let answer = persona
        .post(
            &format!("inquiries/{inquiry}/perform-simulate-actions"),
            body.clone(),
        )
        .await;
    assert_eq!(answer.at("/data/attributes/status"), "expired");
    assert!(answer.at("/data/attributes/started-at").is_string());
    assert_eq!(persona.resume(&inquiry).await.status, 200);

    let production = Persona::start_production().await;
    let inquiry = production.seed(Status::Created);
    let answer = production
        .post(
            &format!("inquiries/{inquiry}/perform-simulate-actions"),
            body,
        )
        .await;
    assert_eq!(answer.status, 403);
}
