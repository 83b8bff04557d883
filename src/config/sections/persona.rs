//! Persona: how it is reached, and how what happens there is heard of.

use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use url::Url;

/// How Persona is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// The secret key.
    pub api_key: SecretString,
    /// Base of the REST API.
    pub api_url: Url,
    /// Host of the flow, as the SDK's option `host` takes it; a port only for `localhost`.
    pub flow_host: String,
    /// Hosts that one-time links may lead to; `*.` in front admits every subdomain.
    pub link_hosts: Vec<String>,
    /// Limit of one request, in seconds.
    pub timeout_seconds: u64,
    /// What Persona signs its webhooks with: two while one is rotated, none when there are no webhooks.
    #[serde(default, deserialize_with = "secrets")]
    pub webhook_secrets: Vec<SecretString>,
}

/// A list, or a text with commas between as it comes from a variable or a file.
fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SecretString>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        List(Vec<String>),
        Text(String),
    }
    let texts = match Given::deserialize(deserializer)? {
        Given::List(list) => list,
        Given::Text(text) => text.split(',').map(str::to_owned).collect(),
    };
    let trimmed = texts.iter().map(|text| text.trim());
    let given = trimmed.filter(|text| !text.is_empty());
    Ok(given.map(SecretString::from).collect())
}

impl Persona {
    /// The origin that the flow's frame is loaded from.
    ///
    /// The SDK speaks http only to `localhost` and https to everybody else.
    #[must_use]
    pub fn flow_origin(&self) -> String {
        let scheme = if self.flow_host.starts_with("localhost") {
            "http"
        } else {
            "https"
        };
        format!("{scheme}://{}", self.flow_host)
    }

    /// Limit of one request.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// How Persona's webhooks are watched.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// After so many minutes without a webhook there is an alarm; 0 for none.
    pub silent_minutes: u32,
}

/// How often is looked for what no webhook told of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// From the start of one sweep to that of the next, in minutes; 0 for none but those that somebody starts.
    pub every_minutes: u32,
}
