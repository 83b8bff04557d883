//! All bulks, the newest first.

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{Names, badge, live, number};
use crate::{
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::bulk::BulkRow,
};

/// Bulks on one page.
const ON_A_PAGE: usize = 50;

/// What the URL says.
#[derive(Deserialize)]
pub(super) struct Place {
    before: Option<String>,
    #[serde(default)]
    done: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(place): Query<Place>,
) -> Result<Response, Failed> {
    let most = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
    let mut bulks = state.store.bulks(place.before, most).await?;
    let has_more = bulks.len() > ON_A_PAGE;
    bulks.truncate(ON_A_PAGE);
    let names = Names::of(&state, &bulks).await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: "Bulk".to_owned(),
        section: paths::BULKS,
        ..Page::default()
    };
    let is_nothing = place.done == "nothing";
    let body = move || {
        let note = is_nothing.then(|| {
            view! {
                <p class="alert" role="alert">
                    "There was nothing to act on: no inquiry was ticked, or none of them is left."
                </p>
            }
        });
        view! {
            <div class="head" data-live-from=paths::LIVE><h1>"Bulk"</h1></div>
            {note}
            {table(&bulks, &names, &reader)}
            {has_more.then(|| older(&bulks))}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

fn table(bulks: &[BulkRow], names: &Names, reader: &Reader) -> AnyView {
    if bulks.is_empty() {
        return view! {
            <section class="empty">
                <h2>"No bulk yet"</h2>
                <p>
                    "Tick inquiries in the queue, or take all that match a view, to make links for thousands at once.
                    Nothing happens before you have seen what will."
                </p>
                <p><a href=paths::OPS>"Go to the queue"</a></p>
            </section>
        }
        .into_any();
    }
    let rows: Vec<_> = bulks.iter().map(|bulk| row(bulk, names, reader)).collect();
    view! {
        <div class="scroll" role="region" aria-label="Bulks" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"What"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Inquiries"</th>
                        <th scope="col">"Done"</th>
                        <th scope="col">"Skipped"</th>
                        <th scope="col">"Failed"</th>
                        <th scope="col">"Made by"</th>
                        <th scope="col">"Made"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(bulk: &BulkRow, names: &Names, reader: &Reader) -> impl IntoView + use<> {
    let href = paths::bulk(paths::BULK, &bulk.id);
    let count = |name: &'static str, what: &str, count: i64| {
        view! { <td data-label=name class="number" data-live=live(bulk, what)>{number(count)}</td> }
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{bulk.act().words()}</a>
                <small>{bulk.note.clone()}</small>
            </th>
            <td data-label="State">{badge(bulk)}</td>
            <td data-label="Inquiries" class="number">{number(bulk.included)} " of " {number(bulk.total)}</td>
            {count("Done", "done", bulk.done)}
            {count("Skipped", "skipped", bulk.skipped)}
            {count("Failed", "failed", bulk.failed)}
            <td data-label="Made by">{names.say(&bulk.maker)}</td>
            <td data-label="Made" class="number">{reader.relative(bulk.created_at)}</td>
        </tr>
    }
}

fn older(bulks: &[BulkRow]) -> impl IntoView + use<> {
    let last = bulks.last().map(|bulk| bulk.id.clone()).unwrap_or_default();
    let href = format!("{}?before={last}", paths::BULKS);
    view! { <nav class="pages" aria-label="Pages"><a href=href rel="next">"Older"</a></nav> }
}
