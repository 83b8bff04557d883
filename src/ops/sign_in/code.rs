//! The code of the second factor.

use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{Again, Next, alert, go_on, partly, status, with_next};
use crate::{
    ops::{
        page::{self, Page},
        refused::with_page,
    },
    paths,
    staff::Stage,
    state::AppState,
};

/// What the person types.
#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    match partly(&state, &headers, Stage::Code).await {
        Ok(_) => form(&state, &next, None).await,
        Err(response) => response,
    }
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
    Form(Code { code }): Form<Code>,
) -> Response {
    let signed = match partly(&state, &headers, Stage::Code).await {
        Ok(signed) => signed,
        Err(response) => return response,
    };
    match state.staff.confirm(&signed, &code).await {
        Ok(cookie) => go_on(&cookie, &next.path()),
        Err(error) => match Again::of(
            error,
            "This code is wrong, or was used before. Wait for the next one.",
        ) {
            Ok(again) => form(&state, &next, Some(again)).await,
            Err(failed) => with_page(&state, None, failed.into_response()).await,
        },
    }
}

async fn form(state: &AppState, next: &Next, again: Option<Again>) -> Response {
    let page = Page {
        title: "Enter your code".to_owned(),
        status: status(again),
        ..Page::default()
    };
    let action = with_next(paths::SIGN_IN_CODE, &next.path());
    let body = move || {
        view! {
            <section class="door">
                <h1>"Enter your code"</h1>
                <p>"Your authenticator shows six digits for Leftoff."</p>
                {alert(again)}
                <form method="post" action=action.clone()>
                    {field()}
                    <button class="main" type="submit">"Go on"</button>
                </form>
            </section>
        }
        .into_any()
    };
    let response = page::render(state, None, page, body).await;
    Again::mark(again, response)
}

/// The field of a code.
pub(super) fn field() -> impl IntoView {
    view! {
        <p class="field">
            <label for="code">"Six-digit code"</label>
            <input
                id="code"
                name="code"
                inputmode="numeric"
                pattern="[0-9 ]{6,7}"
                autocomplete="one-time-code"
                required
                autofocus
            />
        </p>
    }
}
