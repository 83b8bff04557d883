//! The company's own gateway for short messages and whatever else it sends: it is told by a webhook, signed as Standard
//! Webhooks describes (<https://www.standardwebhooks.com>), and knows a second copy by its `webhook-id`.

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use reqwest::{
    Client, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use standardwebhooks::Webhook;

use super::settle::Outcome;
use crate::config;

/// What the gateway is told. It holds a number and a link, so it has no `Debug`.
#[derive(Serialize)]
pub(super) struct Short<'a> {
    /// The message's ID.
    pub(super) id: &'a str,
    /// Why the person is written to.
    pub(super) kind: &'static str,
    /// Their number.
    pub(super) to: &'a str,
    /// What they read.
    pub(super) text: String,
    /// Its language, as a BCP 47 tag.
    pub(super) language: String,
}

/// Tells one gateway; cheap to clone.
#[derive(Clone)]
pub(super) struct Gateway {
    client: Client,
    url: SecretString,
    signer: Arc<Webhook>,
}

impl Gateway {
    /// The gateway of the settings, if they name one.
    pub(super) fn new(settings: &config::Sms) -> Result<Option<Self>, reqwest::Error> {
        let (Some(url), Some(secret)) = (&settings.url, &settings.secret) else {
            return Ok(None);
        };
        // The settings were checked, so that it can be read.
        let Ok(signer) = Webhook::new(secret.expose_secret()) else {
            return Ok(None);
        };
        let client = Client::builder()
            .timeout(settings.timeout())
            .redirect(Policy::none())
            .build()?;
        Ok(Some(Self {
            client,
            url: url.clone(),
            signer: Arc::new(signer),
        }))
    }

    /// Hands a message over; it is sent when the gateway took it.
    pub(super) async fn send(&self, short: &Short<'_>, now: Timestamp) -> Outcome {
        let Ok(body) = serde_json::to_vec(short) else {
            return Outcome::given_up("unusable");
        };
        let id = format!("msg_{}", short.id);
        let Ok(signature) = self.signer.sign(&id, now.as_second(), &body) else {
            return Outcome::given_up("unusable");
        };
        let request = self
            .client
            .post(self.url.expose_secret())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second())
            .header("webhook-signature", signature)
            .body(body);
        match request.send().await {
            Ok(response) => of_status(
                response.status(),
                response.headers().contains_key(RETRY_AFTER),
            ),
            Err(_) => Outcome::Failed("unreachable".to_owned()),
        }
    }
}

/// A refusal of this very message is final; a gateway that is busy or broken is asked again.
fn of_status(status: StatusCode, asks_for_patience: bool) -> Outcome {
    let code = format!("gateway-{}", status.as_u16());
    let is_passing = matches!(status.as_u16(), 401 | 403 | 404 | 407 | 408 | 425 | 429);
    if status.is_success() {
        Outcome::Sent
    } else if status.is_client_error() && !is_passing && !asks_for_patience {
        Outcome::Bounced(code)
    } else {
        Outcome::Failed(code)
    }
}

impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gateway(…)")
    }
}
