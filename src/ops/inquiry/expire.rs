//! Expiring an inquiry: asked for on a page of its own, because it throws the person out.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};

use super::{
    confirm::{self, Question},
    draft::{Draft, Sent},
    refused::Failed,
    show::{self, done_path},
};
use crate::{
    inquiries::Acted, model::reason::TO_END, paths, staff::Signed, state::AppState,
    store::inquiries::InquiryRow,
};

pub(super) async fn ask(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    match state.store.inquiry(&id).await? {
        Some(inquiry) => {
            let answer = (Draft::default(), None);
            Ok(confirm::ask(&state, &signed, question(&inquiry), inquiry, answer).await)
        }
        None => Ok(show::unknown(&state, &signed).await),
    }
}

pub(super) async fn expire(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    let Some(inquiry) = state.store.inquiry(&id).await? else {
        return Ok(show::unknown(&state, &signed).await);
    };
    let version = draft.version()?;
    let why = match draft.why(&signed, &TO_END) {
        Ok(why) => why,
        Err(problem) => {
            let answer = (draft, Some(problem));
            return Ok(confirm::ask(&state, &signed, question(&inquiry), inquiry, answer).await);
        }
    };
    if inquiry.phase().is_settled() {
        let text = "This inquiry is finished, so there is nothing to expire.";
        return show::again(&state, &signed, &id, StatusCode::CONFLICT, text, draft).await;
    }
    match state.inquiries.expire(&id, version, why).await? {
        Acted::Done => Ok(Redirect::to(&done_path(&id, "expired")).into_response()),
        Acted::Moved => show::stale(&state, &signed, &id, draft).await,
    }
}

fn question(inquiry: &InquiryRow) -> Question {
    Question {
        title: "Expire this inquiry?",
        what: inquiry.id.clone(),
        text: "Its sessions and Persona's one-time links end at once, and checks under way are cancelled. Whoever has \
               the flow open is out. The sessions do not come back, but the inquiry can be resumed by a link.",
        action: paths::of_inquiry(paths::EXPIRE_INQUIRY, &inquiry.id),
        button: "Expire the inquiry",
    }
}
