//! Calls on one inquiry: what is asked, and how the answer is understood.

use std::time::Duration;

use crate::support::{KEY, Reply, Server, inquiry};
use persona::{
    Error, IdempotencyKey, InquiryId, InquiryPatch, InquiryStatus, NewInquiry, Shape,
    SimulateAction, TemplateId,
};
use serde_json::json;

fn id() -> InquiryId {
    InquiryId::parse("inq_1").unwrap()
}

fn key() -> IdempotencyKey {
    IdempotencyKey::new("click-1")
}

#[tokio::test]
async fn every_request_names_key_version_and_inflection() {
    let server = Server::start(vec![Reply::json(200, &json!({ "data": inquiry() }))]).await;
    let client = server.builder().user_agent("acme/1").build().unwrap();
    client
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap();

    let request = &server.seen()[0];
    assert_eq!(request.line, "GET /api/v1/inquiries/inq_1");
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
    assert_eq!(request.header("persona-version"), Some("2025-12-08"));
    assert_eq!(request.header("key-inflection"), Some("kebab"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some("acme/1"));
    assert_eq!(request.header("idempotency-key"), None);
}

#[tokio::test]
async fn a_base_address_keeps_its_path_with_and_without_a_final_slash() {
    let answer = || Reply::json(200, &json!({ "data": inquiry() }));
    let server = Server::start(vec![answer(), answer()]).await;
    let base = server.client().api_url().clone();
    for path in ["/behind/a/proxy", "/behind/a/proxy/"] {
        let client = server
            .builder()
            .api_url(base.join(path).unwrap())
            .build()
            .unwrap();
        client
            .retrieve_inquiry(&id(), &Shape::default())
            .await
            .unwrap();
    }
    for request in server.seen() {
        assert_eq!(request.line, "GET /behind/a/proxy/inquiries/inq_1");
    }
}

#[tokio::test]
async fn an_inquiry_is_read_with_empty_relationships_unknown_keys_and_null_tags() {
    let server = Server::start(vec![Reply::json(
        200,
        &json!({ "data": inquiry(), "new": 1 }),
    )])
    .await;
    let inquiry = server
        .client()
        .retrieve_inquiry(&id(), &Shape::default())
        .await
        .unwrap();

    assert_eq!(inquiry.attributes.status, InquiryStatus::Pending);
    assert_eq!(inquiry.attributes.tags, ["vip"]);
    assert_eq!(
        inquiry.attributes.expires_at.unwrap().to_string(),
        "2026-03-31T19:07:01Z"
    );
    assert_eq!(inquiry.template_id.as_ref().unwrap().as_str(), "itmpl_1");
    assert_eq!(inquiry.account_id.as_ref().unwrap().as_str(), "act_1");
    assert_eq!(inquiry.session_ids[0].as_str(), "iqse_1");
    assert_eq!(inquiry.field("name-first"), Some(&json!("Jane")));
    assert_eq!(inquiry.field("phone-number"), None);
    assert_eq!(inquiry.has_outdated_template(), None);
    assert!(!inquiry.is_redacted());
}

#[tokio::test]
async fn a_status_alone_makes_an_inquiry_and_an_unknown_one_is_kept() {
    let sparse = json!({ "data": { "type": "inquiry", "id": "inq_1", "attributes": { "status": "on_hold" } } });
    let server = Server::start(vec![Reply::json(200, &sparse)]).await;
    let inquiry = server
        .client()
        .retrieve_inquiry(&id(), &Shape::state())
        .await
        .unwrap();

    assert_eq!(
        inquiry.attributes.status,
        InquiryStatus::Other("on_hold".to_owned())
    );
    assert_eq!(
        serde_json::to_value(&inquiry.attributes.status).unwrap(),
        "on_hold"
    );
    assert!(inquiry.session_ids.is_empty() && inquiry.template_id.is_none());
}

#[tokio::test]
async fn the_state_shape_asks_for_no_personal_data() {
    let server = Server::start(vec![Reply::json(200, &json!({ "data": inquiry() }))]).await;
    let shape = Shape::state().with_template();
    server
        .client()
        .retrieve_inquiry(&id(), &shape)
        .await
        .unwrap();
    insta::assert_snapshot!(server.seen()[0].line, @"GET /api/v1/inquiries/inq_1?include=inquiry-template&fields%5Binquiry%5D=status%2Creference-id%2Ctags%2Ccreated-at%2Cupdated-at%2Cstarted-at%2Cexpires-at%2Ccompleted-at%2Cfailed-at%2Cmarked-for-review-at%2Cdecisioned-at%2Cexpired-at%2Credacted-at%2Cprevious-step-name%2Cnext-step-name&fields%5Binquiry-template%5D=name%2Cstatus");
}

#[tokio::test]
async fn a_shape_of_one_field_still_asks_for_the_status() {
    let server = Server::start(vec![Reply::json(200, &json!({ "data": inquiry() }))]).await;
    let shape = Shape::default().with_field("birthdate");
    server
        .client()
        .retrieve_inquiry(&id(), &shape)
        .await
        .unwrap();
    insta::assert_snapshot!(server.seen()[0].line, @"GET /api/v1/inquiries/inq_1?fields%5Binquiry%5D=status%2Cfields.birthdate");
}

#[tokio::test]
async fn an_included_template_tells_whether_it_moved_on() {
    let with_latest = |latest: &str| {
        let latest = json!({ "data": { "type": "inquiry-template-version", "id": latest } });
        let other = json!({ "type": "inquiry-template", "id": "itmpl_2" });
        let template = json!({ "type": "inquiry-template", "id": "itmpl_1", "attributes": {},
            "relationships": { "latest-published-version": latest } });
        Reply::json(
            200,
            &json!({ "data": inquiry(), "included": [other, template] }),
        )
    };
    let server = Server::start(vec![with_latest("itmplv_1"), with_latest("itmplv_2")]).await;
    let client = server.client();
    for outdated in [false, true] {
        let inquiry = client
            .retrieve_inquiry(&id(), &Shape::state().with_template())
            .await
            .unwrap();
        assert_eq!(inquiry.has_outdated_template(), Some(outdated));
    }
}

#[tokio::test]
async fn a_resume_brings_the_token_from_meta() {
    let body = json!({ "data": inquiry(), "meta": { "session-token": "secret-token" } });
    let server = Server::start(vec![Reply::json(200, &body)]).await;
    let resumed = server
        .client()
        .resume_inquiry(&id(), &key(), &Shape::default())
        .await
        .unwrap();

    assert_eq!(resumed.session_token.expose(), "secret-token");
    assert_eq!(resumed.inquiry.id, id());
    let request = &server.seen()[0];
    assert_eq!(request.text(), "POST /api/v1/inquiries/inq_1/resume");
    assert_eq!(request.header("idempotency-key"), Some("click-1"));
}

#[tokio::test]
async fn a_call_can_run_as_a_task_with_a_clone_of_the_client_and_any_deadline() {
    let body = json!({ "data": inquiry(), "meta": { "session-token": "t" } });
    let server = Server::start(vec![Reply::json(200, &body)]).await;
    let client = server.builder().deadline(Duration::MAX).build().unwrap();
    let clone = client.clone();
    let task = async move { clone.resume_inquiry(&id(), &key(), &Shape::state()).await };
    assert!(tokio::spawn(task).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_resume_without_a_token_in_meta_is_an_error() {
    let mut misplaced = inquiry();
    misplaced["attributes"]["session-token"] = json!("secret-token");
    for meta in [
        json!(null),
        json!({}),
        json!({ "session-token": null }),
        json!({ "session-token": "" }),
    ] {
        let reply = Reply::json(200, &json!({ "data": misplaced, "meta": meta }));
        let server = Server::start(vec![reply]).await;
        let error = server
            .client()
            .resume_inquiry(&id(), &key(), &Shape::default())
            .await
            .unwrap_err();
        assert!(
            matches!(error, Error::MissingSessionToken { .. }),
            "{meta}: {error:?}"
        );
        assert_eq!(error.request_id(), Some("req_1"));
        assert!(error.is_outage());
    }
}

#[tokio::test]
async fn a_created_inquiry_is_described_in_full() {
    let meta = json!({ "session-token": "t", "one-time-link": "https://withpersona.com/verify?code=us1-a",
        "one-time-link-short": null });
    let server = Server::start(vec![Reply::json(
        201,
        &json!({ "data": inquiry(), "meta": meta }),
    )])
    .await;
    let new = NewInquiry {
        reference_id: Some("user-7".to_owned()),
        redirect_uri: Some("https://acme.example/return".to_owned()),
        fields: json!({ "name-first": "Jane" }).as_object().unwrap().clone(),
        with_session: true,
        with_one_time_link: true,
        expires_after_create: Some(Duration::from_hours(1)),
        ..NewInquiry::from_template(TemplateId::parse("itmpl_1").unwrap())
    };
    let created = server.client().create_inquiry(&new, &key()).await.unwrap();

    assert_eq!(created.session_token.unwrap().expose(), "t");
    let link = created.one_time_link.unwrap();
    assert_eq!(
        link.url.expose(),
        "https://withpersona.com/verify?code=us1-a"
    );
    assert!(link.short_url.is_none());
    assert_eq!(
        server.seen()[0].header("content-type"),
        Some("application/json")
    );
    let body: serde_json::Value = serde_json::from_str(&server.seen()[0].body).unwrap();
    insta::assert_json_snapshot!(body, @r#"
    {
      "data": {
        "attributes": {
          "fields": {
            "name-first": "Jane"
          },
          "inquiry-template-id": "itmpl_1",
          "redirect-uri": "https://acme.example/return"
        }
      },
      "meta": {
        "auto-create-account-reference-id": "user-7",
        "auto-create-inquiry-session": true,
        "auto-create-one-time-link": true,
        "expiration-after-create-interval-seconds": 3600
      }
    }
    "#);
}

#[tokio::test]
async fn a_new_inquiry_sends_only_what_is_set() {
    let server = Server::start(vec![Reply::json(201, &json!({ "data": inquiry() }))]).await;
    let new = NewInquiry::from_template(TemplateId::parse("tmpl_old").unwrap());
    let created = server.client().create_inquiry(&new, &key()).await.unwrap();
    assert!(created.session_token.is_none() && created.one_time_link.is_none());
    insta::assert_snapshot!(server.seen()[0].body, @r#"{"data":{"attributes":{"template-id":"tmpl_old"}},"meta":{}}"#);
}

#[tokio::test]
async fn a_patch_sends_only_what_changes() {
    let server = Server::start(vec![Reply::json(200, &json!({ "data": inquiry() }))]).await;
    let patch = InquiryPatch {
        redirect_uri: Some("https://acme.example/r".to_owned()),
        tags: Some(vec![]),
        ..InquiryPatch::default()
    };
    server.client().update_inquiry(&id(), &patch).await.unwrap();
    let request = &server.seen()[0];
    assert!(
        request
            .line
            .starts_with("PATCH /api/v1/inquiries/inq_1?fields%5Binquiry%5D=status")
    );
    assert_eq!(request.header("idempotency-key"), None);
    insta::assert_snapshot!(request.body, @r#"{"data":{"attributes":{"redirect-uri":"https://acme.example/r","tags":[]}}}"#);
}

#[tokio::test]
async fn a_one_time_link_is_made_with_and_without_a_life() {
    let meta = json!({ "one-time-link": "https://withpersona.com/verify?code=us1-a",
        "one-time-link-short": "https://perso.na/a" });
    let reply = || Reply::json(200, &json!({ "data": inquiry(), "meta": meta }));
    let server = Server::start(vec![reply(), reply()]).await;
    let client = server.client();
    let link = client
        .generate_one_time_link(&id(), None, &key())
        .await
        .unwrap();
    assert_eq!(link.short_url.unwrap().expose(), "https://perso.na/a");
    client
        .generate_one_time_link(&id(), Some(Duration::from_mins(10)), &key())
        .await
        .unwrap();

    let seen = server.seen();
    assert!(
        seen[0]
            .line
            .starts_with("POST /api/v1/inquiries/inq_1/generate-one-time-link?")
    );
    assert_eq!(seen[0].body, "");
    assert_eq!(seen[1].body, r#"{"meta":{"expires-in-seconds":600}}"#);
}

#[tokio::test]
async fn a_one_time_link_that_is_missing_or_no_web_address_is_an_error() {
    let reply = |link| {
        Reply::json(
            200,
            &json!({ "data": inquiry(), "meta": { "one-time-link": link } }),
        )
    };
    let bad = [
        "javascript:alert()",
        "ftp://alert.example/",
        "alert",
        "/alert",
    ];
    let script = [reply(None)]
        .into_iter()
        .chain(bad.map(|link| reply(Some(link))));
    let server = Server::start(script.collect()).await;
    let client = server.client();
    let missing = client
        .generate_one_time_link(&id(), None, &key())
        .await
        .unwrap_err();
    assert!(matches!(missing, Error::MissingOneTimeLink { .. }));
    for link in bad {
        let error = client
            .generate_one_time_link(&id(), None, &key())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::MalformedAnswer { .. }), "{link}");
        assert!(!error.to_string().contains("alert"), "{error}");
    }
}

#[tokio::test]
async fn steps_are_simulated_in_order() {
    let server = Server::start(vec![Reply::json(200, &json!({ "data": inquiry() }))]).await;
    let actions = [
        SimulateAction::Start,
        SimulateAction::PassVerification("vtmpl_1".to_owned()),
    ];
    server.client().simulate(&id(), &actions).await.unwrap();
    insta::assert_snapshot!(server.seen()[0].body, @r#"{"meta":{"simulate-actions":[{"type":"start_inquiry"},{"data":{"verification-template-id":"vtmpl_1"},"type":"create_passed_verification"}]}}"#);
}

#[test]
fn an_identifier_is_opaque_but_safe_in_a_path() {
    let longest = "x".repeat(128);
    for good in [
        "inq_zEx4jL84ShbUyuwX6AzPSqt6",
        "new-prefix_1",
        longest.as_str(),
    ] {
        assert_eq!(InquiryId::parse(good).unwrap().as_str(), good);
    }
    let too_long = "x".repeat(129);
    for bad in [
        "",
        "inq_1/resume",
        "..",
        "inq 1",
        "inq_é",
        "inq_1?x",
        too_long.as_str(),
    ] {
        assert!(InquiryId::parse(bad).is_err(), "{bad}");
        assert!(
            serde_json::from_value::<InquiryId>(json!(bad)).is_err(),
            "{bad}"
        );
    }
}
