//! Reading inquiries from Persona: what is under way, what was, and starting another.

mod view;

use axum::{
    Form,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::{
    number::number,
    page::{self, Page},
    refused::{self, Failed},
    route::Route,
    time::{Reader, brief},
};
use crate::{
    failure::Failure,
    mirror::{Scope, State as ImportState},
    model::{refusal::Refusal, role::Act},
    news::Texts,
    paths,
    staff::Signed,
    state::AppState,
    store::imports::ImportRow,
};

/// Imports that the page lists.
const LISTED: i64 = 20;
const DAY: i64 = 24 * 3_600_000;

/// The page and its acts.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::IMPORT, Act::SeeQueue, show),
        Route::act(paths::IMPORT, Act::Refresh, start),
        Route::act(paths::CANCEL_IMPORT, Act::Refresh, cancel),
        Route::act(paths::RESUME_IMPORT, Act::Refresh, go_on),
    ]
}

/// What a redirect tells.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    done: String,
}

/// What the form asks for.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    statuses: String,
    #[serde(default)]
    days: String,
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(told): Query<Told>,
) -> Result<Response, Failed> {
    let imports = state.store.imports(LISTED).await?;
    let team = state.store.team().await?;
    let page = Page {
        title: "Import".to_owned(),
        section: paths::IMPORT,
        ..Page::default()
    };
    let view = view::View {
        reader: Reader::of(&state, &signed),
        texts: texts_of(&state, imports.first()),
        imports,
        team,
        may_act: signed.may(Act::Refresh),
        done: told.done,
    };
    let body = move || view.view();
    Ok(page::render(&state, Some(&signed), page, body).await)
}

async fn start(
    State(state): State<AppState>,
    signed: Signed,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Failed> {
    let statuses = wanted
        .statuses
        .split(',')
        .filter(|status| !status.is_empty())
        .map(str::to_owned)
        .collect();
    let since = match wanted.days.as_str() {
        "" => None,
        days => {
            let days: u16 = days.parse().map_err(|_| bad_request())?;
            Some(state.clock.now_ms() - i64::from(days) * DAY)
        }
    };
    let scope = Scope::new(statuses, since).map_err(|_| bad_request())?;
    let actor = signed.actor().to_string();
    Ok(told(
        state.mirror.start(&actor, &scope).await?.as_ref(),
        "started",
    ))
}

async fn cancel(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.import(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    let actor = signed.actor().to_string();
    Ok(told(
        state.mirror.cancel(&actor, &id).await?.as_ref(),
        "cancelled",
    ))
}

async fn go_on(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    if state.store.import(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    let actor = signed.actor().to_string();
    Ok(told(
        state.mirror.go_on(&actor, &id).await?.as_ref(),
        "resumed",
    ))
}

async fn unknown(state: &AppState, signed: &Signed) -> Response {
    refused::not_found(state, signed, "There is no such import.").await
}

fn told(moved: Option<&ImportRow>, done: &str) -> Response {
    let done = moved.map_or("busy", |_| done);
    Redirect::to(&format!("{}?done={done}", paths::IMPORT)).into_response()
}

fn bad_request() -> Failed {
    Failure::from(Refusal::BadRequest).into()
}

/// What pages can follow of the newest import.
pub(super) async fn texts(state: &AppState) -> Result<Texts, Failed> {
    let imports = state.store.imports(1).await?;
    Ok(texts_of(state, imports.first()))
}

fn texts_of(state: &AppState, import: Option<&ImportRow>) -> Texts {
    let Some(import) = import else {
        return Texts::new();
    };
    let now = state.clock.now_ms();
    let back = import
        .last_at
        .map_or_else(|| "–".to_owned(), |at| brief(now - at));
    [
        ("import-state", state_in_words(import, now)),
        ("import-rows", number(import.inquiries)),
        ("import-pages", number(import.pages)),
        ("import-back", back),
        ("import-progress", progress(import).to_string()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into()
}

fn state_in_words(import: &ImportRow, now: i64) -> String {
    match ImportState::of(import) {
        ImportState::Running if import.next_at > now => "Waiting for Persona",
        ImportState::Running => "Reading",
        ImportState::Parked => "Stopped by an error",
        ImportState::Done => "Complete",
        ImportState::Cancelled => "Cancelled",
    }
    .to_owned()
}

/// How far back of the asked time was read, in percent; Persona does not say how many inquiries there are.
fn progress(import: &ImportRow) -> i64 {
    let (Some(since), Some(last)) = (import.since, import.last_at) else {
        return 0;
    };
    if ImportState::of(import) == ImportState::Done {
        return 100;
    }
    let whole = (import.started_at - since).max(1);
    ((import.started_at - last) * 100 / whole).clamp(0, 100)
}
