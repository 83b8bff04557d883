//! Webhook endpoints: what a company's setup needs of them.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Answer, Call, Reply, present};
use super::error::ApiError;
use super::list::{Page, paginate};
use crate::clock::later;
use crate::resource::time;
use crate::webhook::{Secret, Webhook, WebhookStatus};

/// `GET /webhooks`, without secrets.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let page = Page::from_query(&call.query)?;
    let webhooks: Vec<_> = call.state.webhooks.endpoints.iter().rev().collect();
    Ok(Reply::ok(paginate(
        "webhooks",
        &call.query,
        &page,
        &webhooks,
        |webhook| &webhook.id,
        resource,
    )?))
}

/// `GET /webhooks/{id}`, with secrets.
pub(crate) fn retrieve(call: &mut Call<'_>, id: &str) -> Answer {
    Ok(Reply::ok(with_secrets(find(call, id)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    data: Data,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Attributes {
    name: String,
    url: String,
    enabled_events: Vec<String>,
    #[serde(default)]
    description: Option<String>,
}

/// `POST /webhooks`. As in the documentation's example, a new one is disabled.
pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    let Create {
        data: Data { attributes },
    } = call.body()?;
    if url::Url::parse(&attributes.url).is_err() {
        return Err(ApiError::unprocessable(
            "Url is invalid",
            "/data/attributes/url",
        ));
    }
    let secret = call.state.id("wbhsec");
    let id = call.state.add_webhook(&attributes.url, secret);
    let webhook = find_mut(call, &id)?;
    webhook.status = WebhookStatus::Disabled;
    webhook.name = Some(attributes.name);
    webhook.description = attributes.description;
    webhook.enabled_events = attributes.enabled_events;
    Ok(Reply::created(with_secrets(find(call, &id)?)))
}

/// `POST /webhooks/{id}/enable`, `disable`, `archive` and `rotate-secret`.
pub(crate) fn act(action: &str, call: &mut Call<'_>, id: &str) -> Answer {
    find(call, id)?;
    match action {
        "enable" => set_status(call, id, WebhookStatus::Enabled),
        "disable" => set_status(call, id, WebhookStatus::Disabled),
        "archive" => set_status(call, id, WebhookStatus::Archived),
        "rotate-secret" => rotate(call, id),
        _ => Err(ApiError::not_found()),
    }
}

fn set_status(call: &mut Call<'_>, id: &str, status: WebhookStatus) -> Answer {
    find_mut(call, id)?.status = status;
    if status != WebhookStatus::Enabled {
        call.state.webhooks.cancel(id);
    }
    Ok(Reply::ok(json!({ "data": resource(find(call, id)?) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotate {
    #[serde(default, deserialize_with = "present")]
    meta: Option<RotateMeta>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RotateMeta {
    #[serde(default, deserialize_with = "present")]
    expires_in_seconds: Option<u32>,
}

fn rotate(call: &mut Call<'_>, id: &str) -> Answer {
    let rotate: Rotate = call.body()?;
    let left = rotate
        .meta
        .unwrap_or_default()
        .expires_in_seconds
        .unwrap_or_default();
    let end = later(call.state.now, SignedDuration::from_secs(left.into()));
    let value = call.state.id("wbhsec");
    let webhook = find_mut(call, id)?;
    for secret in &mut webhook.secrets {
        secret.expires_at = Some(secret.expires_at.unwrap_or(Timestamp::MAX).min(end));
    }
    webhook.secrets.insert(
        0,
        Secret {
            value,
            expires_at: None,
        },
    );
    Ok(Reply::ok(with_secrets(find(call, id)?)))
}

fn find<'a>(call: &'a Call<'_>, id: &str) -> Result<&'a Webhook, ApiError> {
    call.state
        .webhooks
        .endpoints
        .iter()
        .find(|webhook| webhook.id == id)
        .ok_or_else(ApiError::not_found)
}

fn find_mut<'a>(call: &'a mut Call<'_>, id: &str) -> Result<&'a mut Webhook, ApiError> {
    call.state
        .webhooks
        .endpoints
        .iter_mut()
        .find(|webhook| webhook.id == id)
        .ok_or_else(ApiError::not_found)
}

fn resource(webhook: &Webhook) -> Value {
    json!({
        "type": "webhook",
        "id": webhook.id,
        "attributes": {
            "status": webhook.status,
            "url": webhook.url,
            "name": webhook.name,
            "description": webhook.description,
            "api-version": "2025-12-08",
            "api-key-inflection": "kebab",
            "api-attributes-blocklist": [],
            "file-access-token-expires-in": 21_600,
            "enabled-events": webhook.enabled_events,
            "payload-filter": null,
            "included-allowlist": { "state": "include_none" },
            "relationship-allowlist": { "state": "include_all" },
            "created-at": time(webhook.created_at),
        },
    })
}

fn with_secrets(webhook: &Webhook) -> Value {
    let mut resource = resource(webhook);
    let secrets: Vec<_> = webhook
        .secrets
        .iter()
        .map(|secret| json!({ "value": secret.value, "expires-at": secret.expires_at.map(time) }))
        .collect();
    resource["attributes"]["secret"] = json!(webhook.secrets.first().map(|secret| &secret.value));
    resource["attributes"]["secrets"] = json!(secrets);
    json!({ "data": resource })
}
