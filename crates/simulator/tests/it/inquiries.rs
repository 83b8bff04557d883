//! Creating, reading, changing and redacting inquiries.

use serde_json::json;
use simulator::{DEFAULT_TEMPLATE, Seed, Status};

use crate::persona::Persona;

#[tokio::test]
async fn a_created_inquiry_has_the_three_meta_keys_and_nulls_for_what_was_not_asked() {
    let persona = Persona::start().await;
    let body = json!({ "data": { "attributes": { "inquiry-template-id": DEFAULT_TEMPLATE } } });
    let answer = persona.post("inquiries", body).await;
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.at("/meta"),
        json!({ "session-token": null, "one-time-link": null, "one-time-link-short": null })
    );
    assert_eq!(answer.at("/data/attributes/status"), "created");
    assert_eq!(
        answer.at("/data/attributes/expires-at"),
        "2026-03-02T12:00:00.000Z"
    );
}

#[tokio::test]
async fn creation_takes_every_documented_attribute_and_meta() {
    let persona = Persona::start().await;
    let body = json!({
        "data": { "attributes": {
            "inquiry-template-id": DEFAULT_TEMPLATE, "creator-email-address": "jane@example.com", "theme-set-id": null,
            "redirect-uri": "https://example.com/done", "note": "A note", "tags": ["vip"],
            "fields": { "name-first": "Ada" }, "initial-step-name": "start",
        } },
        "meta": {
            "auto-create-account": true, "auto-create-account-reference-id": "user-1",
            "auto-create-inquiry-session": true, "auto-create-one-time-link": true,
            "expiration-after-create-interval-seconds": 60, "expiration-after-start-interval-seconds": 120,
            "expiration-after-resume-interval-seconds": 180, "one-time-link-expiration-seconds": null,
        },
    });
    let answer = persona.post("inquiries?include=account", body).await;
    assert_eq!(answer.status, 201);
    assert!(
        answer
            .at("/meta/session-token")
            .as_str()
            .unwrap()
            .starts_with("eyJ")
    );
    assert!(
        answer
            .at("/meta/one-time-link")
            .as_str()
            .unwrap()
            .contains("/verify?code=")
    );
    assert_eq!(answer.at("/data/attributes/reference-id"), "user-1");
    assert_eq!(answer.at("/data/attributes/tags"), json!(["vip"]));
    assert_eq!(
        answer.at("/data/attributes/expires-at"),
        "2026-03-01T12:01:00.000Z"
    );
    assert_eq!(answer.at("/included/0/attributes/reference-id"), "user-1");
}

#[tokio::test]
async fn a_template_that_is_not_known_is_not_found() {
    let persona = Persona::start().await;
    let body = json!({ "data": { "attributes": { "inquiry-template-id": "itmpl_other" } } });
    assert_eq!(persona.post("inquiries", body).await.status, 404);
}

#[tokio::test]
async fn related_objects_come_only_when_asked_for() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let path = format!("inquiries/{inquiry}");
    assert!(persona.get(&path).await.json().get("included").is_none());
    let with = persona
        .get(&format!("{path}?include=inquiry-template,sessions"))
        .await;
    assert_eq!(with.at("/included/0/type"), "inquiry-template");
    assert_eq!(
        persona
            .get(&format!("{path}?include="))
            .await
            .at("/included"),
        json!([])
    );
    assert_eq!(
        persona.get(&format!("{path}?include=friends")).await.status,
        400
    );
}

#[tokio::test]
async fn a_new_template_version_shows_as_drift() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Pending);
    let published = persona
        .control
        .publish_new_template_version(DEFAULT_TEMPLATE);
    let answer = persona
        .get(&format!("inquiries/{inquiry}?include=inquiry-template"))
        .await;
    assert_eq!(
        answer.at("/included/0/relationships/latest-published-version/data/id"),
        published
    );
    assert_ne!(
        answer.at("/data/relationships/inquiry-template-version/data/id"),
        published
    );
}

#[tokio::test]
async fn sparse_fields_leave_only_what_was_named() {
    let persona = Persona::start().await;
    let fields = json!({ "birthdate": "1990-01-31", "name-first": "Ada" })
        .as_object()
        .unwrap()
        .clone();
    let inquiry = persona.control.create_inquiry(&Seed {
        fields,
        ..Seed::default()
    });
    let path = format!("inquiries/{inquiry}?fields%5Binquiry%5D=status,fields.birthdate");
    assert_eq!(
        persona.get(&path).await.at("/data/attributes"),
        json!({ "status": "created", "fields": { "birthdate": { "type": "date", "value": "1990-01-31" } } })
    );
    let camel = persona
        .get(&format!(
            "inquiries/{inquiry}?fields%5Binquiry%5D=status,createdAt"
        ))
        .await;
    assert_eq!(camel.at("/data/attributes").as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn a_change_touches_only_what_was_sent_and_null_clears() {
    let persona = Persona::start().await;
    let inquiry = persona.control.create_inquiry(&Seed {
        status: Status::Completed,
        note: Some("Keep".into()),
        tags: vec!["old".into()],
        ..Seed::default()
    });
    let path = format!("inquiries/{inquiry}");
    let change = json!({ "data": { "attributes": { "tags": ["new"], "fields": { "name-last": "Byron" } } } });
    let answer = persona.patch(&path, change).await;
    assert_eq!(answer.at("/data/attributes/note"), "Keep");
    assert_eq!(answer.at("/data/attributes/tags"), json!(["new"]));
    assert_eq!(
        answer.at("/data/attributes/fields/name-last/value"),
        "Byron"
    );
    let cleared = persona
        .patch(&path, json!({ "data": { "attributes": { "note": null } } }))
        .await;
    assert_eq!(cleared.at("/data/attributes/note"), json!(null));
}

#[tokio::test]
async fn redaction_keeps_the_status_and_takes_the_person_out() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Completed);
    let path = format!("inquiries/{inquiry}");
    let answer = persona.delete(&path).await;
    assert_eq!(answer.at("/data/attributes/status"), "completed");
    assert_eq!(
        answer.at("/data/attributes/redacted-at"),
        "2026-03-01T12:00:00.000Z"
    );
    assert_eq!(
        answer.at("/data/attributes/fields/name-first/value"),
        json!(null)
    );
    for refused in [persona.delete(&path).await, persona.resume(&inquiry).await] {
        assert_eq!(
            (refused.status, refused.at("/errors/0/details")),
            (409, json!("Inquiry already redacted"))
        );
    }
}

#[tokio::test]
async fn tags_are_added_removed_and_replaced() {
    let persona = Persona::start().await;
    let inquiry = persona.seed(Status::Created);
    let tags = |action: &str, body| {
        let path = format!("inquiries/{inquiry}/{action}");
        let persona = &persona;
        async move {
            persona
                .post(&path, json!({ "meta": { "tag-name": body } }))
                .await
                .at("/data/attributes/tags")
        }
    };
    assert_eq!(tags("add-tag", json!("a")).await, json!(["a"]));
    assert_eq!(tags("add-tag", json!("a")).await, json!(["a"]));
    assert_eq!(tags("set-tags", json!(["b", "c"])).await, json!(["b", "c"]));
    assert_eq!(tags("remove-tag", json!("b")).await, json!(["c"]));
}
