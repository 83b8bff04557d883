//! Webhooks out: endpoints, signatures, the queue of deliveries and their retries (docs.withpersona.com/webhooks).

use std::collections::BTreeSet;

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::later;
use crate::event::Event;
use crate::hmac_sha256;
use crate::resource;
use crate::state::State;

/// Seconds until each retry after a failed attempt; eight attempts in all.
const RETRY_AFTER: [i64; 7] = [3, 64, 729, 4_096, 15_625, 46_656, 117_649];

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

/// What is done wrong on purpose to webhooks on their way out.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookFaults {
    /// Every delivery is sent twice.
    pub duplicate: bool,
    /// What is due at the same time is sent newest first.
    pub reorder: bool,
    /// The signature is made with another secret.
    pub bad_signature: bool,
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// The endpoint, `wbh_…`.
    pub webhook: String,
    /// The event, `evt_…`.
    pub event: String,
    /// The event's name.
    pub name: String,
    /// How often it was sent.
    pub attempts: u32,
    /// The last answer's HTTP status; `None` before the first answer and when there was none.
    pub last_status: Option<u16>,
    /// Whether an answer was 200, 201, 202 or 204.
    pub delivered: bool,
    /// When it is sent next; `None` once delivered or given up.
    pub due_at: Option<Timestamp>,
    #[serde(skip)]
    pub(crate) first_attempted_at: Option<Timestamp>,
    #[serde(skip)]
    pub(crate) body: Bytes,
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

/// Endpoints and deliveries.
#[derive(Default)]
pub(crate) struct Webhooks {
    pub(crate) endpoints: Vec<Webhook>,
    pub(crate) deliveries: Vec<Delivery>,
    /// The deliveries that wait, by the time that they are due and their index.
    queue: BTreeSet<(Timestamp, usize)>,
    pub(crate) faults: WebhookFaults,
    /// Whether everything waits until it is let go.
    pub(crate) held: bool,
    /// How many requests are on their way.
    pub(crate) in_flight: usize,
}

impl Webhooks {
    /// Queues an event for every endpoint that wants it.
    pub(crate) fn enqueue(&mut self, event: &Event, now: Timestamp) {
        let wants = |webhook: &&Webhook| {
            webhook.status == WebhookStatus::Enabled
                && webhook
                    .enabled_events
                    .iter()
                    .any(|name| name == "*" || name == event.name)
        };
        let webhooks: Vec<_> = self
            .endpoints
            .iter()
            .filter(wants)
            .map(|webhook| webhook.id.clone())
            .collect();
        if webhooks.is_empty() {
            return;
        }
        let body = Bytes::from(json!({ "data": resource::event(event) }).to_string());
        for webhook in webhooks {
            self.queue.insert((now, self.deliveries.len()));
            self.deliveries.push(Delivery {
                webhook,
                event: event.id.clone(),
                name: event.name.to_owned(),
                attempts: 0,
                last_status: None,
                delivered: false,
                due_at: Some(now),
                first_attempted_at: None,
                body: body.clone(),
            });
        }
    }

    /// Whether something could be sent right now.
    pub(crate) fn has_due(&self, now: Timestamp) -> bool {
        !self.held && self.queue.first().is_some_and(|(due, _)| *due <= now)
    }

    /// When the next delivery is due.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.queue
            .first()
            .map(|(due, _)| *due)
            .filter(|_| !self.held)
    }

    /// Whether nothing is due and nothing is on its way.
    pub(crate) fn is_idle(&self, now: Timestamp) -> bool {
        self.in_flight == 0 && !self.has_due(now)
    }

    /// Notes how an attempt ended, and plans the next one.
    pub(crate) fn attempted(&mut self, index: usize, status: Option<u16>, now: Timestamp) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let Some(delivery) = self.deliveries.get_mut(index) else {
            return;
        };
        delivery.last_status = status;
        delivery.delivered = matches!(status, Some(200 | 201 | 202 | 204));
        let retry = usize::try_from(delivery.attempts)
            .ok()
            .and_then(|made| RETRY_AFTER.get(made.saturating_sub(1)));
        delivery.due_at = retry
            .filter(|_| !delivery.delivered)
            .map(|after| later(now, SignedDuration::from_secs(*after)));
        if let Some(due) = delivery.due_at {
            self.queue.insert((due, index));
        }
    }

    /// Stops the pending deliveries of an endpoint, as disabling it does.
    pub(crate) fn cancel(&mut self, webhook: &str) {
        for delivery in self
            .deliveries
            .iter_mut()
            .filter(|delivery| delivery.webhook == webhook)
        {
            delivery.due_at = None;
        }
        let deliveries = &self.deliveries;
        self.queue.retain(|(_, index)| {
            deliveries
                .get(*index)
                .is_some_and(|delivery| delivery.due_at.is_some())
        });
    }

    fn take_due(&mut self, now: Timestamp) -> Vec<usize> {
        let later = self.queue.split_off(&(now, usize::MAX));
        std::mem::replace(&mut self.queue, later)
            .into_iter()
            .map(|(_, index)| index)
            .collect()
    }
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
        let sent_at = self.clock.unmoved().as_second();
        let now = self.now;
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
