//! The company's own gateway for short messages and whatever else it sends: it is told by a webhook, signed as Standard
//! Webhooks describes (<https://www.standardwebhooks.com>), and knows a second copy by its `webhook-id`.

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use reqwest::{
    Client, RequestBuilder, StatusCode,
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

/// What a gateway is asked when nothing is to be sent: whether it takes what we sign.
const TEST: &[u8] = br#"{"kind":"test"}"#;

/// Tells one gateway; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    client: Client,
    url: SecretString,
    signer: Arc<Webhook>,
}

impl Gateway {
    /// The gateway of the settings, if they name one.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(settings: &config::Sms) -> Result<Option<Self>, reqwest::Error> {
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
        let Some(request) = self.request(short.id, now, body) else {
            return Outcome::given_up("unusable");
        };
        match request.send().await {
            Ok(response) => of_status(
                response.status(),
                response.headers().contains_key(RETRY_AFTER),
            ),
            Err(_) => Outcome::Failed("unreachable".to_owned()),
        }
    }

    /// Asks the gateway whether it takes what we sign, without anything to send; none when it cannot be signed.
    ///
    /// # Errors
    /// When no answer comes; the error does not hold the URL.
    pub async fn try_out(
        &self,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<StatusCode>, reqwest::Error> {
        let Some(request) = self.request(id, now, TEST.to_vec()) else {
            return Ok(None);
        };
        let answer = request.send().await.map_err(reqwest::Error::without_url)?;
        Ok(Some(answer.status()))
    }

    /// A signed request; none when it cannot be signed.
    fn request(&self, id: &str, now: Timestamp, body: Vec<u8>) -> Option<RequestBuilder> {
        let id = format!("msg_{id}");
        let signature = self.signer.sign(&id, now.as_second(), &body).ok()?;
        let request = self.client.post(self.url.expose_secret());
        let request = request
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second())
            .header("webhook-signature", signature);
        Some(request.body(body))
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
