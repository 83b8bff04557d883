//! Choosing inquiries of the queue for an act on many at once.

use leptos::prelude::*;

use super::Filters;
use crate::{model::bulk::BulkAct, paths};

/// The box that ticks all the others.
pub(super) fn all() -> impl IntoView {
    view! {
        <th scope="col" class="pick">
            <input type="checkbox" data-all="inquiry" aria-label="Tick all on this page" />
        </th>
    }
}

/// The box of one inquiry.
pub(super) fn one(id: &str) -> impl IntoView + use<> {
    let label = format!("Tick {id}");
    view! {
        <td class="pick">
            <input type="checkbox" name="inquiry" value=id.to_owned() aria-label=label />
        </td>
    }
}

/// The table in a form, and what can be done with what is ticked in it. Nothing happens before the dry run was seen.
pub(super) fn form(filters: &Filters, matching: &str, table: AnyView) -> impl IntoView + use<> {
    let acts: Vec<_> = BulkAct::ALL
        .iter()
        .map(|act| view! { <option value=act.code()>{act.words()}</option> })
        .collect();
    let everything = format!("All {matching} that match this view");
    view! {
        <form method="post" action=paths::BULKS>
            <input type="hidden" name="query" value=filters.kept() />
            {table}
            <div class="bar" role="group" aria-label="Act on many at once">
                <label>
                    "With"
                    <select name="scope">
                        <option value="ticked">"Those ticked"</option>
                        <option value="all">{everything}</option>
                    </select>
                </label>
                <label>
                    "Do"
                    <select name="act">{acts}</select>
                </label>
                <button type="submit">"Dry run…"</button>
            </div>
        </form>
    }
}
