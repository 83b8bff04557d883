//! The milestones of links: how far each journey went.

use std::time::Duration;

use leftoff::{links::channel::Channel, secret::Secret, store::links::LinkRow};
use persona::InquiryId;
use serde_json::json;
use simulator::{Fault, FaultKind, Status};

use crate::support::{Answer, App, BIRTHDATE, Browser};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// Which milestones a link has, in their order.
fn milestones(link: &LinkRow) -> Vec<&'static str> {
    let all = [
        ("opened", link.opened_at),
        ("resumed", link.resumed_at),
        ("ready", link.ready_at),
        ("finished", link.finished_at),
        ("decided", link.decided_at),
    ];
    let mut before = link.created_at;
    for at in all.iter().filter_map(|(_, at)| *at) {
        assert!(before <= at, "{link:#?}");
        before = at;
    }
    let reached = all.iter().filter(|(_, at)| at.is_some());
    reached.map(|(name, _)| *name).collect()
}

async fn report_ready(browser: &mut Browser, token: &str) -> Answer {
    browser.act("report_ready", json!({ "link": token })).await
}

async fn read(app: &App, inquiry: &str) {
    let id = InquiryId::parse(inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
}

#[tokio::test]
async fn a_journey_reaches_each_milestone_once_and_in_order() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    assert_eq!(milestones(&app.newest_link(&inquiry).await), [""; 0]);
    browser.resume(&token).await;
    let link = app.newest_link(&inquiry).await;
    assert_eq!(milestones(&link), ["opened", "resumed"]);
    assert_eq!(report_ready(&mut browser, &token).await.status, 200);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    browser.report_completion(&token).await;
    let link = app.newest_link(&inquiry).await;
    assert_eq!(
        milestones(&link),
        ["opened", "resumed", "ready", "finished"]
    );
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(HOUR);
    read(&app, &inquiry).await;
    let first = app.newest_link(&inquiry).await;
    assert_eq!(milestones(&first).last(), Some(&"decided"));
    assert_eq!(first.outcome.as_deref(), Some("approved"));
    app.advance(HOUR);
    report_ready(&mut browser, &token).await;
    browser.report_completion(&token).await;
    browser.resume(&token).await;
    read(&app, &inquiry).await;
    assert_eq!(app.newest_link(&inquiry).await, first);
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "resumed", "flow-ready", "verified"]
    );
}

#[tokio::test]
async fn looking_at_a_link_reaches_nothing() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let before = app.rows(&inquiry).await;
    for _ in 0..5 {
        app.browser().get(&format!("/r/{token}")).await;
    }
    assert_eq!(app.rows(&inquiry).await, before);
}

#[tokio::test]
async fn a_flow_is_ready_only_where_it_was_given() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    let answer = report_ready(&mut browser, &token).await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    browser.submit(&format!("/r/{token}/phone"), "").await;
    assert_eq!(report_ready(&mut browser, &token).await.status, 200);
    let mut links = app.state.links.list(Some(&inquiry)).await.unwrap();
    assert_eq!(milestones(&links.pop().unwrap()), ["opened"]);
    browser.resume(&token).await;
    let answer = report_ready(&mut app.browser(), &token).await;
    assert_eq!(answer.refusal(), (403, "other-device".to_owned()));
    let mut links = app.state.links.list(Some(&inquiry)).await.unwrap();
    assert_eq!(milestones(&links.pop().unwrap()), ["opened", "resumed"]);
}

#[tokio::test]
async fn a_button_that_leads_nowhere_was_pressed_nonetheless() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    let fault = Fault::new(FaultKind::DropConnection).times(1);
    app.persona.inject(fault);
    assert_ne!(browser.resume(&token).await.status, 200);
    let failed = app.newest_link(&inquiry).await;
    assert_eq!(milestones(&failed), ["opened"]);
    app.advance(HOUR);
    browser.resume(&token).await;
    let link = app.newest_link(&inquiry).await;
    assert_eq!(milestones(&link), ["opened", "resumed"]);
    assert_eq!(link.opened_at, failed.opened_at);
}

