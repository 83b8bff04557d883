//! The queue of deliveries: what is due when, what goes wrong with it on purpose, and the retries (docs.withpersona.com/webhooks).

use std::collections::BTreeSet;

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::later;
use crate::event::Event;
use crate::resource;
use crate::webhook::{Webhook, WebhookStatus};

/// Seconds until each retry after a failed attempt; eight attempts in all.
const RETRY_AFTER: [i64; 7] = [3, 64, 729, 4_096, 15_625, 46_656, 117_649];

/// What is done wrong on purpose to webhooks on their way out.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fault of its own, and all go together"
)]
pub struct WebhookFaults {
    /// Every delivery is sent twice.
    pub duplicate: bool,
    /// What is due at the same time is sent newest first.
    pub reorder: bool,
    /// The signature is made with another secret.
    pub bad_signature: bool,
    /// What happens meanwhile is sent to nobody, and never will be.
    pub lose: bool,
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

/// Endpoints and deliveries.
#[derive(Default)]
pub(crate) struct Webhooks {
    pub(crate) endpoints: Vec<Webhook>,
    pub(crate) deliveries: Vec<Delivery>,
    /// The deliveries that wait, by the time that they are due and their index.
    queue: BTreeSet<(Timestamp, usize)>,
    pub(crate) faults: WebhookFaults,
    /// Whether signatures carry the simulated time, because the receiver's clock is moved along.
    pub(crate) signs_by_moved_clock: bool,
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
        if webhooks.is_empty() || self.faults.lose {
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

    /// Takes the deliveries that are due out of the queue, by their index.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<usize> {
        let later = self.queue.split_off(&(now, usize::MAX));
        std::mem::replace(&mut self.queue, later)
            .into_iter()
            .map(|(_, index)| index)
            .collect()
    }
}
