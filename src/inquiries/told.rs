//! Events applied: an inquiry becomes what the newest event of it says, whatever came in which order.
//!
//! Nothing here depends on what was applied before: the state follows from the newest event, the receipt from the first
//! that shows the person done, and each event has an entry of its own in the ledger.

use super::said::Said;
use crate::{
    id::id_of,
    model::event::ledger_name,
    staff::Actor,
    store::{
        Change, Result,
        events::{self, EventRow},
        inquiries,
        ledger::{self, LedgerRow},
        links, milestones,
        receipts::{self, ReceiptRow},
        templates,
    },
};

/// Applies an event to its inquiry; it may be done twice. True when the inquiry is now as the event says, false when
/// something newer is known.
///
/// # Errors
/// When the database cannot write.
pub fn tell(change: &Change<'_>, event: &EventRow, inquiry: &str) -> Result<bool> {
    let link = finish(change, inquiry)?;
    let newest = keep_newest(change, inquiry)?;
    record(change, event, inquiry, link)?;
    Ok(newest.as_ref() == Some(&event.id))
}

/// The ID of an event's entry in the ledger.
#[must_use]
pub fn entry_id(event: &EventRow) -> String {
    id_of(event.received_at, event.position, &event.id)
}

/// Writes the receipt of a person who finished by a link of ours and never came back; gives the link.
fn finish(change: &Change<'_>, inquiry: &str) -> Result<Option<String>> {
    let Some(link_id) = links::last_resumed(change, inquiry)? else {
        return Ok(None);
    };
    if let Some((end, said)) = read(events::first_end(change, inquiry)?) {
        let receipt = ReceiptRow {
            inquiry_id: inquiry.to_owned(),
            link_id: link_id.clone(),
            status: said.status,
            verified_at: end.at,
            event_id: Some(end.id),
        };
        if receipts::tell(change, &receipt)? {
            milestones::finish_told(change, &link_id, end.at)?;
        }
    }
    Ok(Some(link_id))
}

/// Lets the inquiry be as its newest event says; gives that event, or none when the inquiry was read since.
fn keep_newest(change: &Change<'_>, inquiry: &str) -> Result<Option<String>> {
    let Some((newest, said)) = read(events::newest(change, inquiry)?) else {
        return Ok(None);
    };
    let row = said.row(inquiry, &newest);
    if let Some(template) = &row.template_id {
        templates::note(change, template)?;
    }
    if !inquiries::keep_newer(change, &row)? {
        return Ok(None);
    }
    // A decision stays one when the inquiry moves on, as when it is redacted.
    if let Some((event, said)) = read(events::last_decision(change, inquiry)?) {
        let decided_at = said.decided_at.unwrap_or(event.at);
        milestones::decide_told(change, &said.row(inquiry, &event), decided_at)?;
    }
    Ok(Some(newest.id))
}

/// An event with what it says.
fn read(event: Option<EventRow>) -> Option<(EventRow, Said)> {
    let event = event?;
    Said::read(&event).map(|said| (event, said))
}

/// Only the end belongs to a link: whoever expires or decides does so by none.
fn record(
    change: &Change<'_>,
    event: &EventRow,
    inquiry: &str,
    link: Option<String>,
) -> Result<()> {
    let id = entry_id(event);
    let Some(name) = ledger_name(&event.name) else {
        return Ok(());
    };
    if ledger::has(change, &id)? {
        return Ok(());
    }
    let is_end = matches!(name, "completed" | "failed");
    let entry = LedgerRow {
        id,
        inquiry_id: inquiry.to_owned(),
        link_id: link.filter(|_| is_end),
        at: event.at,
        event: name.to_owned(),
        detail: None,
        actor: Some(Actor::Persona.to_string()),
    };
    ledger::add(change, &entry)
}
