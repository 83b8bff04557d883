//! What the page shows, and what it asks Persona for.

use leftoff::model::role::Role;
use persona::InquiryId;
use simulator::{Seed, Status};

use super::{known, last_deed, path, says};
use crate::support::App;

#[tokio::test]
async fn a_refresh_brings_the_template_and_its_advice() {
    let (app, inquiry, mut otto) = known(Status::Expired).await;
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "not known yet");
    let refresh = path(&inquiry, "/refresh");
    let answer = otto.submit(&refresh, "").await;
    assert_eq!(
        answer.redirect(),
        (303, &*path(&inquiry, "?done=refreshed"))
    );
    says(
        &otto.get(&path(&inquiry, "")).await,
        "still the published version",
    );
    assert_eq!(last_deed(&app).await.act, "refreshed");
    let template = app.state.store.templates().await.unwrap().remove(0);
    let _ = app.persona.publish_new_template_version(&template.id);
    otto.submit(&refresh, "").await;
    let page = otto.get(&path(&inquiry, "")).await;
    says(&page, "Make a new inquiry");
    says(&page, "published anew");
}

#[tokio::test]
async fn the_page_asks_persona_for_sessions_only_when_it_is_told_to() {
    let app = App::start().await;
    let inquiry = app.persona.create_inquiry(&Seed {
        status: Status::Expired,
        ended_sessions: 3,
        reference_id: Some("user-7".to_owned()),
        ..Seed::default()
    });
    let id = InquiryId::parse(&inquiry).unwrap();
    app.state.inquiries.refresh(&id).await.unwrap();
    app.persona.clear_requests();
    let mut vera = app.staff(Role::Viewer).await;
    let page = vera.get(&path(&inquiry, "")).await;
    assert_eq!(page.status, 200);
    says(&page, "3 of 25");
    says(&page, "user-7");
    assert!(app.asked().is_empty());
    let page = vera.get(&path(&inquiry, "?sessions=1")).await;
    assert_eq!(app.asked(), ["GET inquiry-sessions"]);
    assert_eq!(page.body.matches("<th scope=\"row\">").count(), 3);
    assert!(!page.body.contains("127.0.0.1"));
    says(&page, "Your role is viewer");
    assert!(!page.body.contains("<textarea"));
}
