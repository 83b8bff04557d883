//! The audit as a table: a row says when, who, what, to what, why, and what changed.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde_json::{Map, Value};

use super::{Filters, Found, Names, Place};
use crate::{ops::time::Reader, store::audit::AuditRow};

/// What the table is made of.
pub(super) struct Table<'a> {
    pub(super) found: &'a Found,
    pub(super) names: &'a Names,
    pub(super) reader: &'a Reader,
    pub(super) filters: &'a Filters,
}

impl Table<'_> {
    pub(super) fn view(&self) -> AnyView {
        if self.found.rows.is_empty() {
            return self.nothing().into_any();
        }
        let rows: Vec<_> = self.found.rows.iter().map(|row| self.row(row)).collect();
        view! {
            <div class="scroll" role="region" aria-label="Entries" tabindex="0">
                <table class="audit">
                    <thead>
                        <tr>
                            <th scope="col">"No."</th>
                            <th scope="col">"When"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"To what"</th>
                            <th scope="col">"Why"</th>
                            <th scope="col">"Change"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {self.pages()}
        }
        .into_any()
    }

    fn row(&self, row: &AuditRow) -> impl IntoView + use<> {
        let hash = format!("Hash {}", row.hash);
        let note = row
            .note
            .clone()
            .map(|note| view! { <small class="note">{note}</small> });
        view! {
            <tr>
                <th scope="row" class="number" title=hash>{row.seq}</th>
                <td data-label="When" class="number">{self.reader.exact(row.at)}</td>
                <td data-label="Who">{self.names.view(&row.actor)}</td>
                <td data-label="What">{row.act.replace('-', " ")}</td>
                <td data-label="To what">{self.names.view(&row.object)}</td>
                <td data-label="Why">{row.reason.as_deref().map(|reason| reason.replace('-', " "))} {note}</td>
                <td data-label="Change">{changes(row, self.reader)}</td>
            </tr>
        }
    }

    fn pages(&self) -> impl IntoView + use<> {
        let rows = &self.found.rows;
        let newer = rows.first().filter(|_| self.found.has_newer);
        let older = rows.last().filter(|_| self.found.has_older);
        let link = |href: Option<String>, name: &'static str, rel: &'static str| match href {
            Some(href) => view! { <a href=href rel=rel>{name}</a> }.into_any(),
            None => view! { <span class="soft" aria-disabled="true">{name}</span> }.into_any(),
        };
        let newer = newer.map(|row| self.filters.at(Place::After(row.seq)));
        let older = older.map(|row| self.filters.at(Place::Before(row.seq)));
        view! {
            <nav class="pages" aria-label="Pages">
                {link(newer, "Newer", "prev")}
                {link(older, "Older", "next")}
            </nav>
        }
    }

    /// An empty list says why it is empty and what fills it.
    fn nothing(&self) -> impl IntoView + use<> {
        let (heading, text) = if self.filters.is_narrow() {
            (
                "Nothing matches",
                "No entry has all that these filters ask for.",
            )
        } else {
            (
                "Nothing was done yet",
                "Everything that staff, commands and Leftoff itself do is written here.",
            )
        };
        let clear = self.filters.is_narrow().then(|| {
            view! { <p><a href=Filters::default().at(Place::Newest)>"Clear the filters"</a></p> }
        });
        view! {
            <section class="empty">
                <h2>{heading}</h2>
                <p>{text}</p>
                {clear}
            </section>
        }
    }
}

/// What is other than before, one thing a line.
fn changes(row: &AuditRow, reader: &Reader) -> impl IntoView + use<> {
    let object = |text: &Option<String>| -> Map<String, Value> {
        let text = text.as_deref().unwrap_or_default();
        serde_json::from_str(text).unwrap_or_default()
    };
    let (before, after) = (object(&row.before), object(&row.after));
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    // What was never there and is not there now is no change.
    let is_set = |value: Option<&Value>| value.is_some_and(|value| !value.is_null());
    let lines: Vec<_> = keys
        .into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .filter(|key| is_set(before.get(*key)) || is_set(after.get(*key)))
        .map(|key| {
            let text = |value: &Value| match value.as_i64().filter(|_| key.ends_with("_at")) {
                Some(at) => reader.text(at),
                None => text(value),
            };
            let was = before.get(key).map(|value| view! { <del>{text(value)}</del> });
            let is = after.get(key).map(|value| view! { <ins>{text(value)}</ins> });
            // What is gone became nothing else.
            let was = was.map(|was| (was, is.is_some().then_some(" → ")));
            view! { <li><span class="soft">{key.replace(['_', '-'], " ")}</span> " " {was} {is}</li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="changes">{lines}</ul> })
}

/// A value in a word or two; the whole of it is in the export.
fn text(value: &Value) -> String {
    /// A hash is told by its beginning.
    const LONGEST: usize = 40;
    let text = match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(values) if values.is_empty() => "none".to_owned(),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            values.join(", ")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
