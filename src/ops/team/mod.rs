//! The team: who may do what here, and when they were last there.

mod add;
mod manage;
mod person;
mod sessions;

use axum::{
    extract::{Query, State},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    page::{self, Page},
    refused::Failed,
    route::Route,
    time::Reader,
};
use crate::{
    model::role::Act,
    paths,
    staff::{Seen, Signed},
    state::AppState,
    store::staff::StaffRow,
};
pub(super) use sessions::Sessions;

/// The list, somebody's page, and the acts of admins.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::TEAM, Act::SeeTeam, show),
        Route::page(paths::TEAM_NEW, Act::ManageTeam, add::show),
        Route::act(paths::TEAM_NEW, Act::ManageTeam, add::add),
        Route::page(paths::PERSON, Act::SeeTeam, person::show),
        Route::page(paths::PERSON_MANAGE, Act::ManageTeam, manage::show),
        Route::act(paths::PERSON_ROLE, Act::ManageTeam, manage::set_role),
        Route::act(paths::PERSON_STATE, Act::ManageTeam, manage::set_state),
        Route::act(paths::PERSON_RESET, Act::ManageTeam, manage::reset),
        Route::act(
            paths::PERSON_SESSIONS,
            Act::ManageTeam,
            manage::end_sessions,
        ),
    ]
}

/// What was done before a page is shown again.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    /// The words of a code.
    fn view(&self) -> Option<impl IntoView + use<>> {
        let text = match &*self.done {
            "role" => "The role is changed.",
            "disabled" => "They are shut out, and every session of theirs has ended.",
            "enabled" => "They may sign in again.",
            "sessions" => "The session has ended.",
            "all-sessions" => "Every session has ended.",
            _ => return None,
        };
        Some(view! { <p class="done" role="status">{text}</p> })
    }
}

async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response, Failed> {
    let team = state.store.team().await?;
    let seen = state.staff.seen().await?;
    let reader = Reader::of(&state, &signed);
    let page = Page {
        title: "Team".to_owned(),
        section: paths::TEAM,
        ..Page::default()
    };
    let viewer = signed.clone();
    let body = move || {
        let rows: Vec<_> = team
            .iter()
            .map(|person| {
                let seen = seen.iter().find(|seen| seen.person == person.id);
                row(person, seen, &viewer, &reader)
            })
            .collect();
        let new = "Add somebody";
        view! {
            <div class="head">
                <h1>"Team"</h1>
                {for_admins(&viewer, paths::TEAM_NEW.to_owned(), new)}
            </div>
            {done.view()}
            <div class="scroll" role="region" aria-label="People" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"Role"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Signs in by"</th>
                            <th scope="col">"Second factor"</th>
                            <th scope="col">"Last seen"</th>
                            <th scope="col">"Sessions"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

fn row(
    person: &StaffRow,
    seen: Option<&Seen>,
    viewer: &Signed,
    reader: &Reader,
) -> impl IntoView + use<> {
    let you = (person.id == viewer.person.id).then(|| view! { <span class="soft">" (you)"</span> });
    let last = seen.map(|seen| reader.relative(seen.at));
    let last = last.map_or_else(
        || view! { <span class="soft">"Never"</span> }.into_any(),
        IntoAny::into_any,
    );
    view! {
        <tr>
            <th scope="row">
                <a href=paths::of_person(paths::PERSON, &person.id)>{person.name.clone()}</a>
                {you}
                <small>{person.email.clone()}</small>
            </th>
            <td data-label="Role">{person.role.clone()}</td>
            <td data-label="State">{standing(person)}</td>
            <td data-label="Signs in by">{methods(person)}</td>
            <td data-label="Second factor">{factor(person)}</td>
            <td data-label="Last seen" class="number">{last}</td>
            <td data-label="Sessions" class="number">{seen.map_or(0, |seen| seen.open)}</td>
        </tr>
    }
}

/// Whether somebody may sign in.
fn standing(person: &StaffRow) -> impl IntoView + use<> {
    let (tone, text) = if person.disabled_at.is_some() {
        ("bad", "Disabled")
    } else {
        ("good", "Active")
    };
    view! { <span class="badge" data-tone=tone>{text}</span> }
}

/// How somebody can sign in.
pub(super) const fn methods(person: &StaffRow) -> &'static str {
    match (&person.password_hash, &person.oidc_subject) {
        (Some(_), Some(_)) => "Password, single sign-on",
        (Some(_), None) => "Password",
        (None, _) => "Single sign-on",
    }
}

/// Whether somebody has a second factor; without a password, whoever vouches for them asks for one.
pub(super) const fn factor(person: &StaffRow) -> &'static str {
    match (&person.password_hash, &person.totp_secret) {
        (_, Some(_)) => "Set up",
        (Some(_), None) => "None",
        (None, None) => "Elsewhere",
    }
}

/// A button that leads to what only admins may do; for others it is there and says so.
fn for_admins(viewer: &Signed, href: String, name: &'static str) -> AnyView {
    if viewer.may(Act::ManageTeam) {
        view! { <a class="button" href=href>{name}</a> }.into_any()
    } else {
        let why = "This takes the role admin";
        view! { <button type="button" disabled title=why>{name}</button> }.into_any()
    }
}
