//! Mailing a link: first the preview, then the mail.

use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use super::{
    draft::Draft,
    made::Made,
    refused::{self, Failed},
    show::{self, done_path},
};
use crate::{
    failure::Failure,
    mail::{MailError, Mailer, Recipient},
    model::refusal::Refusal,
    secret::{Secret, same},
    staff::Signed,
    state::AppState,
};

/// The link that the page showed; its token is a secret.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Letterhead {
    token: String,
    version: i64,
}

type Sent = Result<Form<Letterhead>, FormRejection>;

pub(super) async fn preview(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let opened = open(&state, &signed, &id, sent).await?;
    let (made, _, to, _) = match opened {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let letter = made.letter(&state);
    made.with_preview(to, letter).page(&state, &signed).await
}

/// Sends it. Who presses twice, or at the same time as another, sends one mail.
pub(super) async fn send(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let (made, mailer, to, version) = match open(&state, &signed, &id, sent).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let inquiry = made.link.inquiry_id.clone();
    if !state.inquiries.take_turn(&made.link, version).await? {
        let draft = Draft::default();
        return show::stale(&state, &signed, &inquiry, draft).await;
    }
    let sent = mailer
        .send(
            &made.message_id(),
            &to,
            &made.letter(&state),
            state.clock.now(),
        )
        .await;
    let actor = signed.actor().to_string();
    let recorded = state.inquiries.record_mail(&actor, &made.link, &sent);
    recorded.await?;
    match sent {
        Ok(()) => Ok(Redirect::to(&done_path(&inquiry, "mailed")).into_response()),
        Err(error) => {
            tracing::warn!(cause = %error, "a mail was not sent");
            failed(&state, &signed, made, &error).await
        }
    }
}

/// The link stays usable, so its page comes back with what went wrong.
async fn failed(
    state: &AppState,
    signed: &Signed,
    made: Made,
    error: &MailError,
) -> Result<Response, Failed> {
    let text = format!(
        "The mail was not sent: {error}. The link is good all the same: copy it, or try the mail again."
    );
    let again = made.renewed(state).await?;
    let again = again.with_problem(StatusCode::BAD_GATEWAY, text);
    again.page(state, signed).await
}

/// A link that may be mailed, by which server, to whom; or the answer that says why not.
type Opened = Result<(Made, Mailer, Recipient, i64), Response>;

async fn open(state: &AppState, signed: &Signed, id: &str, sent: Sent) -> Result<Opened, Failed> {
    let Form(Letterhead { token, version }) =
        sent.map_err(|_| Failure::from(Refusal::BadRequest))?;
    let (Some(link), Some(mailer)) = (state.store.link(id).await?, state.mail.clone()) else {
        let text = "There is no such link, or no mail server is set up.";
        return Ok(Err(refused::not_found(state, signed, text).await));
    };
    let token = Secret::parse(&token).filter(|token| same(&token.hash(), &link.token_hash));
    let token = token.ok_or_else(|| Failure::from(Refusal::BadRequest))?;
    if !link.standing(state.clock.now_ms()).is_usable() {
        let text = "This link is over or revoked, so it was not mailed.";
        let (status, draft) = (StatusCode::CONFLICT, Draft::default());
        let page = show::again(state, signed, &link.inquiry_id, status, text, draft);
        return Ok(Err(page.await?));
    }
    let to = state.inquiries.recipient(&link.inquiry_id).await?;
    let made = Made::of(state, link, &token).await?;
    let Some(to) = to else {
        let text = "Persona holds no e-mail address for this person. Copy the link instead.";
        let made = made.with_problem(StatusCode::CONFLICT, text);
        let page = made.page(state, signed);
        return Ok(Err(page.await?));
    };
    Ok(Ok((made, mailer, to, version)))
}
