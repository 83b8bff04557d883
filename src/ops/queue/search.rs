//! Search: whatever identifies an inquiry leads to it.

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::table::Table;
use crate::{
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    secret::Secret,
    staff::Signed,
    state::AppState,
    store::{inquiries::InquiryRow, queue::QueuePage},
};

/// Inquiries that are shown at most.
const MOST: usize = 50;

/// What is looked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    q: String,
}

/// Leads to the inquiry when there is only one, and lists them when there are more.
pub(super) async fn find(
    State(state): State<AppState>,
    signed: Signed,
    Query(Wanted { q }): Query<Wanted>,
) -> Result<Response, Failed> {
    let wanted = q.trim().to_owned();
    let found = search(&state, &wanted).await?;
    if let Some(only) = only(&found, &wanted) {
        return Ok(Redirect::to(&paths::inquiry(&only.id)).into_response());
    }
    list(&state, &signed, wanted, found).await
}

/// The one inquiry that is meant: the only one, or the only one with exactly this reference.
fn only<'a>(found: &'a [InquiryRow], wanted: &str) -> Option<&'a InquiryRow> {
    if let [only] = found {
        return Some(only);
    }
    let mut exact = found
        .iter()
        .filter(|row| row.reference_id.as_deref() == Some(wanted));
    exact.next().filter(|_| exact.next().is_none())
}

/// A link is known by its URL, which is a secret, or by its ID; an inquiry by its own ID, reference or account.
async fn search(state: &AppState, wanted: &str) -> Result<Vec<InquiryRow>, Failed> {
    let token = wanted.rsplit('/').next().and_then(Secret::parse);
    let link = match token {
        Some(token) => state.store.link_by_token(&token.hash()).await?,
        None => state.store.link(wanted).await?,
    };
    if let Some(link) = link {
        let inquiry = state.store.inquiry(&link.inquiry_id).await?;
        return Ok(inquiry.into_iter().collect());
    }
    Ok(state.store.search(wanted.to_owned(), MOST).await?)
}

async fn list(
    state: &AppState,
    signed: &Signed,
    wanted: String,
    rows: Vec<InquiryRow>,
) -> Result<Response, Failed> {
    let templates = state.store.templates().await?;
    let reader = Reader::of(state, signed);
    let has_any = !rows.is_empty();
    let page = Page {
        title: "Search".to_owned(),
        status: if has_any {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        },
        // A link is a secret and does not go back into a page.
        search: if wanted.contains('/') {
            String::new()
        } else {
            wanted
        },
        ..Page::default()
    };
    let found = QueuePage {
        rows,
        ..QueuePage::default()
    };
    let body = move || {
        let filters = super::Filters::default();
        let table = Table {
            page: &found,
            templates: &templates,
            reader: &reader,
            filters: &filters,
            matching: None,
        };
        let result = if has_any {
            table.view()
        } else {
            nothing().into_any()
        };
        view! {
            <div class="head"><h1>"Search"</h1></div>
            {result}
        }
        .into_any()
    };
    Ok(page::render(state, Some(signed), page, body).await)
}

fn nothing() -> impl IntoView {
    view! {
        <section class="empty">
            <h2>"Nothing was found"</h2>
            <p>
                "Look for a whole inquiry ID, account ID or link, or for the beginning of a reference ID.
                An inquiry that Leftoff does not know yet comes with an import."
            </p>
        </section>
    }
}
