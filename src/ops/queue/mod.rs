//! The queue: inquiries that need somebody.

mod filters;
mod search;
mod select;
mod table;
mod views;

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{
    events,
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{
    model::{need::Need, role::Act},
    news::Texts,
    paths,
    staff::Signed,
    state::AppState,
    store::queue::{Counted, QueueQuery},
};
use filters::Filters;
use table::Table;

/// Inquiries on one page.
const ON_A_PAGE: usize = 50;
/// Further than this nobody counts while somebody waits.
const COUNTED: usize = 1000;

/// The queue, search and views.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::OPS, Act::SeeQueue, show),
        Route::page(paths::SEARCH, Act::SeeQueue, search::find),
        Route::act(paths::VIEWS, Act::SeeQueue, views::save),
        Route::act(paths::FORGET_VIEW, Act::SeeQueue, views::forget),
    ]
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let query = filters.query(&state);
    let found = state.store.queue(query.clone(), ON_A_PAGE).await?;
    let counts = counts(&state).await?;
    let matching = if signed.may(Act::Bulk) {
        let count = state.store.count_queues(vec![query], COUNTED + 1).await?;
        count.first().map(counted)
    } else {
        None
    };
    let templates = state.store.templates().await?;
    let views = state.store.views(&signed.person.id).await?;
    let alarm = state.store.webhook_alarm().await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: filters.title().to_owned(),
        section: paths::OPS,
        ..Page::default()
    };
    let owner = signed.clone();
    let body = move || {
        let table = Table {
            page: &found,
            templates: &templates,
            reader: &reader,
            filters: &filters,
            matching: matching.clone(),
        };
        view! {
            <div class="head">
                <h1>{filters.title()}</h1>
                {views::save_form(&owner, &filters)}
            </div>
            {events::banner(alarm.as_ref(), &reader)}
            {tabs(&filters, &counts)}
            {views::list(&owner, &views)}
            {filters.form(&templates)}
            {table.view()}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

/// What a view asks for, and the view as it is kept; none when it cannot be read.
pub(super) fn matching(state: &AppState, view: &str) -> Option<(QueueQuery, String)> {
    let filters: Filters = serde_urlencoded::from_str(view).ok()?;
    let query = QueueQuery {
        from: None,
        ..filters.query(state)
    };
    Some((query, filters.kept()))
}

/// How many wait for each reason, as the tabs show it.
async fn counts(state: &AppState) -> Result<Vec<(Option<Need>, String)>, Failed> {
    let due = Filters::default().query(state).due;
    let needs = || std::iter::once(None).chain(Need::ALL.map(Some));
    let of_need = |need| QueueQuery {
        need,
        due,
        ..QueueQuery::default()
    };
    let queries = needs().map(of_need).collect();
    let counts = state.store.count_queues(queries, COUNTED + 1).await?;
    Ok(needs().zip(counts.iter().map(counted)).collect())
}

/// The counts of the tabs, as pages follow them.
pub(super) async fn texts(state: &AppState) -> Result<Texts, Failed> {
    let counts = counts(state).await?.into_iter();
    Ok(counts.map(|(need, count)| (topic(need), count)).collect())
}

/// The name under which a count is followed.
fn topic(need: Option<Need>) -> String {
    format!("queue-{}", need.map_or("all", Need::code))
}

/// A count as it is shown: exact up to a bound.
fn counted(counted: &Counted) -> String {
    match counted {
        Counted { count, .. } if *count > COUNTED => format!("{COUNTED}+"),
        Counted { count, is_all } => format!("{count}{}", if *is_all { "" } else { "+" }),
    }
}

fn tabs(filters: &Filters, counts: &[(Option<Need>, String)]) -> impl IntoView + use<> {
    let tabs: Vec<_> = counts
        .iter()
        .map(|(need, count)| {
            let current = (filters.need() == *need).then_some("page");
            view! {
                <li>
                    <a href=filters.with_need(*need) aria-current=current>
                        {title(*need)}
                        " "
                        <span class="count" data-live=topic(*need)>{count.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label="Reasons" data-live-from=paths::LIVE><ul>{tabs}</ul></nav> }
}

/// What a need is called on pages.
const fn title(need: Option<Need>) -> &'static str {
    match need {
        None => "All",
        Some(Need::Expired) => "Expired",
        Some(Need::FailedToLoad) => "Failed to load",
        Some(Need::Cancelled) => "Cancelled",
        Some(Need::Pending) => "Stopped halfway",
        Some(Need::Created) => "Never started",
        Some(Need::Undecided) => "Not decided",
    }
}
