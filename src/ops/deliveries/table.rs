//! The deliveries of an endpoint: filters in the URL, and pages that stay quick however many there are.

use leptos::prelude::*;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{badge, outcome};
use crate::{
    model::webhook::{self, CATALOGUE},
    ops::{refused::Failed, said, time::Reader},
    paths,
    state::AppState,
    store::{
        deliveries::{self, DeliveryQuery, DeliveryRow},
        endpoints::EndpointRow,
    },
};

/// Deliveries on one page.
const ON_A_PAGE: usize = 50;

/// What the URL says. A value that it cannot have is no filter.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Filters {
    #[serde(default)]
    state: String,
    #[serde(default)]
    event: String,
    #[serde(default)]
    before: String,
}

impl Filters {
    fn query(&self, endpoint_id: &str) -> DeliveryQuery {
        let states = [
            deliveries::WAITING,
            deliveries::DELIVERED,
            deliveries::FAILED,
        ];
        let state = states.into_iter().find(|state| *state == self.state);
        let event = webhook::parse(&self.event).map(|kind| kind.code);
        let event = event.or_else(|| (self.event == webhook::TEST).then_some(webhook::TEST));
        DeliveryQuery {
            endpoint_id: endpoint_id.to_owned(),
            state: state.map(str::to_owned),
            event: event.map(str::to_owned),
            before: Some(self.before.clone()).filter(|before| !before.is_empty()),
        }
    }

    const fn is_narrow(&self) -> bool {
        !self.state.is_empty() || !self.event.is_empty()
    }
}

/// One page of deliveries.
#[derive(Clone)]
pub(super) struct Table {
    endpoint: EndpointRow,
    filters: Filters,
    rows: Vec<DeliveryRow>,
    has_older: bool,
    reader: Reader,
}

impl Table {
    pub(super) async fn read(
        state: &AppState,
        endpoint: &EndpointRow,
        filters: Filters,
        reader: Reader,
    ) -> Result<Self, Failed> {
        let query = filters.query(&endpoint.id);
        // One more than fits tells whether there is another page.
        let mut rows = state.store.deliveries(query, ON_A_PAGE + 1).await?;
        let has_older = rows.len() > ON_A_PAGE;
        rows.truncate(ON_A_PAGE);
        Ok(Self {
            endpoint: endpoint.clone(),
            filters,
            rows,
            has_older,
            reader,
        })
    }

    pub(super) fn view(&self) -> impl IntoView + use<> {
        view! {
            <section>
                <h2>"Deliveries"</h2>
                {self.form()}
                {self.rows()}
                {self.pages()}
            </section>
        }
    }

    fn form(&self) -> impl IntoView + use<> {
        let path = paths::endpoint(paths::ENDPOINT, &self.endpoint.id);
        let clear = self
            .filters
            .is_narrow()
            .then(|| view! { <a class="plain" href=path.clone()>"Clear"</a> });
        let state = |value, name| option(value, name, &self.filters.state);
        let event = |value, name| option(value, name, &self.filters.event);
        let events: Vec<_> = CATALOGUE
            .iter()
            .map(|kind| event(kind.code, kind.words))
            .collect();
        view! {
            <form class="filters" action=path.clone() aria-label="Filters">
                <label>
                    "State"
                    <select name="state" data-submit="">
                        {state("", "Any")}
                        {state(deliveries::WAITING, "Waiting")}
                        {state(deliveries::DELIVERED, "Delivered")}
                        {state(deliveries::FAILED, "Given up")}
                    </select>
                </label>
                <label>
                    "Event"
                    <select name="event" data-submit="">
                        {event("", "Any")}
                        {events}
                        {event(webhook::TEST, webhook::words(webhook::TEST))}
                    </select>
                </label>
                <button type="submit">"Apply"</button>
                {clear}
            </form>
        }
    }

    fn rows(&self) -> AnyView {
        if self.rows.is_empty() {
            return self.nothing().into_any();
        }
        let rows: Vec<_> = self.rows.iter().map(|row| self.row(row)).collect();
        view! {
            <div class="scroll" role="region" aria-label="Deliveries" tabindex="0">
                <table class="log">
                    <thead>
                        <tr>
                            <th scope="col">"Event"</th>
                            <th scope="col">"Inquiry"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Attempts"</th>
                            <th scope="col">"Last answer"</th>
                            <th scope="col">"Next attempt"</th>
                            <th scope="col">"Made"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    fn row(&self, row: &DeliveryRow) -> impl IntoView + use<> {
        let href = paths::delivery(paths::DELIVERY, &row.endpoint_id, &row.event_id);
        let inquiry = row.inquiry_id.clone().map(|id| {
            view! { <a class="id" href=paths::inquiry(&id)>{id.clone()}</a> }
        });
        let is_next = row.state == deliveries::WAITING && self.endpoint.is_enabled();
        let next = is_next.then(|| self.reader.relative(row.due_at));
        view! {
            <tr>
                <th scope="row">
                    <a href=href>{webhook::words(&row.event).to_owned()}</a>
                    <small>{row.event.clone()}</small>
                </th>
                <td data-label="Inquiry">{inquiry}</td>
                <td data-label="State">{badge(row, &self.endpoint)}</td>
                <td data-label="Attempts" class="number">{row.attempts}</td>
                <td data-label="Last answer">{said(outcome(row.status, row.cause.as_deref()))}</td>
                <td data-label="Next attempt" class="number">{next}</td>
                <td data-label="Made" class="number">{self.reader.relative(row.created_at)}</td>
            </tr>
        }
    }

    fn nothing(&self) -> impl IntoView + use<> {
        let text = if self.filters.is_narrow() || !self.filters.before.is_empty() {
            "No delivery matches."
        } else {
            "Nothing was sent yet. Send a test to see whether the receiver takes it."
        };
        view! { <p class="soft">{text}</p> }
    }

    fn pages(&self) -> Option<impl IntoView + use<>> {
        let is_first = self.filters.before.is_empty();
        let newest = (!is_first).then(|| {
            let href = self.place("");
            view! { <a href=href rel="prev">"Newest"</a> }
        });
        let last = self.rows.last().filter(|_| self.has_older);
        let older = last.map(|row| {
            let href = self.place(&row.event_id);
            view! { <a href=href rel="next">"Older"</a> }
        });
        (newest.is_some() || older.is_some())
            .then(|| view! { <nav class="pages" aria-label="Pages">{newest} {older}</nav> })
    }

    /// The same list from another place.
    fn place(&self, before: &str) -> String {
        let Filters { state, event, .. } = &self.filters;
        let pairs = [
            ("state", state.as_str()),
            ("event", event),
            ("before", before),
        ];
        let set = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query = Serializer::new(String::new()).extend_pairs(set).finish();
        format!(
            "{}?{query}",
            paths::endpoint(paths::ENDPOINT, &self.endpoint.id)
        )
    }
}

fn option(value: &str, name: &str, chosen: &str) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=value == chosen>{name.to_owned()}</option> }
}
