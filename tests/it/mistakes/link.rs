//! What others let in: mistakes 1 and 2.

use serde_json::json;
use simulator::Status;

use crate::support::App;

/// 1. No authentication on resume: whoever names an inquiry gets in.
#[tokio::test]
async fn nobody_resumes_without_the_link_and_its_device() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let before = app.rows(&inquiry).await;
    let link = app.newest_link(&inquiry).await.id;
    for guess in [inquiry.as_str(), &link, "", "null", &"A".repeat(43)] {
        let answer = app.browser().resume(guess).await;
        assert_eq!(answer.status, 404, "{guess}");
    }
    for path in [
        format!("/r/{token}"),
        format!("/api/resume_inquiry?link={token}"),
        format!("/return/{link}"),
        format!("/ops/inquiries/{inquiry}"),
    ] {
        app.browser().get(&path).await;
    }
    assert_eq!(app.rows(&inquiry).await, before, "a GET changes nothing");
    assert!(app.asked().is_empty(), "and asks Persona nothing");

    let mut owner = app.browser();
    assert!(owner.resume(&token).await.session_token().is_some());
    let refused = app.browser().resume(&token).await.refusal();
    assert_eq!(refused, (403, "other-device".to_owned()));
    let refused = app.browser().report_completion(&token).await.refusal();
    assert_eq!(refused, (403, "other-device".to_owned()));
}

/// 2. Trusting the browser's completion.
#[tokio::test]
async fn what_the_browser_says_of_completion_is_not_believed() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    let claim =
        json!({ "link": token, "status": "approved", "is_verified": true, "inquiry-id": "inq_x" });
    let answer = browser.act("report_completion", claim.clone()).await;
    assert_eq!(answer.json(), json!({ "is-settled": false }));
    assert_eq!(app.receipt(&inquiry).await, None);
    app.persona.set_status(&inquiry, Status::Failed).unwrap();
    browser.act("report_completion", claim).await;
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "failed");
    let link = app.newest_link(&inquiry).await.id;
    let forged = format!("/return/{link}?inquiry-id={inquiry}&status=approved");
    let answer = browser.get(&forged).await;
    assert_eq!(answer.redirect(), (303, &*format!("/return/{link}")));
    assert_eq!(app.receipt(&inquiry).await.unwrap().status, "failed");
}
