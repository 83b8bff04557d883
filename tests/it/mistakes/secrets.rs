//! What others gave away: mistakes 13 and 14.

use serde_json::Value;
use simulator::Status;

use crate::support::{API_KEY, App, Program};

/// 13. A session token in a URL: in history, logs and referrers.
#[tokio::test]
async fn no_url_or_header_of_ours_holds_a_session_token() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    let opened = browser.resume(&token).await;
    let session = opened.session_token().unwrap();
    assert_eq!(opened.header("cache-control"), "no-store");
    assert_eq!(opened.header("referrer-policy"), "no-referrer");
    let headers = format!("{:?}", opened.headers);
    assert!(!headers.contains(&session), "it is in the body alone");
    let path = format!("/r/{token}");
    let hosted = browser.submit(&path, "").await;
    let (code, location) = hosted.redirect();
    assert_eq!(code, 303);
    assert!(
        !location.contains("session-token") && !location.contains(&session),
        "{location}"
    );
    let link = app.newest_link(&inquiry).await.id;
    for path in [path, format!("/return/{link}")] {
        let page = browser.get(&path).await;
        let whole = format!("{:?}{}", page.headers, page.body);
        assert!(
            !whole.contains(&session) && !whole.contains("session-token="),
            "{path}"
        );
    }
    assert!(!app.database().await.contains(&session));
}

/// 14. The API key or a token in the front end or in a log.
#[tokio::test]
async fn neither_key_nor_token_is_in_a_page_a_log_or_the_database() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let token = app.lasting_link(&inquiry).await;
    let program = Program::beside(&app)
        .unset("LOG__FILTER")
        .set("LOG__FILTER", "trace");
    let served = program.serve().await;
    let mut visitor = served.visitor();
    let opened: Value = visitor.resume(&token).await.unwrap().json().await.unwrap();
    let session = opened["session-token"].as_str().unwrap().to_owned();
    let mut front = opened.to_string().replace(&session, "");
    for path in [
        "/",
        &format!("/r/{token}"),
        "/ops/sign-in",
        "/ops.js",
        "/none",
    ] {
        front += &visitor.get(path).await.unwrap().text().await.unwrap();
    }
    served.tell("TERM");
    let ended = served.ended().await;
    assert!(ended.stderr.contains("TRACE") && ended.stderr.contains("/r/{token}"));
    for secret in [API_KEY, &session] {
        assert!(!front.contains(secret), "in a page");
        assert!(!app.database().await.contains(secret), "in the database");
        assert!(!ended.stderr.contains(secret), "in the log");
    }
    assert!(!ended.stderr.contains(&token), "a link in the log");
    assert!(
        !app.database().await.contains(&token),
        "a link in the database"
    );
}
