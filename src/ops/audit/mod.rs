//! The audit: who did what, whether the chain is whole, and taking it out.

mod evidence;
mod file;
mod filters;
mod names;
mod state;
mod table;

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{model::role::Act, paths, staff::Signed, state::AppState, store::audit::AuditRow};
use filters::{Filters, Place};
pub(in crate::ops) use names::Names;
use table::Table;

/// Rows on one page.
const ON_A_PAGE: usize = 50;

/// The page, the check of the chain, and the files.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::AUDIT, Act::SeeAudit, show),
        Route::act(paths::AUDIT_CHECK, Act::SeeAudit, state::check_now),
        Route::page(paths::AUDIT_EXPORT, Act::ExportAudit, file::send),
        Route::page(paths::EVIDENCE, Act::ExportAudit, evidence::send),
    ]
}

/// A page of rows, the newest first.
#[derive(Clone)]
struct Found {
    rows: Vec<AuditRow>,
    has_newer: bool,
    has_older: bool,
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let reader = Reader::of(&state, &signed);
    let found = find(&state, &filters, &reader).await?;
    let names = Names::of(&state, &signed).await?;
    let acts = state.store.acts().await?;
    let standing = state::Standing::of(&state).await?;
    let page = Page {
        title: "Audit".to_owned(),
        section: paths::AUDIT,
        ..Page::default()
    };
    let may_export = signed.may(Act::ExportAudit);
    let body = move || {
        let table = Table {
            found: &found,
            names: &names,
            reader: &reader,
            filters: &filters,
        };
        view! {
            <div class="head">
                <h1>"Audit"</h1>
                {may_export.then(|| file::menu(&filters))}
            </div>
            {standing.view(&names, &reader)}
            {filters.form(&names, &acts)}
            {table.view()}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

/// One row more than fits is asked for: it tells whether there is another page.
async fn find(state: &AppState, filters: &Filters, reader: &Reader) -> Result<Found, Failed> {
    let (query, store) = (filters.query(reader), &state.store);
    let (mut rows, place) = match filters.place() {
        Place::After(seq) => {
            let rows = store.audit_matching(query, seq.saturating_add(1), ON_A_PAGE + 1);
            (rows.await?, Place::After(seq))
        }
        place => {
            let seq = place.before().unwrap_or(i64::MAX);
            (store.audit_before(query, seq, ON_A_PAGE + 1).await?, place)
        }
    };
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let is_upward = matches!(place, Place::After(_));
    if is_upward {
        rows.reverse();
    }
    Ok(Found {
        rows,
        has_newer: if is_upward {
            has_more
        } else {
            place.before().is_some()
        },
        has_older: is_upward || has_more,
    })
}
