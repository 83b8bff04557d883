//! Events: what happened, with the object as it was then (docs.withpersona.com/events).

use jiff::Timestamp;
use serde_json::Value;

/// One event, which webhooks deliver and `/events` lists.
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    /// The ID of the object that it is about.
    pub(crate) object: String,
    pub(crate) created_at: Timestamp,
    /// The object as the API serialised it at that moment.
    pub(crate) data: Value,
}
