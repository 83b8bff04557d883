//! Events: what happened, as webhooks deliver it and as the API lists it.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use crate::document::{Relationships, Resource};
use crate::inflection::to_kebab;
use crate::inquiry::InquiryAttributes;
use crate::list::{self, Page, PageRequest, joined};
use crate::request::Call;
use crate::{Client, Error, EventId, Inquiry, InquiryId};

/// Something that happened (docs.withpersona.com/events).
///
/// Events come at least once and in any order: tell repeats by `id`, and order by `created_at`. Debug output leaves out
/// the payload's attributes, which hold personal data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Event {
    /// The event's own identifier, the same in every delivery of it.
    pub id: EventId,
    /// Its name, such as `inquiry.expired`; an open set.
    pub name: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// The kind of object that it happened to, such as `inquiry`.
    pub object_kind: String,
    /// The identifier of that object.
    pub object_id: String,
    payload: Value,
}

impl Event {
    /// The inquiry concerned: the object itself, or the one that a session belongs to.
    #[must_use]
    pub fn inquiry_id(&self) -> Option<InquiryId> {
        match self.object_kind.as_str() {
            "inquiry" => InquiryId::parse(&self.object_id).ok(),
            _ => self.relationships().one("inquiry"),
        }
    }

    /// The inquiry as it was at the event; `None` when the event concerns something else, or when the webhook's
    /// settings leave out what is needed to read it.
    #[must_use]
    pub fn inquiry(&self) -> Option<Inquiry> {
        let subject = self.payload.get("data")?;
        let resource = Resource::<InquiryAttributes>::deserialize(subject).ok()?;
        let included = self.payload.get("included").and_then(Value::as_array);
        Inquiry::read(resource, included.map_or(&[], Vec::as_slice)).ok()
    }

    /// The whole object concerned, with keys in kebab case; it holds personal data.
    #[must_use]
    pub fn payload(&self) -> &Value {
        &self.payload
    }

    fn relationships(&self) -> Relationships {
        Relationships::deserialize(&self.payload["data"]["relationships"]).unwrap_or_default()
    }

    /// Reads an event object; the error says what is wrong without quoting any of it.
    pub(crate) fn read(resource: Resource<Value>) -> Result<Self, String> {
        if resource.kind != "event" {
            return Err("the object is not an event".to_owned());
        }
        let attributes: Attributes = serde_json::from_value(to_kebab(resource.attributes))
            .map_err(|_| "the event lacks a name or a time")?;
        let subject = &attributes.payload["data"];
        let text = |name: &str| subject[name].as_str().map(str::to_owned);
        Ok(Self {
            id: EventId::parse(resource.id).map_err(|error| error.to_string())?,
            name: attributes.name,
            created_at: attributes.created_at,
            object_kind: text("type").ok_or("the event's payload has no type")?,
            object_id: text("id").ok_or("the event's payload has no identifier")?,
            payload: attributes.payload,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Attributes {
    name: String,
    created_at: Timestamp,
    payload: Value,
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("created_at", &self.created_at)
            .field("object_kind", &self.object_kind)
            .field("object_id", &self.object_id)
            .finish_non_exhaustive()
    }
}

/// Which events to list; what is empty does not narrow
/// (docs.withpersona.com/api-reference/events/list-all-events).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Any of these names.
    pub names: Vec<String>,
    /// About any of these objects.
    pub object_ids: Vec<String>,
    /// Any of these events.
    pub event_ids: Vec<EventId>,
}

impl Client {
    /// Lists events, newest first; they are kept for 30 days at least (docs.withpersona.com/webhooks).
    pub async fn list_events(
        &self,
        filter: &EventFilter,
        page: &PageRequest,
    ) -> Result<Page<Event>, Error> {
        let filters = [
            ("filter[name]", joined(&filter.names, String::as_str)),
            (
                "filter[object-id]",
                joined(&filter.object_ids, String::as_str),
            ),
            ("filter[id]", joined(&filter.event_ids, EventId::as_str)),
        ];
        let mut call = Call::get("list_events", &["events"]).page(page);
        for (name, value) in filters {
            if let Some(value) = value {
                call = call.query(name, &value);
            }
        }
        list::read(&self.send(call).await?, self.api_url(), Event::read)
    }
}
