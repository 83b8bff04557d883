//! `/recover`: whoever lost their link asks for another. The answer is the same whoever asks for whatever.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_client_ip::ClientIp;
use leptos::prelude::*;
use serde::Deserialize;

use super::{input::Fields, refused};
use crate::{
    app::{self, Page},
    failure::Refused,
    model::refusal::Refusal,
    paths,
    recover::LONGEST,
    state::AppState,
    ui::help::help,
    visit::Visit,
    words::{Value, Words},
};

/// What the form carries.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    reference: String,
}

/// `GET /recover`: the form. It changes nothing.
pub async fn show(State(state): State<AppState>, visit: Visit) -> Response {
    form(&state, &visit, StatusCode::OK).await
}

/// `POST /recover`: takes the request, and looks nothing up before the answer.
pub async fn ask(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    visit: Visit,
    Fields(asked): Fields<Asked>,
) -> Response {
    if !state.recovery.is_possible() {
        return form(&state, &visit, StatusCode::OK).await;
    }
    if asked.reference.trim().is_empty() {
        return form(&state, &visit, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if let Some(wait) = state.limits.take_recovery(address) {
        let refused = Refused::new(Refusal::TooMany, Some(wait));
        return refused::show(&state, &visit, refused, paths::RECOVER).await;
    }
    let locale = visit.words.tag();
    match state.recovery.ask(&asked.reference, &locale).await {
        Ok(()) => Redirect::to(&visit.path(paths::RECOVER_SENT)).into_response(),
        Err(failure) => {
            let refused = failure.report("recover");
            refused::show(&state, &visit, refused, paths::RECOVER).await
        }
    }
}

/// `GET /recover/sent`: what happens now, for everybody the same.
pub async fn sent(State(state): State<AppState>, visit: Visit) -> Response {
    let words = visit.words.clone();
    let portal = state.config.portal.clone();
    let page = Page {
        title: words.say("recover-sent-title"),
        status: StatusCode::OK,
        path: paths::RECOVER_SENT.to_owned(),
        has_flow: false,
    };
    let again = visit.path(paths::RECOVER);
    let body = move || {
        let company = ("company", Value::Text(portal.name.clone()));
        view! {
            <section class="card">
                <h1>{words.say("recover-sent-title")}</h1>
                <p>{words.say_with("recover-sent-text", &company)}</p>
                <p>{words.say_with("recover-sent-next", &company)}</p>
                <p><a class="quiet" href=again.clone()>{words.say("recover-again")}</a></p>
                {help(&portal, &words)}
            </section>
        }
        .into_any()
    };
    app::render(&state, &visit, page, body).await
}

async fn form(state: &AppState, visit: &Visit, status: StatusCode) -> Response {
    let words = visit.words.clone();
    let portal = state.config.portal.clone();
    let page = Page {
        title: words.say("recover-title"),
        status,
        path: paths::RECOVER.to_owned(),
        has_flow: false,
    };
    let is_possible = state.recovery.is_possible();
    let action = visit.path(paths::RECOVER);
    let is_empty = status != StatusCode::OK;
    let body = move || {
        let company = ("company", Value::Text(portal.name.clone()));
        let inside = if is_possible {
            fields(&words, &action, is_empty).into_any()
        } else {
            // Without mail and without a gateway nobody can be sent anything.
            view! { <p>{words.say_with("recover-off", &company)}</p> {help(&portal, &words)} }
                .into_any()
        };
        view! {
            <section class="card">
                <h1>{words.say("recover-title")}</h1>
                {inside}
            </section>
        }
        .into_any()
    };
    app::render(state, visit, page, body).await
}

fn fields(words: &Words, action: &str, is_empty: bool) -> impl IntoView + use<> {
    let alert = is_empty.then(|| {
        view! { <p id="reference-empty" class="wrong" role="alert">{words.say("recover-empty")}</p> }
    });
    let described = if is_empty {
        "reference-empty reference-hint"
    } else {
        "reference-hint"
    };
    let invalid = is_empty.then_some("true");
    view! {
        <p>{words.say("recover-text")}</p>
        {alert}
        <form method="post" action=action.to_owned()>
            <p class="field">
                <label for="reference">{words.say("recover-label")}</label>
                <input
                    id="reference"
                    name="reference"
                    type="text"
                    required
                    maxlength=LONGEST.to_string()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    dir="auto"
                    aria-describedby=described
                    aria-invalid=invalid
                />
                <small id="reference-hint">{words.say("recover-hint")}</small>
            </p>
            <button class="button" type="submit">{words.say("recover")}</button>
        </form>
    }
}

/// The way to a new link, from a page that says why the old one is of no use. The button brings that one along, so that
/// nothing needs to be typed.
pub(super) fn offer(visit: &Visit, token: Option<&str>) -> AnyView {
    let (href, label) = (visit.path(paths::RECOVER), visit.words.say("recover"));
    match token {
        Some(token) => view! {
            <form method="post" action=href>
                <input type="hidden" name="reference" value=token.to_owned() />
                <button class="button" type="submit">{label}</button>
            </form>
        }
        .into_any(),
        None => view! { <p><a class="quiet" href=href>{label}</a></p> }.into_any(),
    }
}
