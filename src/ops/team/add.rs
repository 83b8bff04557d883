//! Adding somebody to the staff.

use axum::{Form, extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::{
    model::role::Role,
    ops::{
        page::{self, Page},
        refused::Failed,
    },
    paths,
    staff::{AccountError, NewStaff, Signed, first_password},
    state::AppState,
    store::staff::StaffRow,
};

/// Somebody, as the form tells them.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct NewPerson {
    name: String,
    email: String,
    role: String,
    #[serde(default)]
    by: String,
}

/// How somebody new signs in.
const BY_PASSWORD: &str = "password";

pub(super) async fn show(State(state): State<AppState>, signed: Signed) -> Response {
    form(&state, &signed, NewPerson::default(), None).await
}

/// Adds somebody; a password that is made here is shown once.
pub(super) async fn add(
    State(state): State<AppState>,
    signed: Signed,
    Form(person): Form<NewPerson>,
) -> Result<Response, Failed> {
    let role = Role::parse(&person.role).filter(|_| !person.name.trim().is_empty());
    let Some(role) = role else {
        let text = "They need a name and a role.".to_owned();
        return Ok(form(&state, &signed, person, Some(text)).await);
    };
    let password = (person.by == BY_PASSWORD)
        .then(first_password)
        .transpose()?;
    let new = NewStaff {
        email: person.email.clone(),
        name: person.name.clone(),
        role,
        password: password.clone(),
    };
    match state.staff.add(&signed.actor(), new).await {
        Ok(row) => Ok(added(&state, &signed, row, password).await),
        Err(AccountError::Failed(failure)) => Err(Failed(failure)),
        Err(error) => {
            let text = format!("They were not added: {error}.");
            Ok(form(&state, &signed, person, Some(text)).await)
        }
    }
}

async fn form(
    state: &AppState,
    signed: &Signed,
    person: NewPerson,
    wrong: Option<String>,
) -> Response {
    let status = wrong
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page {
        title: "Add somebody".to_owned(),
        status,
        section: paths::TEAM,
        ..Page::default()
    };
    let has_oidc = state.config.oidc.is_some();
    let body = move || {
        let not_yet =
            (!has_oidc).then(|| view! { <small>"not set up in the settings yet"</small> });
        let alert = wrong
            .clone()
            .map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            <div class="head"><h1>"Add somebody"</h1></div>
            {alert}
            <form class="narrow" method="post" action=paths::TEAM_NEW>
                <p class="field">
                    <label for="name">"Name"</label>
                    <input id="name" name="name" value=person.name.clone() required maxlength="100" autocomplete="off" />
                </p>
                <p class="field">
                    <label for="email">"E-mail address"</label>
                    <input id="email" name="email" type="email" value=person.email.clone() required maxlength="200"
                        autocomplete="off" />
                </p>
                <p class="field">
                    <label for="role">"Role"</label>
                    <select id="role" name="role">{roles(&person.role)}</select>
                </p>
                <fieldset>
                    <legend>"Signs in by"</legend>
                    <label class="check">
                        <input type="radio" name="by" value=BY_PASSWORD checked=person.by != "oidc" />
                        "Password: one is made and shown to you once"
                    </label>
                    <label class="check">
                        <input type="radio" name="by" value="oidc" checked=person.by == "oidc" />
                        "Single sign-on only"
                        {not_yet}
                    </label>
                </fieldset>
                <button class="main" type="submit">"Add"</button>
            </form>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}

/// The roles as options, each with what it may do.
pub(super) fn roles(chosen: &str) -> Vec<impl IntoView + use<>> {
    let about = |role| match role {
        Role::Viewer => "viewer: sees the queue and inquiries",
        Role::Operator => "operator: acts on inquiries too",
        Role::Auditor => "auditor: reads the audit, the team and the settings",
        Role::Admin => "admin: does everything",
    };
    let option = |role: Role| {
        let code = role.code();
        view! { <option value=code selected=code == chosen>{about(role)}</option> }
    };
    Role::ALL.into_iter().map(option).collect()
}

async fn added(
    state: &AppState,
    signed: &Signed,
    person: StaffRow,
    password: Option<SecretString>,
) -> Response {
    let text = format!("{} is on the staff, as {}.", person.name, person.role);
    shown_once(state, signed, &person, text, password).await
}

/// A page that shows a password which is kept nowhere.
pub(super) async fn shown_once(
    state: &AppState,
    signed: &Signed,
    person: &StaffRow,
    text: String,
    password: Option<SecretString>,
) -> Response {
    let page = Page {
        title: person.name.clone(),
        section: paths::TEAM,
        ..Page::default()
    };
    let (name, back) = (
        person.name.clone(),
        paths::of_person(paths::PERSON, &person.id),
    );
    let body = move || {
        let password = password.as_ref().map(|password| {
            view! {
                <p>"Their password, shown this once. Give it to them where nobody else reads it."</p>
                <p class="once">
                    <code id="password">{password.expose_secret().to_owned()}</code>
                    <button type="button" data-copy="password" data-copied="Copied">"Copy"</button>
                </p>
            }
        });
        view! {
            <div class="head"><h1>{name.clone()}</h1></div>
            <p class="done" role="status">{text.clone()}</p>
            {password}
            <p><a href=back.clone()>"Go to their page"</a></p>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}
