//! Making a key: its name, its scopes, how long it is good. It is shown once.

use std::time::Duration;

use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

use crate::{
    failure::Failure,
    keys::{KeyError, LONGEST_NAME, MadeKey, NewKey},
    model::{refusal::Refusal, scope::Scope},
    ops::{
        page::{self, Page},
        refused::Failed,
    },
    paths,
    staff::Signed,
    state::AppState,
};

/// How long a key may be good, in days.
const DAYS: [u64; 3] = [30, 90, 365];

/// A key, as the form tells it: pairs, since a scope may be there several times.
#[derive(Clone, Debug, Default)]
struct Draft {
    name: String,
    scopes: Vec<Scope>,
    days: String,
}

impl Draft {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut draft = Self::default();
        for (field, value) in pairs {
            match field.as_str() {
                "name" => draft.name = value,
                "scope" => draft.scopes.extend(Scope::parse(&value)),
                "days" => draft.days = value,
                _ => {}
            }
        }
        draft
    }

    fn key(&self) -> Result<NewKey, Failed> {
        let life = match self.days.as_str() {
            "" => None,
            days => {
                let known = DAYS.into_iter().find(|known| known.to_string() == days);
                let days = known.ok_or_else(|| Failure::from(Refusal::BadRequest))?;
                Some(Duration::from_secs(days * 24 * 3600))
            }
        };
        Ok(NewKey {
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            life,
        })
    }
}

pub(super) async fn show(State(state): State<AppState>, signed: Signed) -> Response {
    form(&state, &signed, Draft::default(), None).await
}

/// Makes the key; the answer is the only place where it ever stands.
pub(super) async fn make(
    State(state): State<AppState>,
    signed: Signed,
    sent: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failed> {
    let Form(pairs) = sent.map_err(|_| Failure::from(Refusal::BadRequest))?;
    let draft = Draft::of(pairs);
    match state.keys.create(&signed.actor(), draft.key()?).await {
        Ok(made) => Ok(shown_once(&state, &signed, made).await),
        Err(KeyError::Failed(failure)) => Err(Failed(failure)),
        Err(error) => {
            let text = format!("No key was made: {error}.");
            Ok(form(&state, &signed, draft, Some(text)).await)
        }
    }
}

async fn form(state: &AppState, signed: &Signed, draft: Draft, wrong: Option<String>) -> Response {
    let status = wrong
        .as_ref()
        .map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page {
        title: "Make an API key".to_owned(),
        status,
        section: paths::KEYS,
        ..Page::default()
    };
    let body = move || {
        let alert = wrong
            .clone()
            .map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            <div class="head"><h1>"Make an API key"</h1></div>
            {alert}
            <form class="narrow" method="post" action=paths::KEYS_NEW>
                <p class="field">
                    <label for="name">"Name"</label>
                    <input id="name" name="name" value=draft.name.clone() required maxlength=LONGEST_NAME
                        autocomplete="off" placeholder="Which system uses it" />
                </p>
                <fieldset>
                    <legend>"Scopes"</legend>
                    {boxes(&draft.scopes)}
                </fieldset>
                <p class="field">
                    <label for="days">"Good for"</label>
                    <select id="days" name="days">
                        <option value="">"Until it is revoked"</option>
                        {options(&draft.days)}
                    </select>
                </p>
                <button class="main" type="submit">"Make the key"</button>
            </form>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}

fn boxes(chosen: &[Scope]) -> Vec<impl IntoView + use<>> {
    let one = |scope: Scope| {
        let is_chosen = chosen.contains(&scope);
        view! {
            <label class="check">
                <input type="checkbox" name="scope" value=scope.code() checked=is_chosen />
                <span><code>{scope.code()}</code> " " {scope.about()}</span>
            </label>
        }
    };
    Scope::ALL.into_iter().map(one).collect()
}

fn options(chosen: &str) -> Vec<impl IntoView + use<>> {
    let one = |days: u64| {
        let value = days.to_string();
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{format!("{days} days")}</option> }
    };
    DAYS.into_iter().map(one).collect()
}

async fn shown_once(state: &AppState, signed: &Signed, made: MadeKey) -> Response {
    let page = Page {
        title: "The key is made".to_owned(),
        section: paths::KEYS,
        ..Page::default()
    };
    let body = move || {
        let scopes = made.row.scopes.replace(' ', ", ");
        view! {
            <div class="head"><h1>"The key is made"</h1></div>
            <p class="done" role="status">{made.row.name.clone()} " may use: " {scopes} "."</p>
            <p>
                <strong>"It is shown only now."</strong>
                " Leftoff keeps no copy of it. Put it where the system reads its secrets, and into no code."
            </p>
            <p class="once">
                <code id="key">{made.token.expose()}</code>
                <button type="button" data-copy="key" data-copied="Copied">"Copy"</button>
            </p>
            <p><a href=paths::KEYS>"Back to the keys"</a></p>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}
