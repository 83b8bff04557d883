//! What others got wrong about sessions: mistakes 6 to 8, and 15.

use std::time::Duration;

use axum::{Json, Router, http::StatusCode, routing::post};
use leftoff::model::role::Role;
use persona::{Client, IdempotencyKey, InquiryId, Shape};
use serde_json::json;
use simulator::{Fault, FaultKind, Seed, Status};
use tokio::net::TcpListener;

use crate::support::{API_KEY, App};

/// A Persona that puts the token where it does not belong.
async fn misplaced_token() -> Client {
    let body = json!({ "data": { "type": "inquiry", "id": "inq_7",
        "attributes": { "status": "pending", "session-token": "misplaced", "sessionToken": "misplaced" } },
        "session-token": "misplaced", "meta": {} });
    let router = Router::new().fallback(post(async move || (StatusCode::OK, Json(body.clone()))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let builder = Client::builder(API_KEY.into()).api_url(url.parse().unwrap());
    builder.max_retries(0).build().unwrap()
}

/// 6. The token read from the wrong place.
#[tokio::test]
async fn the_session_token_comes_from_meta_and_its_absence_is_an_error() {
    let client = misplaced_token().await;
    let id = InquiryId::parse("inq_7").unwrap();
    let resumed = client
        .resume_inquiry(&id, &IdempotencyKey::new("a"), &Shape::state())
        .await;
    let missing = resumed.map(drop).unwrap_err();
    assert!(
        matches!(missing, persona::Error::MissingSessionToken { .. }),
        "{missing}"
    );

    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    app.persona
        .inject(Fault::new(FaultKind::MissingToken).times(1));
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (503, "persona-unavailable".to_owned()));
    let given = browser.resume(&token).await.session_token().unwrap();
    assert_eq!(
        given.split('.').count(),
        3,
        "a token, not a word such as undefined"
    );
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

/// 7. A one-time link for an expired inquiry.
#[tokio::test]
async fn an_expired_inquiry_is_resumed_before_a_one_time_link_is_asked_for() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let answer = app.browser().submit(&format!("/r/{token}"), "").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let asked = app.asked();
    let place = |call: &str| asked.iter().position(|asked| asked == call).expect(call);
    assert!(
        place("POST resume") < place("POST generate-one-time-link"),
        "{asked:?}"
    );
    let seen = app.persona.requests();
    assert!(seen.iter().all(|seen| seen.status == Some(200)), "{seen:?}");
    let ledger = app.ledger(&inquiry).await;
    for event in ["resumed", "one-time-link-opened"] {
        assert!(ledger.iter().any(|known| known == event), "{ledger:?}");
    }
}

/// 8. Returning users sent without a token.
#[tokio::test]
async fn whoever_returns_to_a_check_that_was_begun_gets_a_token() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Created).await;
    let mut browser = app.browser();
    assert_eq!(
        browser.resume(&token).await.session_token(),
        None,
        "opens by its ID"
    );
    app.persona.set_status(&inquiry, Status::Pending).unwrap();
    assert!(
        browser.resume(&token).await.session_token().is_some(),
        "it was begun"
    );
    app.advance(Duration::from_hours(25));
    assert_eq!(
        app.persona.inquiry(&inquiry).unwrap().status,
        Status::Expired
    );
    assert!(
        browser.resume(&token).await.session_token().is_some(),
        "it expired"
    );
}

/// 15. No look at the session cap, none at the template's version.
#[tokio::test]
async fn the_session_cap_and_a_changed_template_are_seen() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    for _ in 0..30 {
        assert!(browser.resume(&token).await.session_token().is_some());
    }
    let sessions = app.persona.inquiry(&inquiry).unwrap().sessions.len();
    assert_eq!(sessions, 1, "thirty presses cost one of 25 sessions");

    let full = app.persona.create_inquiry(&Seed {
        status: Status::Pending,
        ended_sessions: 25,
        ..Seed::default()
    });
    let token = app.link(&full).await;
    let refused = app.browser().resume(&token).await;
    assert_eq!(refused.refusal(), (409, "not-resumable".to_owned()));
    assert_eq!(app.ledger(&full).await, ["link-created", "resume-refused"]);

    let template = app
        .state
        .store
        .inquiry(&inquiry)
        .await
        .unwrap()
        .unwrap()
        .template_id
        .unwrap();
    let mut staff = app.staff(Role::Operator).await;
    let _ = app.persona.publish_new_template_version(&template);
    let page = format!("/ops/inquiries/{inquiry}");
    let refreshed = staff.submit(&format!("{page}/refresh"), "").await;
    assert_eq!(refreshed.status, 303);
    let page = staff.get(&page).await;
    assert!(
        page.body.contains("The template was published anew"),
        "{}",
        page.body
    );
}
