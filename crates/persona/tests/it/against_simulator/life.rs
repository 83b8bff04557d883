//! What becomes of an inquiry, from creation to decision.

use std::time::Duration;

use super::{key, seed, start, template};
use persona::{Error, InquiryId, InquiryPatch, InquiryStatus, NewInquiry, Shape, SimulateAction};
use serde_json::json;
use simulator::{DEFAULT_TEMPLATE, Seed, Status};

#[tokio::test]
async fn an_inquiry_lives_from_creation_over_expiry_and_resume_to_approval() {
    let (simulator, client) = start().await;
    let new = NewInquiry {
        reference_id: Some("user-7".to_owned()),
        fields: json!({ "name-first": "Jane" }).as_object().unwrap().clone(),
        tags: vec!["vip".to_owned()],
        ..template()
    };
    let created = client
        .create_inquiry(&new, &key("create"))
        .await
        .unwrap()
        .inquiry;
    assert_eq!(created.attributes.status, InquiryStatus::Created);
    assert_eq!(created.attributes.reference_id.as_deref(), Some("user-7"));
    assert!(created.attributes.fields.is_empty());

    let started = client
        .simulate(&created.id, &[SimulateAction::Start])
        .await
        .unwrap();
    assert_eq!(started.attributes.status, InquiryStatus::Pending);
    let expired = client
        .expire_inquiry(&created.id, &key("expire"))
        .await
        .unwrap();
    assert_eq!(expired.attributes.status, InquiryStatus::Expired);
    assert!(expired.attributes.expired_at.is_some());

    let resumed = client
        .resume_inquiry(&created.id, &key("resume"), &Shape::state())
        .await
        .unwrap();
    assert_eq!(resumed.inquiry.attributes.status, InquiryStatus::Pending);
    assert!(resumed.session_token.expires_hint().unwrap() > simulator.control().now());
    let link = client
        .generate_one_time_link(&created.id, Some(Duration::from_mins(10)), &key("link"))
        .await
        .unwrap();
    assert!(link.url.expose().contains("/verify?code="));

    let done = client
        .simulate(
            &created.id,
            &[SimulateAction::Complete, SimulateAction::Approve],
        )
        .await
        .unwrap();
    assert_eq!(done.attributes.status, InquiryStatus::Approved);
    let refused = client
        .resume_inquiry(&created.id, &key("late"), &Shape::state())
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Conflict { .. }), "{refused:?}");
    assert!(
        refused
            .request_id()
            .is_some_and(|id| id.starts_with("req_"))
    );
}

#[tokio::test]
async fn a_session_and_a_link_come_with_the_creation_when_asked_for() {
    let (_simulator, client) = start().await;
    let new = NewInquiry {
        with_session: true,
        with_one_time_link: true,
        ..template()
    };
    let created = client.create_inquiry(&new, &key("create")).await.unwrap();
    assert!(created.session_token.is_some() && created.one_time_link.is_some());

    let again = client.create_inquiry(&new, &key("create")).await.unwrap();
    assert_eq!(again.inquiry.id, created.inquiry.id);
    let other = client.create_inquiry(&new, &key("another")).await.unwrap();
    assert_ne!(other.inquiry.id, created.inquiry.id);
}

#[tokio::test]
async fn personal_data_comes_only_when_it_is_asked_for() {
    let (simulator, client) = start().await;
    let fields = json!({ "birthdate": "1995-09-08", "name-first": "Jane" })
        .as_object()
        .unwrap()
        .clone();
    let id = simulator.control().create_inquiry(&Seed {
        fields,
        ..Seed::default()
    });
    let id = InquiryId::parse(id).unwrap();

    let state = client.retrieve_inquiry(&id, &Shape::state()).await.unwrap();
    assert!(state.attributes.fields.is_empty() && state.attributes.creator.is_none());
    assert!(state.attributes.created_at.is_some() && state.template_version_id.is_some());
    let factor = client
        .retrieve_inquiry(&id, &Shape::state().with_field("birthdate"))
        .await
        .unwrap();
    assert_eq!(factor.field("birthdate"), Some(&json!("1995-09-08")));
    assert_eq!(factor.field("name-first"), None);
    let all = client
        .retrieve_inquiry(&id, &Shape::default())
        .await
        .unwrap();
    assert_eq!(all.field("name-first"), Some(&json!("Jane")));
}

#[tokio::test]
async fn a_newer_template_version_is_noticed() {
    let (simulator, client) = start().await;
    let id = seed(&simulator.control(), Status::Expired);
    let shape = Shape::state().with_template();
    assert_eq!(
        client
            .retrieve_inquiry(&id, &shape)
            .await
            .unwrap()
            .has_outdated_template(),
        Some(false)
    );
    let latest = simulator
        .control()
        .publish_new_template_version(DEFAULT_TEMPLATE);
    let resumed = client
        .resume_inquiry(&id, &key("resume"), &shape)
        .await
        .unwrap();
    assert_eq!(resumed.inquiry.has_outdated_template(), Some(true));
    assert_eq!(
        resumed.inquiry.latest_published_version.unwrap().as_str(),
        latest
    );
}

#[tokio::test]
async fn a_change_of_note_tags_and_return_address_is_kept() {
    let (simulator, client) = start().await;
    let id = seed(&simulator.control(), Status::Pending);
    let patch = InquiryPatch {
        redirect_uri: Some("https://acme.example/return".to_owned()),
        note: Some("called".to_owned()),
        tags: Some(vec!["vip".to_owned()]),
        fields: Some(json!({ "name-first": "Joan" }).as_object().unwrap().clone()),
    };
    let changed = client.update_inquiry(&id, &patch).await.unwrap();
    assert_eq!(changed.attributes.tags, ["vip"]);
    let read = client
        .retrieve_inquiry(&id, &Shape::default())
        .await
        .unwrap();
    assert_eq!(read.attributes.note.as_deref(), Some("called"));
    assert_eq!(read.field("name-first"), Some(&json!("Joan")));
}
