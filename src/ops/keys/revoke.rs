//! Taking a key back: asked for first, because it cannot be undone.

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use crate::{
    keys::KeyState,
    ops::{
        page::{self, Page},
        refused::{self, Failed},
    },
    paths,
    staff::Signed,
    state::AppState,
    store::api_keys::ApiKeyRow,
};

pub(super) async fn ask(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let now = state.clock.now_ms();
    let key = state.store.api_key(&id).await?;
    let Some(key) = key.filter(|key| key.state(now) == KeyState::Active) else {
        return Ok(unknown(&state, &signed).await);
    };
    let page = Page {
        title: "Revoke this key?".to_owned(),
        section: paths::KEYS,
        ..Page::default()
    };
    let body = move || question(&key);
    Ok(page::render(&state, Some(&signed), page, body).await)
}

fn question(key: &ApiKeyRow) -> AnyView {
    let action = paths::of_key(paths::REVOKE_KEY, &key.id);
    view! {
        <section class="door">
            <h1>"Revoke this key?"</h1>
            <p><strong>{key.name.clone()}</strong></p>
            <p>
                "Whoever sends it is refused from then on, for good. Links that were made with it go on working. If a system still
                needs one, make the new key first."
            </p>
            <form method="post" action=action>
                <p class="row">
                    <button class="grave" type="submit">"Revoke for good"</button>
                    <a class="button" href=paths::KEYS>"Keep it"</a>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// Sent again, it finds a key that is revoked, and says what is true.
pub(super) async fn revoke(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.api_key(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    state.keys.revoke(&signed.actor(), &id).await?;
    Ok(Redirect::to(&format!("{}?done=revoked", paths::KEYS)).into_response())
}

async fn unknown(state: &AppState, signed: &Signed) -> Response {
    let text = "There is no such key, or it is not active any more.";
    refused::not_found(state, signed, text).await
}
