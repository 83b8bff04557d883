//! Events: what Persona told us of, what came of each, and how the webhooks do.

mod channel;
mod drift;
mod filters;
mod show;
mod table;

use axum::{
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{
    model::role::Act,
    paths,
    staff::Signed,
    state::AppState,
    store::{
        channel::Alarm,
        events::{EventQuery, PARKED},
    },
};
use channel::Channel;
use drift::Drift;
use filters::Filters;
use table::Table;

/// Events on one page.
const ON_A_PAGE: usize = 50;
/// Parked events that stand above the others.
const PARKED_SHOWN: usize = 20;

/// The list, an event, and what can be done.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::EVENTS, Act::SeeEvents, list),
        Route::act(paths::SWEEP, Act::Refresh, sweep),
        Route::page(paths::EVENT, Act::SeeEvents, show::show),
        Route::act(paths::REPLAY_EVENT, Act::ReplayEvent, show::replay),
    ]
}

async fn list(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let mut events = state.store.events(filters.query(), ON_A_PAGE + 1).await?;
    let has_more = events.len() > ON_A_PAGE;
    events.truncate(ON_A_PAGE);
    let parked = EventQuery {
        state: Some(PARKED),
        ..EventQuery::default()
    };
    let parked = if filters.is_plain() {
        state.store.events(parked, PARKED_SHOWN).await?
    } else {
        Vec::new()
    };
    let names = state.store.event_names().await?;
    let channel = Channel::read(&state, &signed).await?;
    let drift = Drift::read(&state, &signed).await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: "Events".to_owned(),
        section: paths::EVENTS,
        ..Page::default()
    };
    let body = move || {
        let parked = (!parked.is_empty()).then(|| {
            let table = Table { events: &parked, reader: &reader, label: "Parked events" };
            view! {
                <h2>"Parked"</h2>
                <p>"These could not be applied. Look at the cause, mend it, and replay the event."</p>
                {table.view()}
            }
        });
        let table = Table {
            events: &events,
            reader: &reader,
            label: "Events",
        };
        let older = has_more
            .then(|| events.last().map(|last| filters.older(last)))
            .flatten();
        let rest = if names.is_empty() {
            channel.set_up().into_any()
        } else {
            view! {
                <h2>"All events"</h2>
                {filters.form(&names)}
                {if events.is_empty() { nothing().into_any() } else { table.view().into_any() }}
                {filters.pages(older)}
                {drift.view(&reader)}
                {channel.how_to()}
            }
            .into_any()
        };
        view! {
            <div class="head"><h1>"Events"</h1>{drift.button()}</div>
            {filters.told()}
            {channel.view(&reader)}
            {parked}
            {rest}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

async fn sweep(State(state): State<AppState>, signed: Signed) -> Result<Response, Failed> {
    let started = state.sweeps.start(&signed.actor().to_string()).await?;
    let done = started.map_or("busy", |_| "sweep");
    Ok(Redirect::to(&format!("{}?done={done}", paths::EVENTS)).into_response())
}

fn nothing() -> impl IntoView {
    view! {
        <section class="empty">
            <h2>"Nothing matches"</h2>
            <p>"No event has all that these filters ask for."</p>
            <p><a href=paths::EVENTS>"Clear the filters"</a></p>
        </section>
    }
}

/// What stands above pages while something is wrong with the webhooks.
pub(super) fn banner(alarm: Option<&Alarm>, reader: &Reader) -> impl IntoView + use<> {
    alarm.map(|alarm| {
        let words = channel::words(alarm);
        let heard = alarm
            .heard_at
            .map(|at| view! { " The last one came " {reader.relative(at)} "." });
        view! {
            <p class="alert" role="alert">
                <strong>{words}</strong>
                {heard}
                " Meanwhile sweeps bring what happened, with a delay. "
                <a href=paths::EVENTS>"Look into it"</a>
            </p>
        }
    })
}
