//! The queue as a table: a row says why, since when, how far, and what stands in the way.

use leptos::prelude::*;

use super::{Filters, select, title};
use crate::{
    model::need::Need,
    ops::time::Reader,
    paths,
    store::{
        inquiries::InquiryRow,
        queue::{Order, QueuePage},
        templates::TemplateRow,
    },
};

/// Sessions that Persona allows for one inquiry by default
/// (<https://docs.withpersona.com/ensuring-user-access-to-inquiries>).
pub(super) const MOST_SESSIONS: i64 = 25;

/// What the table is made of.
pub(super) struct Table<'a> {
    pub(super) page: &'a QueuePage,
    pub(super) templates: &'a [TemplateRow],
    pub(super) reader: &'a Reader,
    pub(super) filters: &'a Filters,
    /// How many inquiries match, for those who may act on all of them at once.
    pub(super) matching: Option<String>,
}

impl Table<'_> {
    pub(super) fn view(&self) -> AnyView {
        if self.page.rows.is_empty() {
            return self.nothing().into_any();
        }
        let rows: Vec<_> = self.page.rows.iter().map(|row| self.row(row)).collect();
        let table = view! {
            <div class="scroll" role="region" aria-label="Inquiries" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            {self.matching.is_some().then(select::all)}
                            <th scope="col">"Inquiry"</th>
                            <th scope="col">"Why"</th>
                            {self.sortable("Waiting", &[Order::Oldest, Order::Newest])}
                            <th scope="col">"Last step"</th>
                            <th scope="col">"Sessions"</th>
                            <th scope="col">"Template"</th>
                            {self.sortable("Last contact", &[Order::Quietest])}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        };
        let table = match &self.matching {
            Some(matching) => select::form(self.filters, matching, table.into_any()).into_any(),
            None => table.into_any(),
        };
        view! {
            {table}
            {self.pages()}
        }
        .into_any()
    }

    /// A heading that sorts: a press takes the next order that the column has.
    fn sortable(&self, name: &'static str, orders: &[Order]) -> impl IntoView + use<> {
        let present = self.filters.order();
        let place = orders.iter().position(|order| *order == present);
        let next = place.map_or(0, |place| (place + 1) % orders.len());
        let sort = place.map(|_| {
            if present == Order::Newest {
                "descending"
            } else {
                "ascending"
            }
        });
        let href = self.filters.with_order(orders[next]);
        view! { <th scope="col" aria-sort=sort><a href=href>{name}</a></th> }
    }

    fn row(&self, row: &InquiryRow) -> impl IntoView + use<> {
        let need = row.need.as_deref().and_then(Need::parse);
        let reference = row.reference_id.clone();
        view! {
            <tr>
                {self.matching.is_some().then(|| select::one(&row.id))}
                <th scope="row">
                    <a class="id" href=paths::inquiry(&row.id)>{row.id.clone()}</a>
                    {reference.map(|reference| view! { <small>{reference}</small> })}
                </th>
                <td data-label="Why">{why(row, need)}</td>
                <td data-label="Waiting" class="number">{row.since.map(|since| self.reader.ago(since))}</td>
                <td data-label="Last step">{words(row.step.as_deref())}</td>
                <td data-label="Sessions">{sessions(row.sessions)}</td>
                <td data-label="Template">{self.template(row)}</td>
                <td data-label="Last contact" class="number">{self.contact(row)}</td>
            </tr>
        }
    }

    fn template(&self, row: &InquiryRow) -> impl IntoView + use<> {
        let id = row.template_id.as_deref();
        let template = self.templates.iter().find(|one| Some(&*one.id) == id);
        let name = template.and_then(|one| one.name.clone());
        let latest = template.and_then(|one| one.latest_version_id.as_deref());
        let is_outdated = latest.is_some() && latest != row.template_version_id.as_deref();
        let badge = is_outdated.then(|| {
            let advice = "Published anew since: a new inquiry is better than resuming this one";
            view! { " " <span class="badge beside" data-need="outdated" title=advice>"Outdated"</span> }
        });
        view! { {name.or_else(|| row.template_id.clone())} {badge} }
    }

    fn contact(&self, row: &InquiryRow) -> AnyView {
        if row.contacted_at == 0 {
            view! { <span class="soft">"Never"</span> }.into_any()
        } else {
            self.reader.ago(row.contacted_at).into_any()
        }
    }

    fn pages(&self) -> impl IntoView + use<> {
        let link = |href: Option<String>, name: &'static str, rel: &'static str| match href {
            Some(href) => view! { <a href=href rel=rel>{name}</a> }.into_any(),
            None => view! { <span class="soft" aria-disabled="true">{name}</span> }.into_any(),
        };
        let before = self
            .page
            .before
            .as_ref()
            .map(|cursor| self.filters.at(cursor));
        let after = self
            .page
            .after
            .as_ref()
            .map(|cursor| self.filters.at(cursor));
        view! {
            <nav class="pages" aria-label="Pages">
                {link(before, "Previous", "prev")}
                {link(after, "Next", "next")}
            </nav>
        }
    }

    /// An empty list says why it is empty and what fills it.
    fn nothing(&self) -> impl IntoView + use<> {
        let (heading, text, way) = if self.filters.has_place() {
            (
                "No more here",
                "What was on this page has moved on meanwhile.",
                Some((self.filters.first_page(), "Go to the first page")),
            )
        } else if self.filters.is_narrow() {
            (
                "Nothing matches",
                "No inquiry has all that these filters ask for.",
                Some((self.filters.without_filters(), "Clear the filters")),
            )
        } else {
            (
                "Nobody waits",
                "Inquiries come here when they expire, stop halfway, fail to load, or wait for a decision. An import \
                 brings those that Persona knows already.",
                Some((paths::IMPORT.to_owned(), "Go to the import")),
            )
        };
        let way = way.map(|(href, name)| view! { <p><a href=href>{name}</a></p> });
        view! {
            <section class="empty">
                <h2>{heading}</h2>
                <p>{text}</p>
                {way}
            </section>
        }
    }
}

/// The need; what needs nobody, and is found by search alone, has its status instead.
fn why(row: &InquiryRow, need: Option<Need>) -> AnyView {
    match need {
        Some(need) => {
            view! { <span class="badge" data-need=need.code()>{title(Some(need))}</span> }
                .into_any()
        }
        None => view! { <span class="soft">{words(Some(&row.status))}</span> }.into_any(),
    }
}

/// A step's name as words.
fn words(step: Option<&str>) -> Option<String> {
    step.map(|step| step.replace(['_', '-'], " "))
}

/// How many sessions are used up of those that Persona allows.
fn sessions(used: i64) -> impl IntoView {
    let is_high = (used >= MOST_SESSIONS - 5).then_some("");
    view! {
        <span class="sessions" data-high=is_high>
            <meter min="0" max=MOST_SESSIONS high=MOST_SESSIONS - 5 value=used aria-hidden="true"></meter>
            {used}
            <small>" of " {MOST_SESSIONS}</small>
        </span>
    }
}
