//! Signing in: passwords, second factors, and how sessions end.

use std::time::Duration;

use leftoff::{
    config::{Config, SecondFactor},
    model::role::Role,
    staff::Actor,
    totp,
};

use crate::support::{Answer, App, Browser, PASSWORD};

fn hidden(answer: &Answer, name: &str) -> String {
    let (_, rest) = answer
        .body
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// The key that a page of enrolment shows, as bytes.
fn key(answer: &Answer) -> Vec<u8> {
    let (_, rest) = answer.body.split_once("<code>").unwrap();
    let text = rest.split_once("</code>").unwrap().0;
    totp_rs::Secret::try_from_base32(text)
        .unwrap()
        .as_bytes()
        .to_vec()
}

fn code(app: &App, key: &[u8]) -> String {
    let seconds = app.state.clock.now().as_second();
    totp::code(key, u64::try_from(seconds).unwrap()).unwrap()
}

async fn email(app: &App, role: Role) -> String {
    app.staff(role).await;
    format!("{}@example.com", role.code())
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = App::start().await;
    let email = email(&app, Role::Viewer).await;
    let wrong = app
        .browser()
        .sign_in(&email, "something-else-entirely")
        .await;
    let unknown = app.browser().sign_in("nobody@example.com", PASSWORD).await;
    assert_eq!(wrong.page(), (401, "Sign in"));
    assert_eq!(unknown.page(), (401, "Sign in"));
    let text = |answer: &Answer, own: &str| {
        let nonce = answer
            .body
            .split("nonce=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        answer.body.replace(nonce, "").replace(own, "")
    };
    assert_eq!(text(&wrong, &email), text(&unknown, "nobody@example.com"));
    assert_eq!(wrong.header("set-cookie"), "");
}

#[tokio::test]
async fn an_address_that_was_tried_too_often_must_wait_even_with_the_right_password() {
    let app = App::start_with(|config| config.ops.sign_in_attempts = 3).await;
    for (email, known) in [
        (email(&app, Role::Viewer).await, true),
        ("no@example.com".into(), false),
    ] {
        // The known one signed in once already.
        for _ in 0..if known { 2 } else { 3 } {
            assert_eq!(app.browser().sign_in(&email, "wrong").await.status, 401);
        }
        let refused = app.browser().sign_in(&email, PASSWORD).await;
        assert_eq!(refused.page(), (429, "Sign in"));
        assert!(!refused.header("retry-after").is_empty());
    }
}

#[tokio::test]
async fn a_page_is_come_back_to_after_signing_in() {
    let app = App::start().await;
    let email = email(&app, Role::Viewer).await;
    let mut browser = app.browser();
    let asked = browser.get("/ops?need=expired").await;
    assert_eq!(
        asked.redirect(),
        (303, "/ops/sign-in?next=%2Fops%3Fneed%3Dexpired")
    );
    let form = format!("email={email}&password={PASSWORD}");
    let answer = browser.submit(asked.header("location"), &form).await;
    assert_eq!(answer.redirect(), (303, "/ops?need=expired"));
    let elsewhere = "/ops/sign-in?next=https%3A%2F%2Fexample.com";
    let answer = app.browser().submit(elsewhere, &form).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
}

#[tokio::test]
async fn the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts() {
    let app = App::start().await;
    let email = email(&app, Role::Viewer).await;
    let answer = app.browser().sign_in(&email, PASSWORD).await;
    let cookie = answer.header("set-cookie");
    for part in [
        "__Host-leftoff-staff=",
        "HttpOnly",
        "SameSite=Lax",
        "Secure",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

async fn enrolled(app: &App, email: &str) -> (Browser, Vec<u8>) {
    let mut browser = app.browser();
    let answer = browser.sign_in(email, PASSWORD).await;
    assert_eq!(answer.redirect(), (303, "/ops/sign-in/enrol"));
    let half = browser.clone();
    assert_eq!(
        browser.get("/ops").await.redirect(),
        (303, "/ops/sign-in/enrol")
    );
    let page = browser.get("/ops/sign-in/enrol").await;
    let (sealed, key) = (hidden(&page, "sealed"), key(&page));
    let wrong = browser
        .submit(
            "/ops/sign-in/enrol",
            &format!("sealed={sealed}&code=000000"),
        )
        .await;
    assert_eq!(wrong.page(), (401, "Set up your second factor"));
    assert_eq!(self::key(&wrong), key, "the same key is shown again");
    let form = format!("sealed={sealed}&code={}", code(app, &key));
    let answer = browser.submit("/ops/sign-in/enrol", &form).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
    assert_ne!(
        half.cookie, browser.cookie,
        "the cookie of before is worth nothing"
    );
    (browser, key)
}

#[tokio::test]
async fn a_second_factor_is_set_up_once_and_asked_for_ever_after() {
    let app = App::start().await;
    let email = email(&app, Role::Admin).await;
    let require = |config: &mut Config| config.ops.second_factor = SecondFactor::Required;
    let app = app.restart_with(require).await;
    let (mut browser, key) = enrolled(&app, &email).await;
    assert_eq!(browser.get("/ops").await.status, 200);

    let mut again = app.browser();
    let answer = again.sign_in(&email, PASSWORD).await;
    assert_eq!(answer.redirect(), (303, "/ops/sign-in/code"));
    let used = code(&app, &key);
    let form = format!("code={used}");
    let replayed = again.submit("/ops/sign-in/code", &form).await;
    assert_eq!(
        replayed.page(),
        (401, "Enter your code"),
        "the code was used to enrol"
    );
    app.advance(Duration::from_mins(1));
    let form = format!("code={}", code(&app, &key));
    let answer = again.submit("/ops/sign-in/code", &form).await;
    assert_eq!(answer.redirect(), (303, "/ops"));
    assert!(
        !app.database()
            .await
            .contains(&String::from_utf8_lossy(&key).into_owned())
    );
}

#[tokio::test]
async fn a_session_ends_when_nobody_is_there_and_after_a_day_of_work() {
    let app = App::start().await;
    let mut browser = app.staff(Role::Viewer).await;
    app.advance(Duration::from_mins(29));
    assert_eq!(browser.get("/ops").await.status, 200);
    app.advance(Duration::from_mins(31));
    assert_eq!(browser.get("/ops").await.status, 303);

    let mut browser = app.staff(Role::Viewer).await;
    for _ in 0..26 {
        app.advance(Duration::from_mins(27));
        assert_eq!(browser.get("/ops").await.status, 200);
    }
    app.advance(Duration::from_mins(27));
    assert_eq!(browser.get("/ops").await.status, 303, "12 hours are over");
}

#[tokio::test]
async fn whoever_signs_out_is_out_and_so_is_whoever_has_the_cookie() {
    let app = App::start().await;
    let mut browser = app.staff(Role::Viewer).await;
    let mut copy = browser.clone();
    let answer = browser.submit("/ops/sign-out", "").await;
    assert_eq!(answer.redirect(), (303, "/ops/sign-in"));
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(copy.get("/ops").await.status, 303);
}

#[tokio::test]
async fn whoever_is_shut_out_is_out_at_once() {
    let app = App::start().await;
    let mut browser = app.staff(Role::Operator).await;
    app.staff(Role::Admin).await;
    let operator = app
        .state
        .store
        .staff_by_email("operator@example.com")
        .await
        .unwrap()
        .unwrap();
    let staff = &app.state.staff;
    staff
        .set_disabled(&Actor::System, &operator.id, true)
        .await
        .unwrap();
    assert_eq!(browser.get("/ops").await.status, 303);
    let refused = app
        .browser()
        .sign_in("operator@example.com", PASSWORD)
        .await;
    assert_eq!(refused.page(), (401, "Sign in"));
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let app = App::start().await;
    app.staff(Role::Admin).await;
    let admin = app
        .state
        .store
        .staff_by_email("admin@example.com")
        .await
        .unwrap()
        .unwrap();
    let staff = &app.state.staff;
    assert!(
        staff
            .set_role(&Actor::System, &admin.id, Role::Viewer)
            .await
            .is_err()
    );
    assert!(
        staff
            .set_disabled(&Actor::System, &admin.id, true)
            .await
            .is_err()
    );
    let after = app.state.store.staff(&admin.id).await.unwrap();
    assert_eq!(after, Some(admin));
}

#[tokio::test]
async fn signing_in_and_out_is_in_the_audit_and_no_password_is() {
    let app = App::start().await;
    let mut browser = app.staff(Role::Viewer).await;
    browser.submit("/ops/sign-out", "").await;
    let acts: Vec<_> = app.audit().await.into_iter().map(|row| row.act).collect();
    assert_eq!(acts, ["staff-added", "signed-in", "session-ended"]);
    assert!(!app.database().await.contains(PASSWORD));
}
