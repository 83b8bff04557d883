//! "Continue on your phone": a short-lived link for one other device.

use std::time::Duration;

use leftoff::secret::Secret;
use simulator::Status;

use crate::support::{App, BIRTHDATE, why};

const MINUTE: Duration = Duration::from_mins(1);

/// The token of a hand-off of the newest link to an inquiry.
async fn hand_off(app: &App, token: &str) -> String {
    let hash = Secret::parse(token).unwrap().hash();
    let parent = app.state.store.link_by_token(&hash).await.unwrap().unwrap();
    let made = app.state.links.hand_off(&parent).await.unwrap();
    made.token.expose().to_owned()
}

#[tokio::test]
async fn the_page_shows_a_code_and_binds_the_link_without_asking_persona() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let page = browser.submit(&format!("/r/{token}/phone"), "").await;
    assert_eq!(page.page(), (200, "Continue on your phone"));
    assert!(page.body.contains("<svg"), "{}", page.body);
    assert!(page.body.contains("It works for 10 minutes"));
    assert!(app.asked().is_empty());
    let child = app.newest_link(&inquiry).await;
    assert!(child.parent_id.is_some());
    assert_eq!(child.expires_at - child.created_at, 10 * 60 * 1000);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "handed-off"]);
    assert_eq!(
        app.browser().resume(&token).await.refusal().1,
        "other-device"
    );
    assert_eq!(browser.resume(&token).await.status, 200);
}

#[tokio::test]
async fn the_code_opens_on_one_phone() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut computer = app.browser();
    computer.submit(&format!("/r/{token}/phone"), "").await;
    let child = hand_off(&app, &token).await;
    let (mut phone, mut another) = (app.browser(), app.browser());
    assert!(phone.resume(&child).await.session_token().is_some());
    let answer = another.resume(&child).await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    assert_eq!(phone.report_completion(&child).await.status, 200);
    assert!(app.receipt(&inquiry).await.is_some());
    let page = computer.submit(&format!("/r/{token}/check"), "").await;
    let page = computer.get(page.redirect().1).await;
    assert_eq!(page.page(), (200, "You are done"));
}

#[tokio::test]
async fn the_code_lives_for_ten_minutes() {
    let app = App::start().await;
    let (token, _) = app.link_to(Status::Pending).await;
    let child = hand_off(&app, &token).await;
    app.advance(MINUTE * 9);
    let page = app.browser().get(&format!("/r/{child}")).await;
    assert_eq!(page.page(), (200, "Continue your verification"));
    app.advance(MINUTE);
    let answer = app.browser().resume(&child).await;
    assert_eq!(answer.refusal(), (410, "link-expired".to_owned()));
    let page = app.browser().get(&format!("/r/{child}")).await;
    assert_eq!(page.page(), (410, "This link has expired"));
    assert_eq!(app.browser().resume(&token).await.status, 200);
}

#[tokio::test]
async fn a_phone_that_took_over_goes_on_as_long_as_the_link_lives() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let child = hand_off(&app, &token).await;
    let (mut phone, mut another) = (app.browser(), app.browser());
    assert_eq!(phone.resume(&child).await.status, 200);
    let parent = app
        .state
        .links
        .list(Some(&inquiry))
        .await
        .unwrap()
        .remove(1);
    assert_eq!(
        app.newest_link(&inquiry).await.expires_at,
        parent.expires_at
    );
    app.advance(MINUTE * 11);
    let page = phone.get(&format!("/r/{child}")).await;
    assert_eq!(page.page(), (200, "Continue your verification"));
    assert_eq!(phone.resume(&child).await.status, 200);
    let page = another.get(&format!("/r/{child}")).await;
    assert_eq!(page.page(), (403, "This link belongs to another device"));
    app.advance(MINUTE * 60 * 24 * 7);
    let page = phone.get(&format!("/r/{child}")).await;
    assert_eq!(page.page(), (410, "This link has expired"));
}

#[tokio::test]
async fn taking_the_link_back_takes_the_code_back() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let parent = app.newest_link(&inquiry).await.id;
    let child = hand_off(&app, &token).await;
    let mut phone = app.browser();
    phone.resume(&child).await;
    assert!(app.state.links.revoke(&parent, why()).await.unwrap());
    let answer = phone.resume(&child).await;
    assert_eq!(answer.refusal(), (410, "link-revoked".to_owned()));
}

#[tokio::test]
async fn who_may_not_use_the_link_gets_no_code() {
    let app = App::start().await;
    let (bound, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&bound).await;
    let before = app.rows(&inquiry).await;
    let mut stranger = app.browser();
    let page = stranger.submit(&format!("/r/{bound}/phone"), "").await;
    assert_eq!(page.page(), (403, "This link belongs to another device"));
    assert!(!page.body.contains("<svg"));
    assert_eq!(app.rows(&inquiry).await, before);
    let page = stranger.submit(&format!("/r/{inquiry}/phone"), "").await;
    assert_eq!(page.page(), (404, "This page does not exist"));
}

#[tokio::test]
async fn a_link_with_a_factor_offers_a_code_only_after_it_was_proved() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    let (path, phone) = (format!("/r/{token}"), format!("/r/{token}/phone"));
    assert!(!browser.get(&path).await.body.contains(&phone));
    let before = app.rows(&inquiry).await;
    let page = browser.submit(&phone, "").await;
    assert_eq!(page.page(), (403, "Continue your verification"));
    assert!(!page.body.contains("<svg"));
    assert_eq!(app.rows(&inquiry).await, before);
    browser.resume_born(&token, BIRTHDATE).await;
    assert!(browser.get(&path).await.body.contains(&phone));
    assert!(browser.submit(&phone, "").await.body.contains("<svg"));
}
