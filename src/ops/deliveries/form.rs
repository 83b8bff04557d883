//! Adding an endpoint and changing it.

use axum::{
    extract::{Path, RawForm, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use url::form_urlencoded;

use super::{told::lead, unknown};
use crate::{
    deliver::{Acted, EndpointError, NewEndpoint},
    model::webhook::CATALOGUE,
    ops::{
        page::{self, Page},
        refused::Failed,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::endpoints::EndpointRow,
};

/// What the form says of the choice of everything.
const ALL: &str = "all";
const SOME: &str = "some";

/// What is filled in, where it goes, and what is wrong with it.
#[derive(Clone)]
struct Sheet {
    title: &'static str,
    action: String,
    press: &'static str,
    new: NewEndpoint,
    wrong: Option<String>,
}

pub(super) async fn new(State(state): State<AppState>, signed: Signed) -> Response {
    render(&state, &signed, adding(NewEndpoint::default(), None)).await
}

/// Adds an endpoint and shows its secret, this once.
pub(super) async fn add(
    State(state): State<AppState>,
    signed: Signed,
    RawForm(form): RawForm,
) -> Result<Response, Failed> {
    let new = read(&form);
    match state.deliveries.add(&signed.actor(), &new).await {
        Ok((row, secret)) => {
            let text = "The endpoint is added.";
            Ok(shown_once(&state, &signed, &row, text, secret).await)
        }
        Err(EndpointError::Failed(failure)) => Err(Failed(failure)),
        Err(error) => {
            let text = format!("It was not added: {error}.");
            Ok(render(&state, &signed, adding(new, Some(text))).await)
        }
    }
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some(row) = state.store.endpoint(&id).await? else {
        return Ok(unknown(&state, &signed).await);
    };
    let events: Vec<_> = row.events.split(',').map(str::to_owned).collect();
    let new = NewEndpoint {
        events: (!row.events.is_empty()).then_some(events),
        url: row.url,
        description: row.description,
    };
    Ok(render(&state, &signed, changing(&id, new, None)).await)
}

pub(super) async fn edit(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Result<Response, Failed> {
    if state.store.endpoint(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    let new = read(&form);
    match state.deliveries.edit(&signed.actor(), &id, &new).await {
        Ok(Acted::Unknown) => Ok(unknown(&state, &signed).await),
        Ok(_) => Ok(lead(&paths::endpoint(paths::ENDPOINT, &id), "changed")),
        Err(EndpointError::Failed(failure)) => Err(Failed(failure)),
        Err(error) => {
            let text = format!("Nothing was changed: {error}.");
            Ok(render(&state, &signed, changing(&id, new, Some(text))).await)
        }
    }
}

/// The form has one field `event` for each box that was ticked.
fn read(form: &[u8]) -> NewEndpoint {
    let (mut new, mut ticked, mut is_all) = (NewEndpoint::default(), Vec::new(), false);
    for (name, value) in form_urlencoded::parse(form) {
        match &*name {
            "url" => new.url = value.into_owned(),
            "description" => new.description = value.into_owned(),
            "told" => is_all = value == ALL,
            "event" => ticked.push(value.into_owned()),
            _ => {}
        }
    }
    new.events = (!is_all).then_some(ticked);
    new
}

fn adding(new: NewEndpoint, wrong: Option<String>) -> Sheet {
    Sheet {
        title: "Add an endpoint",
        action: paths::DELIVERIES.to_owned(),
        press: "Add",
        new,
        wrong,
    }
}

fn changing(id: &str, new: NewEndpoint, wrong: Option<String>) -> Sheet {
    Sheet {
        title: "Change the endpoint",
        action: paths::endpoint(paths::ENDPOINT_EDIT, id),
        press: "Change",
        new,
        wrong,
    }
}

async fn render(state: &AppState, signed: &Signed, sheet: Sheet) -> Response {
    let status = if sheet.wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = Page {
        title: sheet.title.to_owned(),
        status,
        section: paths::DELIVERIES,
        ..Page::default()
    };
    let body = move || sheet.view();
    page::render(state, Some(signed), page, body).await
}

impl Sheet {
    fn view(&self) -> AnyView {
        let alert = self
            .wrong
            .clone()
            .map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            <div class="head"><h1>{self.title}</h1></div>
            {alert}
            <form class="narrow" method="post" action=self.action.clone()>
                <p class="field">
                    <label for="description">"Description"</label>
                    <input id="description" name="description" value=self.new.description.clone() required
                        maxlength="100" autocomplete="off" placeholder="Case system" />
                </p>
                <p class="field">
                    <label for="url">"Address"</label>
                    <input id="url" name="url" type="url" value=self.new.url.clone() required maxlength="1000"
                        autocomplete="off" placeholder="https://hooks.example.com/leftoff" />
                </p>
                {self.events()}
                <button class="main" type="submit">{self.press}</button>
            </form>
        }
        .into_any()
    }

    fn events(&self) -> impl IntoView + use<> {
        let is_all = self.new.events.is_none();
        let chosen = self.new.events.clone().unwrap_or_default();
        let boxes: Vec<_> = CATALOGUE
            .iter()
            .map(|kind| {
                let is_chosen = chosen.iter().any(|event| event == kind.code);
                view! {
                    <label class="check">
                        <input type="checkbox" name="event" value=kind.code checked=is_chosen />
                        <span>{kind.words} " " <code>{kind.code}</code></span>
                    </label>
                }
            })
            .collect();
        view! {
            <fieldset>
                <legend>"Is told"</legend>
                <label class="check">
                    <input type="radio" name="told" value=ALL checked=is_all />
                    "Everything, also what later versions add"
                </label>
                <label class="check">
                    <input type="radio" name="told" value=SOME checked=!is_all />
                    "These events only"
                </label>
                <fieldset class="kinds" aria-label="Events">{boxes}</fieldset>
            </fieldset>
        }
    }
}

/// A page that shows a secret which nobody sees again.
pub(super) async fn shown_once(
    state: &AppState,
    signed: &Signed,
    row: &EndpointRow,
    text: &'static str,
    secret: SecretString,
) -> Response {
    let page = Page {
        title: row.description.clone(),
        section: paths::DELIVERIES,
        ..Page::default()
    };
    let (name, back) = (
        row.description.clone(),
        paths::endpoint(paths::ENDPOINT, &row.id),
    );
    let body = move || {
        view! {
            <div class="head"><h1>{name.clone()}</h1></div>
            <p class="done" role="status">{text}</p>
            <p>
                "Its secret, shown this once. The receiver verifies the header webhook-signature with it, for instance by
                one of the libraries of standardwebhooks.com."
            </p>
            <p class="once">
                <code id="secret">{secret.expose_secret().to_owned()}</code>
                <button type="button" data-copy="secret" data-copied="Copied">"Copy"</button>
            </p>
            <p><a href=back.clone()>"Go to the endpoint"</a></p>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}
