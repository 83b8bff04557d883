//! What happened to an inquiry, in words.

use leptos::prelude::*;

use super::{facts::sentence, names::Names, time::Reader};
use crate::{
    model::{policy::Obstacle, reason::Reason},
    store::ledger::LedgerRow,
};

/// Entries that the page shows; older ones are in the evidence file.
pub(super) const MOST: i64 = 200;

/// The timeline, newest first.
pub(super) fn view(ledger: &[LedgerRow], names: &Names, reader: &Reader) -> AnyView {
    if ledger.is_empty() {
        let text = "Nothing happened here yet. What the person or the staff does is listed here.";
        return view! { <p class="soft">{text}</p> }.into_any();
    }
    let entries: Vec<_> = ledger
        .iter()
        .map(|entry| view! { <li>{reader.exact(entry.at)} {line(entry, names)}</li> })
        .collect();
    view! { <ol class="timeline">{entries}</ol> }.into_any()
}

/// One entry without its time: what, who, and by which link.
pub(super) fn line(entry: &LedgerRow, names: &Names) -> AnyView {
    let detail = detail(entry);
    let detail = detail.map(|detail| view! { <span class="soft">{detail}</span> });
    let who = entry.actor.as_deref().map(|actor| names.name(actor));
    let who = who.map(|who| view! { <span>"by " {who}</span> });
    let link = entry.link_id.as_deref().map(|id| {
        let href = format!("#link-{id}");
        view! { <a class="id" href=href>{short(id)}</a> }
    });
    view! {
        <span class="event"><strong>{what(&entry.event)}</strong> {detail} {who} {link}</span>
    }
    .into_any()
}

/// The end of a link's ID: enough to tell it from the others.
pub(super) fn short(id: &str) -> String {
    let from = id.len().saturating_sub(6);
    format!("link …{}", id.get(from..).unwrap_or(id))
}

fn what(event: &str) -> String {
    let words = match event {
        "link-created" => "Link made",
        "handed-off" => "Moved to a phone",
        "link-revoked" => "Link revoked",
        "resumed-by-staff" => "Resumed by the staff",
        "resumed-by-api" => "Resumed through the API",
        "bulk-failed" => "Could not be done in a bulk",
        "opened" => "Opened for the first time",
        "reopened" => "Opened again",
        "resumed" => "Resumed by the person",
        "resume-refused" => "Persona would not resume",
        "factor-refused" => "Wrong date of birth",
        "one-time-link-opened" => "Went on at Persona's own page",
        "verified" => "Result read from Persona",
        "cancelled" => "Left the flow",
        "session-lost" => "The session was lost",
        "flow-error" => "The flow broke",
        "camera-denied" => "The camera was denied",
        "frame-stalled" => "The flow did not load",
        "script-blocked" => "The browser blocked the flow",
        "mailed" => "Link mailed",
        "mail-failed" => "Mail not sent",
        "message-sent" => "Message sent",
        "message-bounced" => "Message refused for good",
        "message-given-up" => "Message given up",
        "message-dropped" => "Message not needed any more",
        "message-retried" => "Message tried again",
        "policy-resumed" => "Opened again by a policy",
        "policy-reminded" => "Reminder by a policy",
        "policy-stopped" => "A policy did not act",
        "policy-failed" => "A policy did not succeed",
        "sessions-expired" => "Sessions ended",
        "inquiry-expired" => "Expired by hand",
        "recovery-requested" => "The person asked for a new link",
        "refreshed" => "Read from Persona again",
        "created" => "Made",
        "started" => "Begun",
        "completed" => "Finished",
        "needs-review" => "Put up for review",
        "found-moved" => "Changed at Persona, found by a sweep",
        other => return sentence(other),
    };
    words.to_owned()
}

fn detail(entry: &LedgerRow) -> Option<String> {
    let detail = entry.detail.as_deref()?;
    Some(match entry.event.as_str() {
        "sessions-expired" => format!("{detail} live"),
        "verified" | "found-moved" => sentence(detail),
        "policy-resumed" | "policy-reminded" => return None,
        "policy-stopped" => match Obstacle::parse(detail) {
            Some(obstacle) => obstacle.words().to_owned(),
            None => detail.to_owned(),
        },
        "recovery-requested" => match detail {
            "no-contact" => "Persona holds no contact, so nothing was sent",
            "link-withdrawn" => "the last link was taken back, so nothing was sent",
            "persona-silent" => "Persona did not answer for hours, so nothing was sent",
            "no-session-left" => "all sessions are used, so nothing was sent",
            other => other,
        }
        .to_owned(),
        _ => Reason::words(detail).to_owned(),
    })
}
