//! The filters of events: all of them in the URL, and nothing else.

use leptos::prelude::*;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use crate::{
    paths,
    store::events::{APPLIED, EventQuery, EventRow, IGNORED, PARKED, WAITING},
};

/// The states, and what they are called.
const STATES: [(&str, &str); 4] = [
    (WAITING, "Waiting"),
    (APPLIED, "Applied"),
    (IGNORED, "Ignored"),
    (PARKED, "Parked"),
];

/// What the URL of the list says. A value that it cannot have is no filter.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Filters {
    #[serde(default)]
    name: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    sweep: String,
    #[serde(default)]
    older: String,
    #[serde(default)]
    done: String,
}

impl Filters {
    /// Whether the list is the whole list, from its beginning.
    pub(super) fn is_plain(&self) -> bool {
        [&self.name, &self.state, &self.sweep, &self.older]
            .iter()
            .all(|value| value.is_empty())
    }

    /// What the store is asked for.
    pub(super) fn query(&self) -> EventQuery {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let state = STATES.iter().find(|(code, _)| *code == self.state);
        let place = self.older.split_once('-');
        EventQuery {
            name: given(&self.name),
            state: state.map(|(code, _)| *code),
            sweep: given(&self.sweep),
            before: place.and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned()))),
        }
    }

    /// The list from behind this event.
    pub(super) fn older(&self, last: &EventRow) -> String {
        let place = format!("{}-{}", last.received_at, last.id);
        let pairs = [
            ("name", self.name.as_str()),
            ("state", &self.state),
            ("sweep", &self.sweep),
            ("older", &place),
        ];
        let set = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query = Serializer::new(String::new()).extend_pairs(set).finish();
        format!("{}?{query}", paths::EVENTS)
    }

    /// The links to other pages.
    pub(super) fn pages(&self, older: Option<String>) -> impl IntoView + use<> {
        let is_first = self.older.is_empty();
        let newest = (!is_first)
            .then(|| view! { <a href=paths::EVENTS rel="first">"Back to the newest"</a> });
        let older = older.map(|href| view! { <a href=href rel="next">"Older"</a> });
        (newest.is_some() || older.is_some())
            .then(|| view! { <nav class="pages" aria-label="Pages">{newest} {older}</nav> })
    }

    /// What a button did.
    pub(super) fn told(&self) -> Option<AnyView> {
        let (text, is_done) = match self.done.as_str() {
            "sweep" => (
                "The sweep has started. What it finds is listed below.",
                true,
            ),
            "busy" => ("A sweep is under way already.", false),
            _ => return None,
        };
        Some(if is_done {
            view! { <p class="done" role="status">{text}</p> }.into_any()
        } else {
            view! { <p class="alert" role="alert">{text}</p> }.into_any()
        })
    }

    /// The form that narrows the list.
    pub(super) fn form(&self, names: &[String]) -> impl IntoView + use<> {
        let names = names.iter().filter(|name| !name.is_empty());
        let names: Vec<_> = names.map(|name| option(name, name, &self.name)).collect();
        let states: Vec<_> = STATES
            .iter()
            .map(|(code, name)| option(code, name, &self.state))
            .collect();
        let sweep = (!self.sweep.is_empty()).then(|| {
            view! {
                <input type="hidden" name="sweep" value=self.sweep.clone() />
                <span class="soft">"Found by one sweep"</span>
            }
        });
        let clear =
            (!self.is_plain()).then(|| view! { <a class="plain" href=paths::EVENTS>"Clear"</a> });
        view! {
            <form class="filters" action=paths::EVENTS aria-label="Filters">
                <label>
                    "Event"
                    <select name="name" data-submit="">
                        {option("", "Any", &self.name)}
                        {names}
                    </select>
                </label>
                <label>
                    "State"
                    <select name="state" data-submit="">
                        {option("", "Any", &self.state)}
                        {states}
                    </select>
                </label>
                {sweep}
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}

/// What a state is called, and its tone.
pub(super) fn state(event: &EventRow) -> (&'static str, &'static str) {
    let name = STATES.iter().find(|(code, _)| *code == event.state);
    let name = name.map_or("Waiting", |(_, name)| *name);
    let tone = match event.state.as_str() {
        APPLIED => "good",
        PARKED => "bad",
        IGNORED => "",
        _ => "wait",
    };
    (name, tone)
}
