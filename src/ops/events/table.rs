//! Events as a table, and what came of each in a word or two.

use leptos::prelude::*;

use super::filters::state;
use crate::{
    ops::{said, time::Reader},
    paths,
    store::events::{APPLIED, EventRow, IGNORED, PARKED, SWEEP},
};

/// What the table is made of.
pub(super) struct Table<'a> {
    pub(super) events: &'a [EventRow],
    pub(super) reader: &'a Reader,
    pub(super) label: &'static str,
}

impl Table<'_> {
    pub(super) fn view(&self) -> impl IntoView + use<> {
        let rows: Vec<_> = self.events.iter().map(|event| self.row(event)).collect();
        let label = self.label;
        view! {
            <div class="scroll" role="region" aria-label=label tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Event"</th>
                            <th scope="col">"Inquiry"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"What came of it"</th>
                            <th scope="col">"Told by"</th>
                            <th scope="col">"Happened"</th>
                            <th scope="col">"Received"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }

    fn row(&self, event: &EventRow) -> impl IntoView + use<> {
        let (name, tone) = state(event);
        let inquiry = event
            .inquiry_id
            .clone()
            .map(|id| view! { <a class="id" href=paths::inquiry(&id)>{id.clone()}</a> });
        view! {
            <tr>
                <th scope="row"><a href=paths::of_event(paths::EVENT, &event.id)>{title(event)}</a></th>
                <td data-label="Inquiry">{inquiry}</td>
                <td data-label="State"><span class="badge" data-tone=tone>{name}</span></td>
                <td data-label="What came of it">{said(result(event))}</td>
                <td data-label="Told by">{told_by(event)}</td>
                <td data-label="Happened" class="number">{self.reader.relative(event.at)}</td>
                <td data-label="Received" class="number">{self.reader.relative(event.received_at)}</td>
            </tr>
        }
    }
}

/// What an event is called; one that could not be read by its ID.
pub(super) fn title(event: &EventRow) -> String {
    if event.name.is_empty() {
        event.id.clone()
    } else {
        event.name.clone()
    }
}

/// What came of an event, in words.
pub(super) fn result(event: &EventRow) -> String {
    let result = event.result.as_deref().unwrap_or_default();
    let words = match (event.state.as_str(), result) {
        (APPLIED, "newest") => "The inquiry became what it says",
        (APPLIED, "outdated") => "Something newer was known",
        (IGNORED, _) => "It moves no inquiry",
        (PARKED, cause) => cause,
        (_, _) if event.tries > 0 => "Persona was asked in vain and is asked again",
        _ => "",
    };
    words.to_owned()
}

/// What told of an event first.
pub(super) fn told_by(event: &EventRow) -> &'static str {
    match (event.source.as_str(), event.told_at) {
        (SWEEP, None) => "Sweep, no webhook",
        (SWEEP, Some(_)) => "Sweep, webhook late",
        _ => "Webhook",
    }
}
