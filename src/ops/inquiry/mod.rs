//! An inquiry: where it stands and what happened to it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    refused::{self, Failed},
    route::Route,
    time::Reader,
};
use crate::{
    model::role::Act,
    paths,
    staff::Signed,
    state::AppState,
    store::{inquiries::InquiryRow, ledger::LedgerRow},
};

/// The page of an inquiry.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::page(paths::INQUIRY, Act::SeeInquiry, show)]
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some(inquiry) = state.store.inquiry(&id).await? else {
        let text = "Leftoff does not know this inquiry. An import brings it in.";
        return Ok(refused::not_found(&state, &signed, text).await);
    };
    let ledger = state.store.ledger(&id).await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: inquiry.id.clone(),
        section: paths::OPS,
        search: inquiry.id.clone(),
        ..Page::default()
    };
    let may_export = signed.may(Act::ExportAudit);
    let body = move || {
        view! {
            <div class="head">
                <h1 class="id">{inquiry.id.clone()}</h1>
                {may_export.then(|| view! { <a class="button" href=paths::evidence(&inquiry.id)>"Evidence"</a> })}
            </div>
            {facts(&inquiry, &reader)}
            <h2>"Timeline"</h2>
            {timeline(&ledger, &reader)}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

fn facts(inquiry: &InquiryRow, reader: &Reader) -> impl IntoView + use<> {
    let time = |name: &'static str, at: Option<i64>| {
        at.map(|at| view! { <div><dt>{name}</dt><dd>{reader.relative(at)}</dd></div> })
    };
    view! {
        <dl class="facts">
            <div><dt>"Status"</dt><dd>{inquiry.status.replace('_', " ")}</dd></div>
            {time("Created", inquiry.created_at)}
            {time("Started", inquiry.started_at)}
            {time("Expires", inquiry.expires_at)}
            {time("Finished", inquiry.finished_at)}
        </dl>
    }
}

fn timeline(ledger: &[LedgerRow], reader: &Reader) -> impl IntoView + use<> {
    let entries: Vec<_> = ledger
        .iter()
        .map(|entry| {
            view! {
                <li>
                    {reader.exact(entry.at)}
                    " "
                    <span>{entry.event.replace('-', " ")}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline">{entries}</ol> }
}
