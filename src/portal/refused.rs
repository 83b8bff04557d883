//! The page for everything that stands in the way: its own words, its own status, a way forward.

use axum::{
    extract::Request,
    http::{HeaderValue, header::RETRY_AFTER},
    response::Response,
};
use leptos::prelude::*;

use super::{acts::status, recover};
use crate::{
    app::{self, Page},
    failure::Refused,
    model::refusal::Refusal,
    paths,
    state::AppState,
    ui::help::help,
    visit::Visit,
    words::Value,
};

/// Answers a request with the page of a refusal.
pub async fn answer(state: &AppState, request: Request, refused: Refused) -> Response {
    let (parts, _) = request.into_parts();
    show(state, &Visit::of(&parts), refused, parts.uri.path()).await
}

/// The page of a refusal. `path` is where trying again leads.
pub async fn show(state: &AppState, visit: &Visit, refused: Refused, path: &str) -> Response {
    let refusal = refused.refusal;
    let words = visit.words.clone();
    let code = refusal.code();
    let company = ("company", Value::Text(state.config.portal.name.clone()));
    let page = Page {
        title: words.say(&format!("{code}-title")),
        status: status(refusal),
        path: path.to_owned(),
        has_flow: false,
    };
    let again = refusal.is_passing().then(|| visit.path(path));
    let portal = state.config.portal.clone();
    let offer = offer(state, visit, refusal, path);
    let body = move || {
        let again = again.clone().map(|path| {
            view! { <p><a class="button" href=path>{words.say("try-again")}</a></p> }
        });
        view! {
            <section class="card" data-state="refused">
                <span class="mark" aria-hidden="true"></span>
                <h1>{words.say(&format!("{code}-title"))}</h1>
                <p>{words.say_with(&format!("{code}-text"), &company)}</p>
                <p>{words.say_with(&format!("{code}-next"), &company)}</p>
                {again}
                {offer.clone().map(|(visit, token)| recover::offer(&visit, token.as_deref()))}
                {(!refusal.is_passing()).then(|| help(&portal, &words))}
            </section>
        }
        .into_any()
    };
    let response = app::render(state, visit, page, body).await;
    with_wait(response, refused)
}

/// Whether a new link is offered, and the token of the old one where the page has it in its own address.
fn offer(
    state: &AppState,
    visit: &Visit,
    refusal: Refusal,
    path: &str,
) -> Option<(Visit, Option<String>)> {
    let may = refusal.ends_link() && state.recovery.is_possible();
    let token = path.strip_prefix(paths::LINK_PREFIX);
    let token = token.filter(|token| refusal != Refusal::UnknownLink && !token.contains('/'));
    may.then(|| (visit.clone(), token.map(str::to_owned)))
}

/// The answer with the header `Retry-After`, where there is something to wait for.
pub(super) fn with_wait(mut response: Response, refused: Refused) -> Response {
    if let Some(seconds) = refused.retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
