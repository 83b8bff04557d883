//! Saved views: filters under a name, one's own or everybody's.

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::Filters;
use crate::{
    failure::Failure,
    id::new_id,
    model::{refusal::Refusal, role::Act},
    ops::refused::Failed,
    paths,
    staff::Signed,
    state::AppState,
    store::views::{self, ViewRow},
};

/// Longest name of a view, in characters.
const LONGEST: usize = 60;

/// What is saved.
#[derive(Deserialize)]
pub(super) struct NewView {
    name: String,
    query: String,
    #[serde(default)]
    shared: String,
}

/// Saves a view and shows it.
pub(super) async fn save(
    State(state): State<AppState>,
    signed: Signed,
    Form(new): Form<NewView>,
) -> Result<Response, Failed> {
    let name = new.name.trim();
    let is_shared = !new.shared.is_empty();
    // What comes back is read and written anew, so that a view never leads anywhere but to the queue.
    let filters: Option<Filters> = serde_urlencoded::from_str(&new.query).ok();
    let Some(filters) = filters.filter(|_| !name.is_empty() && name.chars().count() <= LONGEST)
    else {
        return Err(Failure::from(Refusal::BadRequest).into());
    };
    if is_shared && !signed.may(Act::ShareView) {
        return Ok(crate::ops::refused::not_allowed(&state, &signed, Act::ShareView).await);
    }
    let now = state.clock.now();
    let row = ViewRow {
        id: new_id(now)?,
        staff_id: signed.person.id.clone(),
        name: name.to_owned(),
        query: filters.kept(),
        is_shared: i64::from(is_shared),
        created_at: now.as_millisecond(),
    };
    let path = path(&row);
    state
        .store
        .change(move |change| views::add(change, &row))
        .await?;
    Ok(Redirect::to(&path).into_response())
}

/// Forgets a view of one's own.
pub(super) async fn forget(
    State(state): State<AppState>,
    signed: Signed,
    Path(view): Path<String>,
) -> Result<Response, Failed> {
    let staff = signed.person.id.clone();
    let forgotten = state
        .store
        .change(move |change| views::remove(change, &staff, &view));
    forgotten.await?;
    Ok(Redirect::to(paths::OPS).into_response())
}

fn path(view: &ViewRow) -> String {
    format!("{}?{}", paths::OPS, view.query)
}

/// The views of somebody, as links; one's own can be forgotten.
pub(super) fn list(signed: &Signed, views: &[ViewRow]) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = views.iter().map(|view| item(signed, view)).collect();
    (!items.is_empty()).then(|| {
        view! { <nav class="views" aria-label="Saved views"><ul>{items}</ul></nav> }
    })
}

fn item(signed: &Signed, row: &ViewRow) -> impl IntoView + use<> {
    let is_own = row.staff_id == signed.person.id;
    let forget = is_own.then(|| {
        let action = paths::FORGET_VIEW.replace("{view}", &row.id);
        let label = format!("Forget the view {}", row.name);
        view! {
            <form method="post" action=action>
                <button class="plain" type="submit" aria-label=label>"×"</button>
            </form>
        }
    });
    let shared = (row.is_shared != 0).then(|| view! { <small>" shared"</small> });
    view! {
        <li>
            <a href=path(row)>{row.name.clone()} {shared}</a>
            {forget}
        </li>
    }
}

/// The form that saves what is shown now.
pub(super) fn save_form(signed: &Signed, filters: &Filters) -> impl IntoView + use<> {
    let share = signed.may(Act::ShareView).then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shared" value="1" />
                "For everybody"
            </label>
        }
    });
    view! {
        <details class="menu">
            <summary>"Save this view"</summary>
            <form method="post" action=paths::VIEWS>
                <input type="hidden" name="query" value=filters.kept() />
                <label>
                    "Name"
                    <input name="name" required maxlength=LONGEST />
                </label>
                {share}
                <button class="main" type="submit">"Save"</button>
            </form>
        </details>
    }
}
