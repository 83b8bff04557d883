//! What no handler of ours answers is answered in words all the same: too long a body, half a form, a panic.

use axum::{Router, body::Body, http::header, routing::get};
use leftoff::{model::role::Role, paths, state::AppState};
use serde_json::json;
use simulator::Status;

use crate::support::{Answer, App, Browser};

/// Sends something to an address of ours as a browser does that shows pages.
async fn send(browser: &mut Browser, path: &str, form_type: &str, body: String) -> Answer {
    let request = browser
        .request(axum::http::Method::POST, path)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html,application/xhtml+xml")
        .header(header::ACCEPT_LANGUAGE, "es")
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::CONTENT_TYPE, form_type);
    browser.send(request.body(Body::from(body)).unwrap()).await
}

const FORM: &str = "application/x-www-form-urlencoded";

fn long() -> String {
    format!("note={}", "x".repeat(17 * 1024))
}

#[tokio::test]
async fn what_is_too_long_is_told_so_in_the_persons_language() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let before = app.rows(&inquiry).await;
    let mut browser = app.browser();
    let answer = send(&mut browser, &format!("/r/{token}"), FORM, long()).await;
    assert_eq!(answer.page(), (413, "Es demasiado largo"));
    assert!(answer.header("content-security-policy").contains("nonce-"));
    let arguments = json!({ "link": token, "birthdate": long() }).to_string();
    let path = paths::RESUME_INQUIRY;
    let answer = send(&mut browser, path, "application/json", arguments).await;
    assert_eq!(answer.refusal(), (413, "too-long".to_owned()));
    assert_eq!(app.rows(&inquiry).await, before);
}

#[tokio::test]
async fn the_staff_keeps_its_pages_around_what_went_wrong() {
    let app = App::start().await;
    let mut otto = app.staff(Role::Operator).await;
    let answer = send(&mut otto, paths::VIEWS, FORM, long()).await;
    assert_eq!(answer.page(), (413, "This is too long"));
    assert!(answer.body.contains("A operator"), "{}", answer.body);
    let answer = send(&mut otto, paths::ACCOUNT_ZONE, FORM, "zoen=UTC".to_owned()).await;
    assert_eq!(answer.page(), (400, "This cannot be read"));
    let answer = send(&mut otto, paths::ACCOUNT_ZONE, "text/plain", String::new()).await;
    assert_eq!(answer.page(), (400, "This cannot be read"));
    let mut nobody = app.browser();
    let answer = send(&mut nobody, paths::SIGN_IN, FORM, "email=a".to_owned()).await;
    assert_eq!(answer.page(), (400, "This cannot be read"));
}

async fn panics() -> &'static str {
    panic!("a secret of the person")
}

#[tokio::test]
async fn a_handler_that_panics_is_our_fault_in_words_and_tells_nothing() {
    let app = App::start().await;
    let routes = Router::<AppState>::new()
        .route("/r/panics", get(panics))
        .route("/ops/panics", get(panics))
        .route("/api/panics", get(panics));
    let mut browser = app.browser_of(routes);
    let pages = [
        ("/r/panics", "Something failed on our side"),
        ("/ops/panics", "This did not work"),
    ];
    for (path, heading) in pages {
        let answer = browser.get_with(path, "accept", "text/html").await;
        assert_eq!(answer.page(), (500, heading));
        assert!(!answer.body.contains("secret"), "{}", answer.body);
        assert_ne!(answer.header("x-request-id"), "");
    }
    let answer = browser.get("/api/panics").await;
    assert_eq!(answer.refusal(), (500, "internal".to_owned()));
    let answer = browser.get("/r/panics").await;
    assert_eq!((answer.status.as_u16(), &*answer.body), (500, ""));
}
