//! The page for everything that stands in the way: its own words, its own status, a way forward.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::Response,
};
use leptos::prelude::*;

use super::acts::whole_seconds;
use crate::visit::Visit;
use crate::{
    app::{self, Page},
    model::refusal::Refusal,
    state::AppState,
    words::Value,
};

/// Answers a request with the page of a refusal.
pub async fn answer(
    state: &AppState,
    request: Request,
    refusal: Refusal,
    wait: Option<Duration>,
) -> Response {
    let (parts, _) = request.into_parts();
    show(state, &Visit::of(&parts), refusal, wait, parts.uri.path()).await
}

/// The page of a refusal. `path` is where trying again leads.
pub async fn show(
    state: &AppState,
    visit: &Visit,
    refusal: Refusal,
    wait: Option<Duration>,
    path: &str,
) -> Response {
    let words = visit.words.clone();
    let code = refusal.code();
    let company = ("company", Value::Text(state.config.portal.name.clone()));
    let page = Page {
        title: words.say(&format!("{code}-title")),
        status: StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        path: path.to_owned(),
        has_flow: false,
    };
    let again = refusal.is_passing().then(|| visit.path(path));
    let body = move || {
        let again = again.clone().map(|path| {
            view! { <p><a class="button" href=path>{words.say("try-again")}</a></p> }
        });
        view! {
            <section class="card" data-state=code>
                <h1>{words.say(&format!("{code}-title"))}</h1>
                <p>{words.say_with(&format!("{code}-text"), &company)}</p>
                <p>{words.say_with(&format!("{code}-next"), &company)}</p>
                {again}
            </section>
        }
        .into_any()
    };
    let mut response = app::render(state, visit, page, body).await;
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    }
    response
}
