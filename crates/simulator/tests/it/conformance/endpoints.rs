//! The table of every method and path.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::DEFAULT_TEMPLATE;

/// The errors that the specification lists for calls that read one object, list, and write.
const READ: &[u16] = &[400, 401, 403, 404, 429];
const LIST: &[u16] = &[400, 401, 403, 429];
pub(super) const WRITE: &[u16] = &[400, 401, 403, 404, 409, 422, 429];

/// How an answer is wrapped.
pub(super) enum Shape {
    One(&'static str),
    WithMeta(&'static str, &'static str),
    Page(&'static str),
    /// A list without links.
    Bare(&'static str),
}

use Shape::{Bare, One, Page, WithMeta};

pub(super) struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) body: Value,
    pub(super) success: u16,
    pub(super) shape: Shape,
    pub(super) errors: &'static [u16],
}

fn endpoint(
    method: Method,
    path: &'static str,
    body: Value,
    success: u16,
    shape: Shape,
    errors: &'static [u16],
) -> Endpoint {
    Endpoint {
        method,
        path,
        body,
        success,
        shape,
        errors,
    }
}

/// One row for each method and path. `{pending}` and the like stand for seeded objects.
pub(super) fn inquiry_endpoints() -> Vec<Endpoint> {
    let get = |path, shape, errors| endpoint(Method::GET, path, Value::Null, 200, shape, errors);
    let post = |path, body, shape| endpoint(Method::POST, path, body, 200, shape, WRITE);
    let create = json!({ "data": { "attributes": { "inquiry-template-id": DEFAULT_TEMPLATE } } });
    let change = json!({ "data": { "attributes": { "note": "x" } } });
    let start = json!({ "meta": { "simulate-actions": [{ "type": "start_inquiry" }] } });
    vec![
        get("inquiries", Page("inquiry"), LIST),
        endpoint(
            Method::POST,
            "inquiries",
            create,
            201,
            WithMeta("inquiry", "creation-meta"),
            WRITE,
        ),
        get("inquiries/{created}", One("inquiry"), READ),
        endpoint(
            Method::PATCH,
            "inquiries/{created}",
            change,
            200,
            One("inquiry"),
            WRITE,
        ),
        endpoint(
            Method::DELETE,
            "inquiries/{done}",
            Value::Null,
            200,
            One("inquiry"),
            WRITE,
        ),
        post("inquiries/search", json!({}), Page("inquiry")),
        post(
            "inquiries/{expired}/resume",
            json!({ "meta": {} }),
            WithMeta("inquiry", "token-meta"),
        ),
        post(
            "inquiries/{pending}/generate-one-time-link",
            json!({}),
            WithMeta("inquiry", "link-meta"),
        ),
        post(
            "inquiries/{created}/perform-simulate-actions",
            start,
            One("inquiry"),
        ),
        post(
            "inquiries/{pending}/add-tag",
            json!({ "meta": { "tag-name": "a" } }),
            One("inquiry"),
        ),
        post(
            "inquiries/{pending}/remove-tag",
            json!({ "meta": { "tag-name": "a" } }),
            One("inquiry"),
        ),
        post(
            "inquiries/{pending}/set-tags",
            json!({ "meta": { "tag-name": ["b"] } }),
            One("inquiry"),
        ),
        post("inquiries/{pending}/expire", json!({}), One("inquiry")),
        post(
            "inquiries/{pending}/mark-for-review",
            json!({}),
            One("inquiry"),
        ),
        post(
            "inquiries/{pending}/approve",
            json!({ "meta": { "comment": "x" } }),
            One("inquiry"),
        ),
        post("inquiries/{pending}/decline", json!({}), One("inquiry")),
    ]
}

pub(super) fn other_endpoints() -> Vec<Endpoint> {
    let get = |path, shape, errors| endpoint(Method::GET, path, Value::Null, 200, shape, errors);
    let post = |path, body, shape| endpoint(Method::POST, path, body, 200, shape, WRITE);
    let session = json!({ "data": { "attributes": { "inquiry-id": "{pending}" } } });
    let webhook = json!({ "name": "x", "url": "http://localhost:9/", "enabled-events": ["*"] });
    let hook = json!({ "data": { "attributes": webhook } });
    vec![
        get("inquiry-sessions", Page("inquiry-session"), LIST),
        endpoint(
            Method::POST,
            "inquiry-sessions",
            session,
            201,
            One("inquiry-session"),
            WRITE,
        ),
        get("inquiry-sessions/{session}", One("inquiry-session"), READ),
        post(
            "inquiry-sessions/{session}/generate-one-time-link",
            json!({}),
            WithMeta("inquiry-session", "link-meta"),
        ),
        post(
            "inquiry-sessions/{session}/expire",
            json!({}),
            One("inquiry-session"),
        ),
        post(
            "inquiry-sessions/expire-all",
            json!({ "meta": { "inquiry-ids": ["{pending}"] } }),
            Bare("inquiry-session"),
        ),
        get("events", Page("event"), LIST),
        get("events/{event}", One("event"), READ),
        get("rate-limits", Bare("rate-limit"), LIST),
        get("webhooks", Page("webhook"), LIST),
        endpoint(
            Method::POST,
            "webhooks",
            hook,
            201,
            One("webhook-with-secret"),
            WRITE,
        ),
        get("webhooks/{webhook}", One("webhook-with-secret"), READ),
        post("webhooks/{webhook}/enable", json!({}), One("webhook")),
        post("webhooks/{webhook}/disable", json!({}), One("webhook")),
        post(
            "webhooks/{webhook}/rotate-secret",
            json!({}),
            One("webhook-with-secret"),
        ),
        post("webhooks/{webhook}/archive", json!({}), One("webhook")),
    ]
}

pub(super) fn production_endpoints() -> Vec<Endpoint> {
    let get = |path, shape, errors| endpoint(Method::GET, path, Value::Null, 200, shape, errors);
    vec![
        get("inquiry-templates", Page("inquiry-template"), LIST),
        get(
            "inquiry-templates/{template}",
            One("inquiry-template"),
            READ,
        ),
        get(
            "inquiry-template-versions?filter%5Binquiry-template-id%5D={template}",
            Page("inquiry-template-version"),
            READ,
        ),
    ]
}
