//! The queue's filters: all of them in the URL, and nothing else.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use super::title;
use crate::{
    model::need::Need,
    paths,
    state::AppState,
    store::{
        queue::{Cursor, Due, Order, QueueQuery},
        templates::TemplateRow,
    },
};

const HOUR: i64 = 3_600_000;

/// What the URL of a list says. A value that it cannot have is no filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Filters {
    #[serde(default)]
    need: String,
    #[serde(default)]
    template: String,
    #[serde(default)]
    outdated: String,
    #[serde(default)]
    sessions: String,
    #[serde(default)]
    quiet: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    before: String,
}

impl Filters {
    /// The need that is asked for.
    pub(super) fn need(&self) -> Option<Need> {
        Need::parse(&self.need)
    }

    /// What the list is called.
    pub(super) fn title(&self) -> &'static str {
        self.need().map_or("Queue", |need| title(Some(need)))
    }

    /// Whether anything but the need is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        [&self.template, &self.outdated, &self.sessions, &self.quiet]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// What the store is asked for.
    pub(super) fn query(&self, state: &AppState) -> QueueQuery {
        let now = state.clock.now_ms();
        let before = |hours: u32| now - i64::from(hours) * HOUR;
        QueueQuery {
            need: self.need(),
            template_id: Some(self.template.clone()).filter(|id| !id.is_empty()),
            is_outdated: !self.outdated.is_empty(),
            least_sessions: self.sessions.parse().ok(),
            quiet_since: self.quiet.parse().ok().map(before),
            due: Due::at(&state.config.ops, now),
            order: Order::parse(&self.order).unwrap_or_default(),
            from: place(&self.after, false).or_else(|| place(&self.before, true)),
        }
    }

    /// The same list for another need, from its beginning.
    pub(super) fn with_need(&self, need: Option<Need>) -> String {
        Self {
            need: need.map(Need::code).unwrap_or_default().to_owned(),
            ..self.without_place()
        }
        .path()
    }

    /// The same list in another order, from its beginning.
    pub(super) fn with_order(&self, order: Order) -> String {
        Self {
            order: if order == Order::default() {
                String::new()
            } else {
                order.code().to_owned()
            },
            ..self.without_place()
        }
        .path()
    }

    /// The order that is asked for.
    pub(super) fn order(&self) -> Order {
        Order::parse(&self.order).unwrap_or_default()
    }

    /// The same list from another place.
    pub(super) fn at(&self, cursor: &Cursor) -> String {
        let place = format!("{}.{}", cursor.value, cursor.id);
        let mut filters = self.without_place();
        if cursor.is_end {
            filters.before = place;
        } else {
            filters.after = place;
        }
        filters.path()
    }

    /// Whether the list is asked for from another place than its beginning.
    pub(super) fn has_place(&self) -> bool {
        place(&self.after, false).is_some() || place(&self.before, true).is_some()
    }

    /// The same list from its beginning.
    pub(super) fn first_page(&self) -> String {
        self.without_place().path()
    }

    /// The list without filters.
    pub(super) fn without_filters(&self) -> String {
        Self {
            need: self.need.clone(),
            ..Self::default()
        }
        .path()
    }

    /// The filters as a view keeps them: without the place.
    pub(super) fn kept(&self) -> String {
        self.without_place().to_query()
    }

    fn without_place(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            ..self.clone()
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("need", &self.need),
            ("template", &self.template),
            ("outdated", &self.outdated),
            ("sessions", &self.sessions),
            ("quiet", &self.quiet),
            ("order", &self.order),
            ("after", &self.after),
            ("before", &self.before),
        ]
    }

    fn to_query(&self) -> String {
        let set = self
            .pairs()
            .into_iter()
            .filter(|(_, value)| !value.is_empty());
        Serializer::new(String::new()).extend_pairs(set).finish()
    }

    fn path(&self) -> String {
        let query = self.to_query();
        if query.is_empty() {
            paths::OPS.to_owned()
        } else {
            format!("{}?{query}", paths::OPS)
        }
    }

    /// The form that narrows the list.
    pub(super) fn form(&self, templates: &[TemplateRow]) -> impl IntoView + use<> {
        let options: Vec<_> = templates
            .iter()
            .map(|template| {
                let name = template.name.clone().unwrap_or_else(|| template.id.clone());
                option(&template.id, &name, &self.template)
            })
            .collect();
        let order = (self.order() != Order::default()).then(|| hidden("order", &self.order));
        let need = (!self.need.is_empty()).then(|| hidden("need", &self.need));
        let clear = self.is_narrow().then(|| {
            view! { <a class="plain" href=self.without_filters()>"Clear"</a> }
        });
        view! {
            <form class="filters" action=paths::OPS aria-label="Filters">
                {need}
                {order}
                <label>
                    "Template"
                    <select name="template" data-submit="">
                        {option("", "Any", &self.template)}
                        {options}
                    </select>
                </label>
                <label>
                    "Version"
                    <select name="outdated" data-submit="">
                        {option("", "Any", &self.outdated)}
                        {option("1", "Outdated", &self.outdated)}
                    </select>
                </label>
                <label>
                    "Sessions used"
                    <select name="sessions" data-submit="">
                        {option("", "Any", &self.sessions)}
                        {option("5", "5 or more", &self.sessions)}
                        {option("20", "20 or more", &self.sessions)}
                        {option("25", "All 25", &self.sessions)}
                    </select>
                </label>
                <label>
                    "Last contact"
                    <select name="quiet" data-submit="">
                        {option("", "Any time", &self.quiet)}
                        {option("24", "Over 24 h ago, or never", &self.quiet)}
                        {option("168", "Over 7 d ago, or never", &self.quiet)}
                    </select>
                </label>
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}

fn hidden(name: &'static str, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=name value=value.to_owned() /> }
}

fn place(text: &str, is_end: bool) -> Option<Cursor> {
    let (value, id) = text.split_once('.').filter(|(_, id)| !id.is_empty())?;
    Some(Cursor {
        value: value.parse().ok()?,
        id: id.to_owned(),
        is_end,
    })
}
