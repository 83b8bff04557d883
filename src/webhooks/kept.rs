//! What is kept of an event: its name, IDs and times, and the state that it shows. Personal data ends here.

use persona::{Event, EventId};
use serde_json::Value;

use crate::{
    inquiries::Said,
    model::event::is_known,
    store::events::{EventRow, IGNORED, PARKED, WAITING, WEBHOOK},
};

/// Longer than any name or ID of Persona's.
const LONGEST: usize = 128;

/// What is kept of an event that we learned of at this time, in ms since 1970, and from which source.
#[must_use]
pub fn kept(event: &Event, now: i64, source: &str) -> EventRow {
    let at = event.created_at.as_millisecond();
    let inquiry_id = event.inquiry_id();
    let is_ours = is_known(&event.name) && event.object_kind == "inquiry" && inquiry_id.is_some();
    let said = is_ours.then(|| event.inquiry()).flatten();
    let said = said.map(|inquiry| Said::of(&inquiry, &event.name, at));
    EventRow {
        id: event.id.to_string(),
        name: plain(&event.name),
        at,
        received_at: now,
        source: source.to_owned(),
        told_at: (source == WEBHOOK).then_some(now),
        object_id: plain(&event.object_id),
        inquiry_id: inquiry_id.map(|id| id.to_string()),
        position: said.as_ref().map_or(0, Said::position),
        said: said.as_ref().and_then(Said::text),
        state: if is_ours { WAITING } else { IGNORED }.to_owned(),
        settled_at: (!is_ours).then_some(now),
        ..EventRow::default()
    }
}

/// What is kept of a body that Persona signed and that is no event as we know them; none when it has no ID by which
/// Persona could be asked for it later.
pub(super) fn unreadable(body: &[u8], why: &str, now: i64) -> Option<EventRow> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let event = &body["data"];
    let id = EventId::parse(event["id"].as_str()?).ok()?;
    let name = event["attributes"]["name"].as_str().unwrap_or_default();
    Some(EventRow {
        id: id.to_string(),
        name: plain(name),
        at: now,
        received_at: now,
        source: WEBHOOK.to_owned(),
        told_at: Some(now),
        state: PARKED.to_owned(),
        settled_at: Some(now),
        result: Some(why.to_owned()),
        ..EventRow::default()
    })
}

/// A name or an ID, and nothing that could be more.
fn plain(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte);
    if text.len() <= LONGEST && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        String::new()
    }
}
