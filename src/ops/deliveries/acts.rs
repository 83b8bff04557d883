//! What is done with endpoints and deliveries: enabled, disabled, given another secret, tried, sent once more.

use std::time::Duration;

use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

use super::{
    form::shown_once,
    told::{lead, lead_with},
    unknown,
};
use crate::{
    deliver::{Acted, Replayed},
    failure::Failure,
    model::refusal::Refusal,
    ops::refused::Failed,
    paths,
    staff::Signed,
    state::AppState,
};

const HOUR: i64 = 3_600_000;
/// The longest that two secrets count side by side, in hours.
const LONGEST_OVERLAP: u64 = 24 * 7;

/// Whether webhooks go to an endpoint from now on.
#[derive(Deserialize)]
pub(super) struct NewState {
    #[serde(default)]
    state: String,
}

pub(super) async fn set_state(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(new): Form<NewState>,
) -> Result<Response, Failed> {
    if state.store.endpoint(&id).await?.is_none() {
        return Ok(unknown(&state, &signed).await);
    }
    let is_enabled = match new.state.as_str() {
        "enabled" => true,
        "disabled" => false,
        _ => return Err(Failure::from(Refusal::BadRequest).into()),
    };
    let actor = signed.actor();
    let acted = state.deliveries.set_enabled(&actor, &id, is_enabled);
    let acted = acted.await?;
    Ok(answer(&state, &signed, &id, acted, &new.state).await)
}

/// How long the secret before signs too, in hours.
#[derive(Deserialize)]
pub(super) struct Overlap {
    #[serde(default)]
    hours: String,
}

pub(super) async fn rotate(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(overlap): Form<Overlap>,
) -> Result<Response, Failed> {
    let Some(row) = state.store.endpoint(&id).await? else {
        return Ok(unknown(&state, &signed).await);
    };
    let hours = overlap.hours.parse().ok();
    let Some(hours) = hours.filter(|hours| *hours <= LONGEST_OVERLAP) else {
        return Err(Failure::from(Refusal::BadRequest).into());
    };
    let overlap = Duration::from_hours(hours);
    let actor = signed.actor();
    match state.deliveries.rotate(&actor, &id, overlap).await? {
        Some(secret) => {
            let text = "The endpoint has another secret.";
            Ok(shown_once(&state, &signed, &row, text, secret).await)
        }
        None => Ok(unknown(&state, &signed).await),
    }
}

pub(super) async fn test(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let acted = state.deliveries.test(&signed.actor(), &id).await?;
    Ok(answer(&state, &signed, &id, acted, "tested").await)
}

/// Since when, in hours back; everything when empty.
#[derive(Deserialize)]
pub(super) struct Since {
    #[serde(default)]
    hours: String,
}

pub(super) async fn replay_failed(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(since): Form<Since>,
) -> Result<Response, Failed> {
    let since = match since.hours.as_str() {
        "" => 0,
        hours => match hours.parse::<u16>() {
            Ok(hours) => state.clock.now_ms() - i64::from(hours) * HOUR,
            Err(_) => return Err(Failure::from(Refusal::BadRequest).into()),
        },
    };
    let actor = signed.actor();
    let path = paths::endpoint(paths::ENDPOINT, &id);
    match state.deliveries.replay_failed(&actor, &id, since).await? {
        Replayed::Many(0) => Ok(lead(&path, "nothing-failed")),
        Replayed::Many(count) => Ok(lead_with(&path, "replayed-failed", count)),
        Replayed::No(acted) => Ok(answer(&state, &signed, &id, acted, "").await),
    }
}

pub(super) async fn replay(
    State(state): State<AppState>,
    signed: Signed,
    Path((id, event)): Path<(String, String)>,
) -> Result<Response, Failed> {
    let actor = signed.actor();
    let acted = state.deliveries.replay(&actor, &id, &event);
    let path = paths::delivery(paths::DELIVERY, &id, &event);
    match acted.await? {
        Acted::Done => Ok(lead(&path, "replayed")),
        Acted::Disabled => Ok(lead(&path, "is-disabled")),
        Acted::Unknown => Ok(unknown(&state, &signed).await),
    }
}

/// Leads back to the endpoint, or says that there is none.
async fn answer(state: &AppState, signed: &Signed, id: &str, acted: Acted, done: &str) -> Response {
    let path = paths::endpoint(paths::ENDPOINT, id);
    match acted {
        Acted::Done => lead(&path, done),
        Acted::Disabled => lead(&path, "is-disabled"),
        Acted::Unknown => unknown(state, signed).await,
    }
}
