//! What an admin changes of somebody: role, state, password, sessions.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    Done, Sessions,
    add::{roles, shown_once},
    person::{facts, unknown},
};
use crate::{
    failure::Failure,
    model::{refusal::Refusal, role::Role},
    ops::{
        page::{self, Page},
        refused::Failed,
        time::Reader,
    },
    paths,
    staff::{AccountError, Signed, first_password},
    state::AppState,
    store::staff::StaffRow,
};

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failed> {
    form(&state, &signed, &id, done, None).await
}

async fn form(
    state: &AppState,
    signed: &Signed,
    id: &str,
    done: Done,
    wrong: Option<String>,
) -> Result<Response, Failed> {
    let Some(person) = state.store.staff(id).await? else {
        return Ok(unknown(state, signed).await);
    };
    let sessions = state.staff.sessions(id).await?;
    let reader = Reader::of(state, signed);
    let page = Page {
        title: format!("Manage {}", person.name),
        status: wrong
            .as_ref()
            .map_or(StatusCode::OK, |_| StatusCode::CONFLICT),
        section: paths::TEAM,
        ..Page::default()
    };
    let own = signed.session.id.clone();
    let body = move || {
        let end = paths::of_person(paths::PERSON_SESSIONS, &person.id);
        let table = Sessions {
            rows: &sessions,
            reader: &reader,
            own: Some(&own),
            end: Some(end.clone()),
        };
        let all = (!sessions.is_empty()).then(|| {
            view! {
                <form method="post" action=end>
                    <button class="grave" type="submit">"End every session"</button>
                </form>
            }
        });
        view! {
            <div class="head">
                <h1>"Manage " {person.name.clone()}</h1>
                <a href=paths::of_person(paths::PERSON, &person.id)>"Back to their page"</a>
            </div>
            {done.view()}
            {wrong.clone().map(|text| view! { <p class="alert" role="alert">{text}</p> })}
            {facts(&person, &reader)}
            {acts(&person)}
            <h2>"Sessions"</h2>
            {table.view()}
            {all}
        }
        .into_any()
    };
    Ok(page::render(state, Some(signed), page, body).await)
}

fn acts(person: &StaffRow) -> impl IntoView + use<> {
    let path = |path| paths::of_person(path, &person.id);
    let (state, name, class, about) = if person.disabled_at.is_some() {
        (
            "enabled",
            "Let in again",
            "",
            "They may sign in again with what they had.",
        )
    } else {
        (
            "disabled",
            "Shut out",
            "grave",
            "Every session ends at once, and nobody gets in with this account.",
        )
    };
    view! {
        <h2>"Role"</h2>
        <form class="line" method="post" action=path(paths::PERSON_ROLE)>
            <select name="role" aria-label="Role">{roles(&person.role)}</select>
            <button type="submit">"Change the role"</button>
        </form>
        <h2>"Password"</h2>
        <form method="post" action=path(paths::PERSON_RESET)>
            <p>"A new one is made and shown to you once. Their second factor goes, and every session ends."</p>
            <button class="grave" type="submit">"Make a new password"</button>
        </form>
        <h2>"Access"</h2>
        <form method="post" action=path(paths::PERSON_STATE)>
            <input type="hidden" name="state" value=state />
            <p>{about}</p>
            <button class=class type="submit">{name}</button>
        </form>
    }
}

/// The role that somebody is given.
#[derive(Deserialize)]
pub(super) struct NewRole {
    role: String,
}

pub(super) async fn set_role(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(new): Form<NewRole>,
) -> Result<Response, Failed> {
    let Some(role) = Role::parse(&new.role) else {
        return Err(Failure::from(Refusal::BadRequest).into());
    };
    let changed = state.staff.set_role(&signed.actor(), &id, role).await;
    answer(&state, &signed, &id, changed, "role").await
}

/// Whether somebody may sign in from now on.
#[derive(Deserialize)]
pub(super) struct NewState {
    state: String,
}

pub(super) async fn set_state(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(new): Form<NewState>,
) -> Result<Response, Failed> {
    let (is_disabled, code) = match &*new.state {
        "disabled" => (true, "disabled"),
        "enabled" => (false, "enabled"),
        _ => return Err(Failure::from(Refusal::BadRequest).into()),
    };
    let actor = signed.actor();
    let changed = state.staff.set_disabled(&actor, &id, is_disabled).await;
    answer(&state, &signed, &id, changed, code).await
}

pub(super) async fn reset(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let password = first_password()?;
    let actor = signed.actor();
    match state.staff.reset(&actor, &id, password.clone()).await {
        Ok(()) => {}
        Err(error) => return answer(&state, &signed, &id, Err(error), "").await,
    }
    let person = state.store.staff(&id).await?.unwrap_or_default();
    let text =
        "The old password is worth nothing any more, and every session has ended.".to_owned();
    Ok(shown_once(&state, &signed, &person, text, Some(password)).await)
}

/// The session that ends; none for all of them.
#[derive(Deserialize)]
pub(super) struct Which {
    session: Option<String>,
}

pub(super) async fn end_sessions(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(which): Form<Which>,
) -> Result<Response, Failed> {
    let (actor, staff) = (signed.actor(), &state.staff);
    let code = if let Some(session) = which.session {
        staff.end_session(&actor, &id, &session).await?;
        "sessions"
    } else {
        staff.end_sessions(&actor, &id).await?;
        "all-sessions"
    };
    answer(&state, &signed, &id, Ok(()), code).await
}

/// Shows the page again: with what was done, or with what stands in the way.
async fn answer(
    state: &AppState,
    signed: &Signed,
    id: &str,
    changed: Result<(), AccountError>,
    code: &str,
) -> Result<Response, Failed> {
    match changed {
        Ok(()) => {
            let path = paths::of_person(paths::PERSON_MANAGE, id);
            Ok(Redirect::to(&format!("{path}?done={code}")).into_response())
        }
        Err(AccountError::Unknown) => Ok(unknown(state, signed).await),
        Err(AccountError::Failed(failure)) => Err(Failed(failure)),
        Err(error) => {
            let text = format!("Nothing was changed: {error}.");
            form(state, signed, id, Done::default(), Some(text)).await
        }
    }
}
