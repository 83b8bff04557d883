//! What is done with bulks: drafted, confirmed, approved, held, ended, tried again.

use axum::{
    Form,
    extract::{Path, RawForm, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;
use url::form_urlencoded;

use super::{
    draft::LONGEST_NOTE,
    show::{self, Notice, Place},
};
use crate::{
    bulk::{Confirmation, NewBulk, Turned},
    failure::Failure,
    model::{
        bulk::{BulkAct, BulkState},
        reason::Reason,
        refusal::Refusal,
    },
    ops::{
        queue,
        refused::{self, Failed},
    },
    paths,
    staff::Signed,
    state::AppState,
    store::bulk::Source,
};

/// Makes a draft of what was ticked, or of all that match a view.
pub(super) async fn draft(
    State(state): State<AppState>,
    signed: Signed,
    RawForm(form): RawForm,
) -> Result<Response, Failed> {
    let Some(new) = new_bulk(&state, &form) else {
        return Err(Failure::from(Refusal::BadRequest).into());
    };
    let made = state.bulks.draft(&signed.actor(), new).await?;
    let path = made.map_or_else(
        || format!("{}?done=nothing", paths::BULKS),
        |bulk| done(&bulk.id, "drafted"),
    );
    Ok(Redirect::to(&path).into_response())
}

/// The form has one field `inquiry` for each box that was ticked.
fn new_bulk(state: &AppState, form: &[u8]) -> Option<NewBulk> {
    let (mut act, mut is_all, mut query, mut ticked) = (None, false, String::new(), Vec::new());
    for (name, value) in form_urlencoded::parse(form) {
        match &*name {
            "act" => act = BulkAct::parse(&value),
            "scope" => is_all = value == "all",
            "query" => query = value.into_owned(),
            "inquiry" => ticked.push(value.into_owned()),
            _ => {}
        }
    }
    let (source, origin) = if is_all {
        let (wanted, kept) = queue::matching(state, &query)?;
        (Source::Query(wanted), kept)
    } else {
        (Source::Ticked(ticked), String::new())
    };
    Some(NewBulk {
        act: act?,
        source,
        origin,
    })
}

/// Whom a draft takes beside the others.
#[derive(Deserialize)]
pub(super) struct Terms {
    #[serde(default)]
    outdated: String,
    #[serde(default)]
    contacted: String,
}

pub(super) async fn set_terms(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(terms): Form<Terms>,
) -> Result<Response, Failed> {
    let (outdated, contacted) = (!terms.outdated.is_empty(), !terms.contacted.is_empty());
    let actor = signed.actor();
    let turned = state.bulks.set_terms(&actor, &id, outdated, contacted);
    let turned = turned.await?;
    answer(&state, &signed, &id, turned, "terms").await
}

/// The receipt, with its reason.
#[derive(Deserialize)]
pub(super) struct Receipt {
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
}

pub(super) async fn confirm(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(receipt): Form<Receipt>,
) -> Result<Response, Failed> {
    let note = receipt.note.trim();
    let bulk = state.store.bulk(&id).await?;
    let is_known =
        bulk.is_none_or(|bulk| Reason::among(bulk.act().reasons(), &receipt.reason).is_some());
    if !is_known || note.is_empty() || note.chars().count() > LONGEST_NOTE {
        let words = "Choose a reason and write a note. Nothing was begun.";
        let notice = Notice::Alert(StatusCode::UNPROCESSABLE_ENTITY, words);
        return show::page(&state, &signed, &id, &Place::default(), notice).await;
    }
    let confirmation = Confirmation {
        fingerprint: receipt.fingerprint,
        reason: receipt.reason,
        note: note.to_owned(),
    };
    let actor = signed.actor();
    let turned = state.bulks.confirm(&actor, &id, confirmation);
    let turned = turned.await?;
    let code = match turned {
        Some(Turned::To(BulkState::WaitingApproval)) => "waits",
        _ => "began",
    };
    answer(&state, &signed, &id, turned, code).await
}

pub(super) async fn approve(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Form(receipt): Form<Receipt>,
) -> Result<Response, Failed> {
    let actor = signed.actor();
    let turned = state.bulks.approve(&actor, &id, receipt.fingerprint);
    let turned = turned.await?;
    answer(&state, &signed, &id, turned, "approved").await
}

pub(super) async fn pause(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let turned = state.bulks.pause(&signed.actor(), &id).await?;
    answer(&state, &signed, &id, turned, "paused").await
}

pub(super) async fn go_on(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let turned = state.bulks.go_on(&signed.actor(), &id).await?;
    answer(&state, &signed, &id, turned, "went-on").await
}

pub(super) async fn cancel(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let turned = state.bulks.cancel(&signed.actor(), &id).await?;
    answer(&state, &signed, &id, turned, "cancelled").await
}

/// Makes a draft of the rows that failed.
pub(super) async fn retry(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let Some(bulk) = state.store.bulk(&id).await? else {
        return Ok(not_found(&state, &signed).await);
    };
    if !bulk.state().is_over() {
        return Ok(Redirect::to(&done(&id, "was-moved")).into_response());
    }
    let made = state.bulks.retry(&signed.actor(), &bulk).await?;
    let path = made.map_or_else(
        || done(&id, "nothing-failed"),
        |bulk| done(&bulk.id, "drafted"),
    );
    Ok(Redirect::to(&path).into_response())
}

/// Leads back to the page, or shows it with what stands in the way.
async fn answer(
    state: &AppState,
    signed: &Signed,
    id: &str,
    turned: Option<Turned>,
    code: &str,
) -> Result<Response, Failed> {
    let notice = match turned {
        None => return Ok(not_found(state, signed).await),
        Some(Turned::To(_)) => return Ok(Redirect::to(&done(id, code)).into_response()),
        Some(Turned::NotFrom(_)) => {
            return Ok(Redirect::to(&done(id, "was-moved")).into_response());
        }
        Some(Turned::Stale { count, first }) => Notice::Stale { count, first },
        Some(Turned::Nothing) => Notice::Alert(
            StatusCode::CONFLICT,
            "Nothing would happen to anybody, so there is nothing to confirm.",
        ),
        Some(Turned::OwnBulk) => Notice::Alert(
            StatusCode::FORBIDDEN,
            "You made this bulk, so somebody else must approve it.",
        ),
    };
    show::page(state, signed, id, &Place::default(), notice).await
}

async fn not_found(state: &AppState, signed: &Signed) -> Response {
    refused::not_found(state, signed, "There is no such bulk.").await
}

/// The page of a bulk with a word about what was done.
pub(super) fn done(id: &str, code: &str) -> String {
    format!("{}?done={code}", paths::bulk(paths::BULK, id))
}
