//! Trouble in the browser: recorded, and the link stays usable.

use leftoff::model::trouble::Trouble;
use simulator::Status;

use crate::support::App;

#[tokio::test]
async fn trouble_of_each_kind_is_recorded_and_the_link_still_opens() {
    let app = App::start().await;
    for trouble in Trouble::ALL {
        let code = trouble.code();
        let (token, inquiry) = app.link_to(Status::Pending).await;
        let mut browser = app.browser();
        browser.resume(&token).await;
        let answer = browser.report_trouble(&token, code).await;
        assert_eq!(answer.status, 200, "{code}: {}", answer.body);
        assert_eq!(
            app.ledger(&inquiry).await,
            ["link-created", "resumed", code]
        );
        assert!(
            browser.resume(&token).await.session_token().is_some(),
            "{code}"
        );
        assert_eq!(app.receipt(&inquiry).await, None);
    }
}

#[tokio::test]
async fn trouble_that_is_none_is_refused_and_not_recorded() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    let answer = browser.report_trouble(&token, "verified").await;
    assert_eq!(answer.refusal(), (400, "bad-request".to_owned()));
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

#[tokio::test]
async fn trouble_from_another_device_is_refused_and_not_recorded() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    let answer = app.browser().report_trouble(&token, "cancelled").await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}
