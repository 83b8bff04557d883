//! Messages: what a webhook says. It follows from the ledger's entry alone, so each attempt says the same.

use jiff::Timestamp;
use serde::Serialize;

use crate::store::{deliveries::DeliveryRow, ledger::LedgerRow};

/// A webhook's ID and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The same for every attempt at every endpoint.
    pub id: String,
    /// JSON.
    pub body: String,
}

/// The body, in the shape that the standard recommends.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'a str,
    timestamp: String,
    data: Data<'a>,
}

/// IDs and codes; no personal data and no secrets.
#[derive(Default, Serialize)]
struct Data<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inquiry_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_id: Option<&'a str>,
    /// What the ledger calls it, as a type may stand for several of its events.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    /// The kind of who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
}

impl Message {
    /// What is said of an entry.
    pub(super) fn of(delivery: &DeliveryRow, entry: &LedgerRow) -> Self {
        let mut data = Data {
            inquiry_id: Some(&entry.inquiry_id),
            link_id: entry.link_id.as_deref(),
            event: Some(&entry.event),
            by: Some(entry.actor.as_deref().map_or("person", kind)),
            ..Data::default()
        };
        // What the detail is depends on the event.
        let place = match entry.event.as_str() {
            "verified" | "found-moved" => &mut data.status,
            event if event.starts_with("message-") => &mut data.channel,
            _ => &mut data.reason,
        };
        *place = entry.detail.as_deref();
        Self::new(delivery, entry.at, data)
    }

    /// What is said to try an endpoint.
    pub(super) fn of_test(delivery: &DeliveryRow) -> Self {
        let data = Data {
            endpoint_id: Some(&delivery.endpoint_id),
            ..Data::default()
        };
        Self::new(delivery, delivery.created_at, data)
    }

    fn new(delivery: &DeliveryRow, at: i64, data: Data<'_>) -> Self {
        let body = Body {
            r#type: &delivery.event,
            timestamp: Timestamp::from_millisecond(at)
                .unwrap_or_default()
                .to_string(),
            data,
        };
        Self {
            id: format!("msg_{}", delivery.event_id),
            // Texts alone always make JSON.
            body: serde_json::to_string(&body).unwrap_or_default(),
        }
    }
}

/// What somebody is: of `staff:01J…` the word before the colon, so that nobody is named.
fn kind(actor: &str) -> &str {
    actor.split_once(':').map_or(actor, |(kind, _)| kind)
}
