//! Webhooks out: endpoints, and the requests that they get (docs.withpersona.com/webhooks).

use axum::body::Bytes;
use jiff::Timestamp;
use serde::Serialize;

use crate::hmac_sha256;
use crate::state::State;

/// An endpoint.
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) url: String,
    pub(crate) status: WebhookStatus,
    /// Newest first; all but the first have an end.
    pub(crate) secrets: Vec<Secret>,
    pub(crate) enabled_events: Vec<String>,
    pub(crate) created_at: Timestamp,
}

/// A signing secret and until when it still signs.
pub(crate) struct Secret {
    pub(crate) value: String,
    pub(crate) expires_at: Option<Timestamp>,
}

/// Whether an endpoint gets events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WebhookStatus {
    Enabled,
    Disabled,
    Archived,
}

/// A request that the sender makes.
pub(crate) struct Outgoing {
    /// Which delivery it belongs to.
    pub(crate) index: usize,
    pub(crate) url: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
    pub(crate) copies: usize,
}

impl State {
    /// Adds an enabled endpoint for all events.
    pub(crate) fn add_webhook(&mut self, url: &str, secret: String) -> String {
        let id = self.id("wbh");
        self.webhooks.endpoints.push(Webhook {
            id: id.clone(),
            name: None,
            description: None,
            url: url.to_owned(),
            status: WebhookStatus::Enabled,
            secrets: vec![Secret {
                value: secret,
                expires_at: None,
            }],
            enabled_events: vec!["*".to_owned()],
            created_at: self.now,
        });
        id
    }

    /// Takes what is due out of the queue, signed for sending now.
    pub(crate) fn take_due_webhooks(&mut self) -> Vec<Outgoing> {
        if !self.webhooks.has_due(self.now) {
            return Vec::new();
        }
        let indices = self.webhooks.take_due(self.now);
        let mut batch: Vec<_> = indices
            .into_iter()
            .filter_map(|index| self.outgoing(index))
            .collect();
        if self.webhooks.faults.reorder {
            batch.reverse();
        }
        self.webhooks.in_flight += batch.len();
        batch
    }

    fn outgoing(&mut self, index: usize) -> Option<Outgoing> {
        let now = self.now;
        let sent_at = if self.webhooks.signs_by_moved_clock {
            now
        } else {
            self.clock.unmoved()
        };
        let sent_at = sent_at.as_second();
        let delivery = self.webhooks.deliveries.get_mut(index)?;
        let webhook = self
            .webhooks
            .endpoints
            .iter()
            .find(|webhook| webhook.id == delivery.webhook)?;
        delivery.due_at = None;
        delivery.attempts += 1;
        let first = *delivery.first_attempted_at.get_or_insert(now);
        let signature = signature(
            webhook,
            sent_at,
            &delivery.body,
            self.webhooks.faults.bad_signature,
            now,
        );
        Some(Outgoing {
            index,
            url: webhook.url.clone(),
            headers: vec![
                ("Persona-Signature", signature),
                (
                    "Persona-Webhook-Attempts-Made",
                    delivery.attempts.to_string(),
                ),
                (
                    "Persona-Webhook-Attempts-Left",
                    8_u32.saturating_sub(delivery.attempts).to_string(),
                ),
                (
                    "Persona-Webhook-First-Attempted-At",
                    first.as_second().to_string(),
                ),
            ],
            body: delivery.body.clone(),
            copies: if self.webhooks.faults.duplicate { 2 } else { 1 },
        })
    }
}

/// `t=…,v1=…`, one set for each secret that still signs (docs.withpersona.com/webhooks-best-practices).
fn signature(webhook: &Webhook, sent_at: i64, body: &[u8], bad: bool, now: Timestamp) -> String {
    let live = webhook
        .secrets
        .iter()
        .filter(|secret| secret.expires_at.is_none_or(|end| end > now));
    let sets = live.map(|secret| {
        let key = if bad {
            "wbhsec_of-somebody-else"
        } else {
            secret.value.as_str()
        };
        let code = hmac_sha256::sign(key.as_bytes(), &[format!("{sent_at}.").as_bytes(), body]);
        format!("t={sent_at},v1={}", hex::encode(code))
    });
    sets.collect::<Vec<_>>().join(" ")
}
