//! Objects as Persona's API serialises them, in kebab case.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::event::Event;
use crate::inquiry::{Inquiry, InquiryTemplate};
use crate::session::Session;
use crate::template::{Template, TemplateVersion};

/// An `inquiry` with all its attributes.
pub(crate) fn inquiry(inquiry: &Inquiry) -> Value {
    let (previous_step, next_step) = inquiry.steps();
    json!({
        "type": "inquiry",
        "id": inquiry.id,
        "attributes": {
            "status": inquiry.status,
            "reference-id": inquiry.reference_id,
            "note": inquiry.note,
            "behaviors": {},
            "tags": inquiry.tags,
            "creator": inquiry.creator,
            "reviewer-comment": inquiry.reviewer_comment,
            "created-at": time(inquiry.created_at),
            "updated-at": time(inquiry.updated_at),
            "started-at": inquiry.started_at.map(time),
            "expires-at": inquiry.expires_at.map(time),
            "completed-at": inquiry.completed_at.map(time),
            "failed-at": inquiry.failed_at.map(time),
            "marked-for-review-at": inquiry.marked_for_review_at.map(time),
            "decisioned-at": inquiry.decisioned_at.map(time),
            "expired-at": inquiry.expired_at.map(time),
            "redacted-at": inquiry.redacted_at.map(time),
            "previous-step-name": previous_step,
            "next-step-name": next_step,
            "fields": inquiry.fields,
        },
        "relationships": inquiry_relationships(inquiry),
    })
}

fn inquiry_relationships(inquiry: &Inquiry) -> Value {
    let (legacy, template, version) = match &inquiry.template {
        InquiryTemplate::Legacy(id) => (Some(id), None, None),
        InquiryTemplate::Dynamic { template, version } => (None, Some(template), Some(version)),
    };
    let reviewer = inquiry
        .decisioned_at
        .map(|_| "wfr_SimulatedReview00000000000000".to_owned());
    let sessions: Vec<_> = inquiry
        .sessions
        .iter()
        .map(|id| reference("inquiry-session", id))
        .collect();
    json!({
        "account": to_one("account", inquiry.account.as_ref()),
        "template": to_one("template", legacy),
        "inquiry-template": to_one("inquiry-template", template),
        "inquiry-template-version": to_one("inquiry-template-version", version),
        "transaction": { "data": null },
        "reviewer": to_one("workflow-run", reviewer.as_ref()),
        "reports": { "data": [] },
        "verifications": { "data": [] },
        "sessions": { "data": sessions },
        "documents": { "data": [] },
        "selfies": { "data": [] },
    })
}

/// What only a look at the device would tell; all of it is null here.
const UNKNOWN_OF_DEVICE: [&str; 27] = [
    "ip-address",
    "os-name",
    "os-full-version",
    "device-type",
    "device-name",
    "browser-name",
    "browser-full-version",
    "mobile-sdk-name",
    "mobile-sdk-full-version",
    "device-handoff-method",
    "is-proxy",
    "is-tor",
    "is-datacenter",
    "is-vpn",
    "threat-level",
    "country-code",
    "country-name",
    "region-code",
    "region-name",
    "latitude",
    "longitude",
    "gps-latitude",
    "gps-longitude",
    "gps-precision",
    "ip-connection-type",
    "ip-isp",
    "network-organization",
];

/// An `inquiry-session`.
pub(crate) fn session(session: &Session, now: Timestamp) -> Value {
    let mut attributes: serde_json::Map<_, _> = UNKNOWN_OF_DEVICE
        .iter()
        .map(|key| ((*key).to_owned(), Value::Null))
        .collect();
    attributes.insert("user-agent".to_owned(), json!(session.user_agent));
    attributes.insert("status".to_owned(), json!(session.status(now)));
    attributes.insert("created-at".to_owned(), json!(time(session.created_at)));
    attributes.insert("started-at".to_owned(), json!(session.started_at.map(time)));
    attributes.insert(
        "expired-at".to_owned(),
        json!(session.expired_at(now).map(time)),
    );
    json!({
        "type": "inquiry-session",
        "id": session.id,
        "attributes": attributes,
        "relationships": {
            "inquiry": { "data": reference("inquiry", &session.inquiry) },
            "device": { "data": null },
            "network": { "data": null },
        },
    })
}

/// An `event`, which is also what a webhook delivers.
pub(crate) fn event(event: &Event) -> Value {
    json!({
        "type": "event",
        "id": event.id,
        "attributes": {
            "name": event.name,
            "payload": { "data": event.data },
            "created-at": time(event.created_at),
            "context": {},
        },
    })
}

/// An `inquiry-template`.
pub(crate) fn template(template: &Template) -> Value {
    let latest = template.latest().map(|version| &version.id);
    json!({
        "type": "inquiry-template",
        "id": template.id,
        "attributes": {
            "name": template.name,
            "status": if template.active { "active" } else { "inactive" },
            "embedded-flow-domain-allowlist": template.allowed_domains,
            "hosted-flow-subdomains": [],
            "hosted-flow-redirect-uri-schemes": ["https"],
            "field-schemas": [],
        },
        "relationships": { "latest-published-version": to_one("inquiry-template-version", latest) },
    })
}

/// An `inquiry-template-version`.
pub(crate) fn template_version(template: &Template, version: &TemplateVersion) -> Value {
    let live = template
        .latest()
        .is_some_and(|latest| latest.id == version.id);
    let at = time(version.published_at);
    json!({
        "type": "inquiry-template-version",
        "id": version.id,
        "attributes": {
            "name-display": template.name,
            "description": null,
            "status": "published",
            "live": live,
            "last-updater": null,
            "enabled-locales": ["en-US", "es-MX", "ar-AE"],
            "created-at": at,
            "updated-at": at,
            "published-at": at,
            "theme": {},
        },
        "relationships": { "inquiry-template": { "data": reference("inquiry-template", &template.id) } },
    })
}

/// An `account`, as far as an inquiry's `include=account` needs one.
pub(crate) fn account(id: &str, reference_id: Option<&str>, at: Timestamp) -> Value {
    json!({
        "type": "account",
        "id": id,
        "attributes": {
            "reference-id": reference_id,
            "account-type-name": "User",
            "created-at": time(at),
            "updated-at": time(at),
            "redacted-at": null,
            "fields": {},
            "tags": [],
        },
        "relationships": { "account-type": { "data": null } },
    })
}

/// A resource's type and ID.
pub(crate) fn reference(kind: &str, id: &str) -> Value {
    json!({ "type": kind, "id": id })
}

/// RFC 3339 with milliseconds, as all of Persona's timestamps are.
pub(crate) fn time(at: Timestamp) -> String {
    format!("{at:.3}")
}

fn to_one(kind: &str, id: Option<&String>) -> Value {
    json!({ "data": id.map(|id| reference(kind, id)) })
}
