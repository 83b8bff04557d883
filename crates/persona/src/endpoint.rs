//! Webhook endpoints: where Persona sends its events to.

use serde::Deserialize;

use crate::document::{Resource, null_as_default};
use crate::list::{self, Page, PageRequest};
use crate::request::Call;
use crate::{Client, EndpointStatus, Error};

/// An endpoint that Persona sends events to (docs.withpersona.com/webhooks). Its secrets are not listed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WebhookEndpoint {
    /// Its identifier.
    pub id: String,
    /// Its settings.
    pub attributes: WebhookEndpointAttributes,
}

/// The settings of a webhook endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct WebhookEndpointAttributes {
    /// Whether it gets events.
    pub status: EndpointStatus,
    /// Where events are posted to.
    #[serde(default, deserialize_with = "null_as_default")]
    pub url: String,
    /// The names of the events that it gets; `*` stands for all.
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled_events: Vec<String>,
    /// The version of the API in whose shape it gets them.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Attributes that are left out (docs.withpersona.com/webhook-attribute-blocklists).
    #[serde(default, deserialize_with = "null_as_default")]
    pub api_attributes_blocklist: Vec<String>,
}

impl WebhookEndpointAttributes {
    /// Whether it gets events of this name.
    #[must_use]
    pub fn gets(&self, event: &str) -> bool {
        self.enabled_events
            .iter()
            .any(|enabled| enabled == "*" || enabled == event)
    }
}

impl Client {
    /// Lists webhook endpoints; the key needs the permission `webhook.read` (docs.withpersona.com/api-keys).
    pub async fn list_webhook_endpoints(
        &self,
        page: &PageRequest,
    ) -> Result<Page<WebhookEndpoint>, Error> {
        let call = Call::get("list_webhook_endpoints", &["webhooks"]).page(page);
        list::read(&self.send(call).await?, self.api_url(), |resource| {
            let Resource { id, attributes, .. } = resource;
            Ok(WebhookEndpoint { id, attributes })
        })
    }
}
