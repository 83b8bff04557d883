//! Proving again who acts, before the acts of admins.

use axum::{
    Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse as _, Response},
};
use leptos::prelude::*;
use secrecy::SecretString;
use serde::Deserialize;

use super::{Again, Next, alert, go_on, partly, provider, status, with_next};
use crate::{
    ops::{
        page::{self, Page},
        refused::with_page,
    },
    paths,
    staff::{Signed, Stage},
    state::AppState,
};

/// What the person types.
#[derive(Deserialize)]
pub(super) struct Proof {
    password: SecretString,
}

pub(super) async fn show(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
) -> Response {
    match partly(&state, &headers, Stage::Done).await {
        Ok(signed) => form(&state, &signed, &next, None).await,
        Err(response) => response,
    }
}

pub(super) async fn prove(
    State(state): State<AppState>,
    Query(next): Query<Next>,
    headers: HeaderMap,
    Form(Proof { password }): Form<Proof>,
) -> Response {
    let signed = match partly(&state, &headers, Stage::Done).await {
        Ok(signed) => signed,
        Err(response) => return response,
    };
    match state.staff.prove(&signed, password).await {
        Ok(cookie) => go_on(&cookie, &next.path()),
        Err(error) => match Again::of(error, "This password is wrong.") {
            Ok(again) => form(&state, &signed, &next, Some(again)).await,
            Err(failed) => with_page(&state, Some(&signed), failed.into_response()).await,
        },
    }
}

async fn form(state: &AppState, signed: &Signed, next: &Next, again: Option<Again>) -> Response {
    let page = Page {
        title: "Confirm that it is you".to_owned(),
        status: status(again),
        ..Page::default()
    };
    let action = with_next(paths::PROVE, &next.path());
    let email = signed.person.email.clone();
    let has_password = signed.person.password_hash.is_some();
    let (parts, path) = (state.clone(), next.path());
    let body = move || {
        let provider = provider::link(&parts, &path, "Confirm with");
        let form = has_password.then(|| password(&email, &action));
        view! {
            <section class="door">
                <h1>"Confirm that it is you"</h1>
                <p>"What comes next changes who may do what, or where data goes."</p>
                {alert(again)}
                {form}
                {provider}
            </section>
        }
        .into_any()
    };
    let response = page::render(state, Some(signed), page, body).await;
    Again::mark(again, response)
}

fn password(email: &str, action: &str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action.to_owned()>
            <input type="hidden" name="username" autocomplete="username" value=email.to_owned() />
            <p class="field">
                <label for="password">"Your password again"</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    autofocus
                />
            </p>
            <button class="main" type="submit">"Go on"</button>
        </form>
    }
}
