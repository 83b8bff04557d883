//! The address without a link, and addresses that are none.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

use super::{recover, refused};
use crate::{
    app::{self, Page},
    model::refusal::Refusal,
    state::AppState,
    visit::Visit,
    words::Value,
};

/// `GET /`: says what this is and where to find one's link.
pub async fn show(State(state): State<AppState>, visit: Visit) -> Response {
    let words = visit.words.clone();
    let name = state.config.portal.name.clone();
    let page = Page {
        title: words.say("home-title"),
        status: StatusCode::OK,
        path: "/".to_owned(),
        has_flow: false,
    };
    let offer = state.recovery.is_possible().then(|| visit.clone());
    let body = move || {
        view! {
            <section class="card">
                <h1>{words.say("home-title")}</h1>
                <p>{words.say_with("home-text", &("company", Value::Text(name.clone())))}</p>
                {offer.as_ref().map(|visit| recover::offer(visit, None))}
            </section>
        }
        .into_any()
    };
    app::render(&state, &visit, page, body).await
}

/// Whatever is not an address of ours.
pub async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    refused::answer(&state, request, Refusal::UnknownLink.into()).await
}
