//! Somebody on the staff, as auditors and admins see them.

use axum::{
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;

use super::{Sessions, factor, for_admins, methods, standing};
use crate::{
    model::role::Act,
    ops::{
        page::{self, Page},
        refused::{self, Failed},
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::staff::StaffRow,
};

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some(person) = state.store.staff(&id).await? else {
        return Ok(unknown(&state, &signed).await);
    };
    let sessions = state.staff.sessions(&id).await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: person.name.clone(),
        section: paths::TEAM,
        ..Page::default()
    };
    let viewer = signed.clone();
    let body = move || {
        let table = Sessions {
            rows: &sessions,
            reader: &reader,
            own: Some(&viewer.session.id),
            end: None,
        };
        let manage = paths::of_person(paths::PERSON_MANAGE, &person.id);
        view! {
            <div class="head">
                <h1>{person.name.clone()}</h1>
                {for_admins(&viewer, manage, "Manage")}
            </div>
            {facts(&person, &reader)}
            <h2>"Sessions"</h2>
            {table.view()}
            {done_by(&person, &viewer)}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

/// The page of an ID that nobody has.
pub(super) async fn unknown(state: &AppState, signed: &Signed) -> Response {
    refused::not_found(state, signed, "Nobody on the staff has this ID.").await
}

/// What is known of somebody.
pub(super) fn facts(person: &StaffRow, reader: &Reader) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <div><dt>"Address"</dt><dd>{person.email.clone()}</dd></div>
            <div><dt>"Role"</dt><dd class="word">{person.role.clone()}</dd></div>
            <div><dt>"State"</dt><dd>{standing(person)}</dd></div>
            <div><dt>"Signs in by"</dt><dd>{methods(person)}</dd></div>
            <div><dt>"Second factor"</dt><dd>{factor(person)}</dd></div>
            <div><dt>"Added"</dt><dd>{reader.relative(person.created_at)}</dd></div>
        </dl>
    }
}

/// What they did, and what was done to their account.
fn done_by(person: &StaffRow, viewer: &Signed) -> Option<impl IntoView + use<>> {
    let by = format!("{}?actor=staff:{}", paths::AUDIT, person.id);
    let to = format!("{}?object=staff:{}", paths::AUDIT, person.id);
    viewer.may(Act::SeeAudit).then(|| {
        view! {
            <p>
                <a href=by>"What they did"</a>
                " · "
                <a href=to>"What was done to their account"</a>
            </p>
        }
    })
}
