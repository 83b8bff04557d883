//! Resume: from the button to a session token.

use std::time::Duration;

use leftoff::secret::Secret;
use persona::InquiryId;
use simulator::{Fault, FaultKind, Seed, Status};

use crate::support::{App, BIRTHDATE};

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn an_expired_inquiry_is_resumed_with_one_request() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let answer = app.browser().resume(&token).await;
    assert!(answer.session_token().is_some());
    assert_eq!(answer.json()["inquiry-id"], inquiry);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(app.asked(), ["POST resume"]);
    let there = app.persona.inquiry(&inquiry).unwrap();
    assert_eq!(there.status, Status::Pending);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

#[tokio::test]
async fn a_created_inquiry_opens_without_a_token_and_without_a_resume() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Created).await;
    assert_eq!(app.browser().resume(&token).await.session_token(), None);
    assert_eq!(app.asked(), ["GET inquiry"]);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "opened"]);
}

#[tokio::test]
async fn an_inquiry_that_was_started_since_the_link_was_made_is_resumed() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Created).await;
    app.persona.set_status(&inquiry, Status::Pending).unwrap();
    assert!(app.browser().resume(&token).await.session_token().is_some());
}

#[tokio::test]
async fn a_second_press_of_the_same_visit_uses_the_same_session() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let first = browser.resume(&token).await.session_token();
    let second = browser.resume(&token).await.session_token();
    assert!(first.is_some());
    assert_eq!(first, second);
    assert_eq!(app.asked(), ["POST resume", "GET inquiry"]);
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(ledger, ["link-created", "resumed", "reopened"]);
}

#[tokio::test]
async fn two_tabs_at_once_share_one_session_and_one_device() {
    let app = App::start().await;
    let (other, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&other).await;
    let known = browser.cookie.clone();
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut tab = browser.clone();
    let (one, two) = tokio::join!(browser.resume(&token), tab.resume(&token));
    assert!(one.session_token().is_some());
    assert!(two.session_token().is_some());
    assert_eq!((&browser.cookie, &tab.cookie), (&known, &known));
    assert_eq!(app.persona.inquiry(&inquiry).unwrap().sessions.len(), 1);
}

#[tokio::test]
async fn two_tabs_at_once_after_an_expiry_ask_for_one_session() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    app.advance(HOUR * 25);
    app.persona.clear_requests();
    let mut tab = browser.clone();
    let (one, two) = tokio::join!(browser.resume(&token), tab.resume(&token));
    assert_eq!(one.session_token(), two.session_token());
    let resumes = app
        .asked()
        .iter()
        .filter(|what| *what == "POST resume")
        .count();
    assert_eq!(resumes, 1);
    assert_eq!(app.persona.inquiry(&inquiry).unwrap().sessions.len(), 2);
}

#[tokio::test]
async fn an_inquiry_that_expired_while_the_page_was_open_is_resumed() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let first = browser.resume(&token).await.session_token();
    app.advance(HOUR * 25);
    let second = browser.resume(&token).await.session_token();
    assert!(second.is_some());
    assert_ne!(first, second);
}

#[tokio::test]
async fn an_inquiry_that_was_finished_elsewhere_is_not_resumed() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (409, "settled".to_owned()));
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (200, "You are verified"));
}

#[tokio::test]
async fn an_inquiry_that_was_redacted_meanwhile_is_not_resumed() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.persona.redact(&inquiry).unwrap();
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (409, "settled".to_owned()));
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (410, "This verification was deleted"));
}

#[tokio::test]
async fn a_lost_session_is_replaced_by_a_fresh_one() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    assert_eq!(
        browser.report_trouble(&token, "session-lost").await.status,
        200
    );
    assert!(browser.resume(&token).await.session_token().is_some());
    assert_eq!(app.asked(), ["POST resume", "POST resume"]);
    let ledger = app.ledger(&inquiry).await;
    assert_eq!(
        ledger,
        ["link-created", "resumed", "session-lost", "resumed"]
    );
}

#[tokio::test]
async fn an_inquiry_whose_sessions_are_used_up_is_refused_and_the_link_is_not() {
    let app = App::start().await;
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Pending,
        ended_sessions: 25,
        ..Seed::default()
    });
    let token = app.link(&inquiry).await;
    let mut browser = app.browser();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (409, "not-resumable".to_owned()));
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "resume-refused"]
    );
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (200, "Continue your verification"));
    app.persona.set_status(&inquiry, Status::Created).unwrap();
    assert_eq!(browser.resume(&token).await.status, 200);
}

#[tokio::test]
async fn an_inquiry_in_a_status_that_we_do_not_know_is_resumed_because_persona_decides() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    app.persona.inject(Fault::new(FaultKind::UnknownStatus));
    let token = app.link(&inquiry).await;
    let mut browser = app.browser();
    assert!(browser.resume(&token).await.session_token().is_some());
    assert!(browser.resume(&token).await.session_token().is_some());
    app.persona.clear_faults();
    app.persona.set_status(&inquiry, Status::Declined).unwrap();
    let answer = browser.resume(&token).await;
    assert_eq!(answer.refusal(), (409, "settled".to_owned()));
}

#[tokio::test]
async fn an_inquiry_that_persona_does_not_know_any_more_is_refused() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let gone = Fault::new(FaultKind::Status {
        code: 404,
        headers: [].into(),
        html: false,
    });
    app.persona.inject(gone);
    let answer = app.browser().resume(&token).await;
    assert_eq!(answer.refusal(), (409, "not-resumable".to_owned()));
    assert_eq!(app.ledger(&inquiry).await, ["link-created"]);
}

#[tokio::test]
async fn no_secret_and_no_personal_data_reach_the_database() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    browser.resume_born(&token, "1970-12-24").await;
    let session = browser.resume_born(&token, BIRTHDATE).await.session_token();
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    let database = app.database().await;
    let hash = Secret::parse(&token).unwrap().hash();
    assert!(database.contains(&inquiry) && database.contains(&hash));
    let cookie = browser.cookie.unwrap();
    let (_, device) = cookie.split_once('=').unwrap();
    for secret in [&token, &session.unwrap(), device, BIRTHDATE, "1970-12-24"] {
        assert!(!database.contains(secret), "{secret} is in the database");
    }
}
