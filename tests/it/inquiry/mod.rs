//! The inquiry page and its acts: each with what it writes down, and what stands in its way.

mod acts;
mod link;
mod page;

use leftoff::{model::role::Role, store::audit::AuditRow};
use persona::InquiryId;
use simulator::Status;

use crate::support::{Answer, App, Browser};

/// An application with an inquiry that it knows, and an operator.
async fn known(status: Status) -> (App, String, Browser) {
    let app = App::start().await;
    let inquiry = know(&app, status).await;
    let otto = app.staff(Role::Operator).await;
    (app, inquiry, otto)
}

async fn know(app: &App, status: Status) -> String {
    let inquiry = app.inquiry(status);
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    app.persona.clear_requests();
    inquiry
}

async fn version(app: &App, inquiry: &str) -> i64 {
    app.state
        .store
        .inquiry(inquiry)
        .await
        .unwrap()
        .unwrap()
        .version
}

/// What the page's own form would send, with something in it.
async fn form(app: &App, inquiry: &str, fields: &str) -> String {
    let known = app.state.store.inquiry(inquiry).await.unwrap().unwrap();
    let (version, status) = (known.version, known.status);
    let seen = app.state.clock.now_ms();
    format!("version={version}&status={status}&seen={seen}&{fields}")
}

const RESUME: &str = "reason=person-asked&note=Called+us";

fn path(inquiry: &str, act: &str) -> String {
    format!("/ops/inquiries/{inquiry}{act}")
}

/// The URL that a page shows.
fn url(answer: &Answer) -> String {
    let (_, rest) = answer
        .body
        .split_once("id=\"link-url\"")
        .expect(&answer.body);
    let (_, rest) = rest.split_once("value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn last_deed(app: &App) -> AuditRow {
    app.audit().await.pop().unwrap()
}

/// The body of an answer without its one-time nonces.
fn says(answer: &Answer, text: &str) {
    assert!(answer.body.contains(text), "{text}: {}", answer.body);
}
