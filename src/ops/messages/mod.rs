//! Messages: what was written to people, what waits, and what did not arrive.

mod filters;
mod table;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    refused::{self, Failed},
    route::Route,
    time::Reader,
};
use crate::{
    model::{message::MessageChannel, role::Act},
    paths,
    staff::Signed,
    state::AppState,
};
use filters::Filters;
use table::Table;

/// Messages on one page.
const ON_A_PAGE: usize = 50;

/// The page and its act.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::MESSAGES, Act::SeeMessages, show),
        Route::act(paths::RETRY_MESSAGE, Act::Mail, retry),
    ]
}

/// What a channel is called.
pub(super) const fn channel_name(channel: MessageChannel) -> &'static str {
    match channel {
        MessageChannel::Mail => "E-mail",
        MessageChannel::Sms => "Short message",
    }
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(filters): Query<Filters>,
) -> Result<Response, Failed> {
    let found = state.store.messages(filters.query(), ON_A_PAGE + 1);
    let mut rows = found.await?;
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let table = Table {
        rows,
        has_more,
        policies: state.store.policies().await?,
        reader: Reader::of(&state, &signed),
        may_retry: signed.may(Act::Mail),
        filters,
    };
    let page = Page {
        title: "Messages".to_owned(),
        section: paths::MESSAGES,
        ..Page::default()
    };
    let ways = state.notifier.channels();
    let body = move || {
        view! {
            <div class="head"><h1>"Messages"</h1></div>
            {table.filters.told()}
            <p>
                "What was written to people by policies and by those who asked for a link. Whom it went to and what it said
                is kept nowhere: the address is read from Persona when a message is sent."
            </p>
            {missing(&ways)}
            {table.filters.form()}
            {table.view()}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

/// Says by which ways nothing is sent.
fn missing(ways: &[MessageChannel]) -> Option<AnyView> {
    let missing: Vec<_> = MessageChannel::ALL
        .into_iter()
        .filter(|channel| !ways.contains(channel))
        .map(|channel| match channel {
            MessageChannel::Mail => {
                "No mail server is set up (mail.smtp_url): mails wait until there is one."
            }
            MessageChannel::Sms => {
                "No gateway is set up (sms.url): short messages wait until there is one."
            }
        })
        .collect();
    let text = missing.join(" ");
    (!text.is_empty()).then(|| view! { <p class="soft">{text}</p> }.into_any())
}

/// Puts a message that was given up into the queue again.
async fn retry(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.message(&id).await?.is_none() {
        return Ok(refused::not_found(&state, &signed, "There is no such message.").await);
    }
    let actor = signed.actor().to_string();
    let is_queued = state.notifier.retry(&actor, &id).await?;
    let done = if is_queued { "retried" } else { "moved" };
    Ok(Redirect::to(&format!("{}?done={done}", paths::MESSAGES)).into_response())
}
