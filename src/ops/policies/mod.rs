//! Policies: what Leftoff does by itself, what it did, and what it would have done.

mod dry_run;
mod form;
mod history;
mod list;
mod show;

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    refused::{self, Failed},
    route::Route,
};
use crate::{
    failure::Failure,
    model::{policy::PolicyAct, refusal::Refusal, role::Act},
    paths,
    policy::{Managed, Turn},
    staff::Signed,
    state::AppState,
    store::{policies::PolicyRow, templates::TemplateRow},
};

/// The pages and acts.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::POLICIES, Act::SeePolicies, list::show),
        Route::act(paths::POLICY_SWITCH, Act::ManagePolicies, turn),
        Route::page(paths::POLICY_NEW, Act::ManagePolicies, form::new),
        Route::act(paths::POLICY_NEW, Act::ManagePolicies, form::create),
        Route::page(paths::POLICY, Act::SeePolicies, show::show),
        Route::page(paths::POLICY_EDIT, Act::ManagePolicies, form::edit),
        Route::act(paths::POLICY_EDIT, Act::ManagePolicies, form::change),
        Route::act(paths::POLICY_STATE, Act::ManagePolicies, set_on),
        Route::page(paths::POLICY_DRY_RUN, Act::SeePolicies, dry_run::show),
    ]
}

/// What a redirect tells.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    done: String,
    before: Option<String>,
}

/// What a button says.
#[derive(Deserialize)]
struct Pressed {
    #[serde(default)]
    to: String,
}

/// Why a button of admins is off.
const NOT_ALLOWED: &str = "This takes the role admin";

/// The way to a page of admins; for others it is there and says what it takes.
fn way(name: &'static str, path: &str, class: &'static str, may: bool) -> AnyView {
    if may {
        view! { <a class=class href=path.to_owned()>{name}</a> }.into_any()
    } else {
        view! { <button type="button" disabled title=NOT_ALLOWED>{name}</button> }.into_any()
    }
}

/// What a policy does, in words.
const fn act_name(act: PolicyAct) -> &'static str {
    match act {
        PolicyAct::Resume => "Opens expired inquiries again",
        PolicyAct::Remind => "Reminds people",
    }
}

/// The name of the template that a policy is for.
fn template_name(policy: &PolicyRow, templates: &[TemplateRow]) -> String {
    let Some(id) = &policy.template_id else {
        return "Every template".to_owned();
    };
    let known = templates.iter().find(|template| template.id == *id);
    let name = known.and_then(|template| template.name.clone());
    name.unwrap_or_else(|| id.clone())
}

async fn found(
    state: &AppState,
    signed: &Signed,
    id: &str,
) -> Result<Result<PolicyRow, Response>, Failed> {
    match state.store.policy(id).await? {
        Some(policy) => Ok(Ok(policy)),
        None => Ok(Err(refused::not_found(
            state,
            signed,
            "There is no such policy.",
        )
        .await)),
    }
}

/// Stops all policies, or lets them act again.
async fn turn(
    State(state): State<AppState>,
    signed: Signed,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Failed> {
    let (turn, done) = match &*pressed.to {
        "stop" => (Turn::Stop, "stopped"),
        "release" => (Turn::Release, "released"),
        _ => return Err(Failure::from(Refusal::BadRequest).into()),
    };
    state.policies.turn(&signed.actor(), turn).await?;
    Ok(Redirect::to(&format!("{}?done={done}", paths::POLICIES)).into_response())
}

/// Turns a policy on or off.
async fn set_on(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Failed> {
    let is_on = match &*pressed.to {
        "on" => true,
        "off" => false,
        _ => return Err(Failure::from(Refusal::BadRequest).into()),
    };
    let managed = state.policies.set_on(&signed.actor(), &id, is_on).await?;
    let Managed::Done(policy) = managed else {
        return found(&state, &signed, &id).await.map(|found| match found {
            Ok(policy) => to(&policy, "moved"),
            Err(response) => response,
        });
    };
    Ok(to(&policy, &pressed.to))
}

/// Leads to the page of a policy.
fn to(policy: &PolicyRow, done: &str) -> Response {
    let path = paths::of_policy(paths::POLICY, &policy.id);
    Redirect::to(&format!("{path}?done={done}")).into_response()
}