#[tokio::test]
async fn a_wrong_answer_opens_the_link_and_resumes_nothing() {
    let app = App::start().await;
    let (token, inquiry) = app.guarded_link().await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    assert_eq!(milestones(&app.newest_link(&inquiry).await), [""; 0]);
    browser.resume_born(&token, "1970-01-01").await;
    assert_eq!(milestones(&app.newest_link(&inquiry).await), ["opened"]);
    browser.resume_born(&token, BIRTHDATE).await;
    let link = app.newest_link(&inquiry).await;
    assert_eq!(milestones(&link), ["opened", "resumed"]);
}

#[tokio::test]
async fn the_way_without_javascript_reaches_the_same_but_for_ready() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Expired).await;
    let mut browser = app.browser();
    let answer = browser.submit(&format!("/r/{token}"), "").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    let id = app.newest_link(&inquiry).await.id;
    browser.submit(&format!("/return/{id}"), "").await;
    let link = app.newest_link(&inquiry).await;
    assert_eq!(
        milestones(&link),
        ["opened", "resumed", "finished", "decided"]
    );
}

#[tokio::test]
async fn a_hand_off_belongs_to_the_journey_of_its_link() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut hash = Secret::parse(&token).unwrap().hash();
    let mut token = token;
    // A phone may hand off again.
    for _ in 0..2 {
        let parent = app.state.store.link_by_token(&hash).await.unwrap().unwrap();
        let child = app.state.links.hand_off(&parent).await.unwrap();
        assert_eq!(child.row.channel, "hand-off");
        hash = child.row.token_hash.clone();
        token = child.token.expose().to_owned();
    }
    let mut phone = app.browser();
    phone.resume(&token).await;
    report_ready(&mut phone, &token).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    phone.report_completion(&token).await;
    let links = app.state.links.list(Some(&inquiry)).await.unwrap();
    assert_eq!(links.len(), 3);
    for link in &links {
        let reached = milestones(link);
        assert_eq!(reached[..4], ["opened", "resumed", "ready", "finished"]);
        let is_root = link.parent_id.is_none();
        assert_eq!(reached.len() == 5, is_root, "the decision is the journey's");
    }
}

#[tokio::test]
async fn a_decision_belongs_to_the_link_that_led_there() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    app.link(&inquiry).await;
    app.persona.set_status(&inquiry, Status::Declined).unwrap();
    read(&app, &inquiry).await;
    let outcomes = async || {
        let links = app.state.links.list(Some(&inquiry)).await.unwrap();
        let outcomes = links.into_iter().rev().map(|link| link.outcome);
        outcomes.collect::<Vec<_>>()
    };
    assert_eq!(outcomes().await, [Some("declined".to_owned()), None]);
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    app.advance(MINUTE);
    read(&app, &inquiry).await;
    assert_eq!(outcomes().await, [Some("approved".to_owned()), None]);
    let (_, untouched) = app.link_to(Status::Pending).await;
    app.persona
        .set_status(&untouched, Status::Approved)
        .unwrap();
    app.advance(MINUTE);
    read(&app, &untouched).await;
    assert_eq!(app.newest_link(&untouched).await.outcome, None);
}

#[tokio::test]
async fn a_link_keeps_its_channel_and_template() {
    let app = App::start().await;
    for channel in Channel::ALL {
        let inquiry = app.inquiry(Status::Pending);
        app.link_with(&inquiry, |new| new.channel = channel).await;
        let link = app.newest_link(&inquiry).await;
        assert_eq!(Channel::parse(&link.channel), Some(channel));
        let known = app.state.store.inquiry(&inquiry).await.unwrap().unwrap();
        assert!(link.template_id.is_some());
        assert_eq!(link.template_id, known.template_id);
    }
}
