//! The pages: the form, and the ways to it from a link that is over.

use axum::http::StatusCode;

use super::{DAY, somebody, with_mail};
use crate::support::{MailServer, why};

#[tokio::test]
async fn looking_at_the_form_changes_nothing() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let token = app.link(&inquiry).await;
    let mut browser = app.browser();
    let page = browser.get("/recover").await;
    assert_eq!(page.page(), (200, "Get a new link"));
    browser.get(&format!("/recover?reference={inquiry}")).await;
    browser.get("/recover/sent").await;
    browser.get(&format!("/r/{token}")).await;
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
    let page = browser.submit("/recover", "reference=++").await;
    assert_eq!(page.page(), (422, "Get a new link"));
    assert!(
        page.body.contains("Please enter your reference"),
        "{}",
        page.body
    );
    assert_eq!(
        browser.submit("/recover", "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(app.state.store.next_recovery().await.unwrap(), None);
}

#[tokio::test]
async fn every_page_of_a_link_that_is_over_offers_another() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let inquiry = somebody(&app).await;
    let (expired, revoked) = (app.link(&inquiry).await, app.link(&inquiry).await);
    let id = app.newest_link(&inquiry).await.id;
    app.state.links.revoke(&id, why()).await.unwrap();
    app.advance(DAY * 7);
    let bound = app.link(&inquiry).await;
    app.browser().resume(&bound).await;
    let mut browser = app.browser();
    for (token, status) in [(&expired, 410), (&revoked, 410), (&bound, 403)] {
        let page = browser.get(&format!("/r/{token}")).await;
        assert_eq!(page.status, status);
        assert!(page.body.contains("Send me a new link"), "{}", page.body);
        assert!(
            page.body.contains(&format!("value=\"{token}\"")),
            "{}",
            page.body
        );
    }
    for path in ["/", "/nowhere", &format!("/r/{}", "A".repeat(43))] {
        let page = browser.get(path).await;
        assert!(
            page.body.contains("href=\"/recover\""),
            "{path}: {}",
            page.body
        );
    }
}
