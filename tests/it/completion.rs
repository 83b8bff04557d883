//! Completion: the browser says "done", the server looks for itself.

use serde_json::json;
use simulator::Status;

use crate::support::{App, Browser};

/// A person in the middle of the flow: the browser, the link's token, the inquiry.
async fn in_the_flow(app: &App) -> (Browser, String, String) {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    assert!(browser.resume(&token).await.session_token().is_some());
    app.persona.clear_requests();
    (browser, token, inquiry)
}

#[tokio::test]
async fn five_reports_from_each_of_two_tabs_write_one_receipt() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let mut tab = browser.clone();
    for _ in 0..5 {
        let reports = tokio::join!(
            browser.report_completion(&token),
            tab.report_completion(&token)
        );
        for answer in [reports.0, reports.1] {
            assert_eq!(answer.json(), json!({ "is-settled": true }));
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    let receipt = app.receipt(&inquiry).await.unwrap();
    assert_eq!(receipt.link_id, app.newest_link(&inquiry).await.id);
    assert_eq!(receipt.status, "completed");
    assert!(
        receipt.verified_at < app.state.clock.now_ms(),
        "it is of the first report"
    );
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "resumed", "verified"]
    );
}

#[tokio::test]
async fn the_first_receipt_stays_when_the_inquiry_is_decided_later() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    browser.report_completion(&token).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    browser.report_completion(&token).await;
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "completed");
    let page = browser.get(&format!("/r/{token}")).await;
    assert_eq!(page.page(), (200, "You are verified"));
}

#[tokio::test]
async fn a_report_while_persona_says_pending_settles_nothing() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    let answer = browser.report_completion(&token).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()),
        (200, json!({ "is-settled": false }))
    );
    assert_eq!(app.asked(), ["GET inquiry"]);
    assert_eq!(app.receipt(&inquiry).await, None);
    assert_eq!(app.ledger(&inquiry).await, ["link-created", "resumed"]);
}

#[tokio::test]
async fn the_receipt_says_what_persona_said() {
    let app = App::start().await;
    for (status, name) in [
        (Status::Completed, "completed"),
        (Status::Failed, "failed"),
        (Status::Approved, "approved"),
        (Status::Declined, "declined"),
        (Status::NeedsReview, "needs_review"),
    ] {
        let (mut browser, token, inquiry) = in_the_flow(&app).await;
        app.persona.set_status(&inquiry, status).unwrap();
        let answer = browser.report_completion(&token).await;
        assert_eq!(answer.json(), json!({ "is-settled": true }), "{name}");
        assert_eq!(app.receipt(&inquiry).await.unwrap().status, name);
    }
}

#[tokio::test]
async fn a_redacted_inquiry_is_settled_without_a_receipt() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    app.persona.redact(&inquiry).unwrap();
    let answer = browser.report_completion(&token).await;
    assert_eq!(answer.json(), json!({ "is-settled": true }));
    assert_eq!(app.receipt(&inquiry).await, None);
}

#[tokio::test]
async fn what_the_browser_claims_changes_nothing() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    let claim = json!({
        "link": token, "status": "approved", "is-settled": true, "is_settled": true,
        "inquiry-id": "inq_another", "fields": { "birthdate": "2000-01-01" },
    });
    let answer = browser.act("report_completion", claim).await;
    assert_eq!(answer.json(), json!({ "is-settled": false }));
    assert_eq!(app.receipt(&inquiry).await, None);
}

#[tokio::test]
async fn a_report_for_someone_elses_link_is_refused_before_persona_is_asked() {
    let app = App::start().await;
    let (_, token, inquiry) = in_the_flow(&app).await;
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let (mut elsewhere, _, _) = in_the_flow(&app).await;
    for mut stranger in [app.browser(), elsewhere.clone()] {
        let answer = stranger.report_completion(&token).await;
        assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    }
    assert!(app.asked().is_empty());
    assert_eq!(app.receipt(&inquiry).await, None);
    let (unopened, _) = app.link_to(Status::Completed).await;
    let answer = elsewhere.report_completion(&unopened).await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn an_inquiry_id_in_place_of_the_token_is_no_link() {
    let app = App::start().await;
    let (mut browser, _, inquiry) = in_the_flow(&app).await;
    let answer = browser.report_completion(&inquiry).await;
    assert_eq!(answer.refusal(), (404, "unknown-link".to_owned()));
    assert!(app.asked().is_empty());
}

#[tokio::test]
async fn a_check_without_javascript_leads_back_to_the_page_that_tells_the_outcome() {
    let app = App::start().await;
    let (mut browser, token, inquiry) = in_the_flow(&app).await;
    app.persona.set_status(&inquiry, Status::Failed).unwrap();
    let answer = browser.submit(&format!("/r/{token}/check"), "").await;
    let path = format!("/r/{token}");
    assert_eq!(answer.redirect(), (303, path.as_str()));
    let page = browser.get(&path).await;
    assert_eq!(page.page(), (200, "Your verification did not succeed"));
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "failed");
    let mut stranger = app.browser();
    let answer = stranger.submit(&format!("/r/{token}/check"), "").await;
    assert_eq!(answer.page().0, 403);
}
