//! Taking a link back.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Link, unknown,
    wishes::{wrong_note, wrong_reason},
};
use crate::{
    api::{
        act::{self, Next},
        input::Asked,
        kind::Kind,
        problem::{Problem, ProblemBody},
    },
    links::Why,
    paths,
    state::AppState,
    store::{self, links},
};

/// Why a link is taken back. Every field may be left out, and so may the body.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Revocation)]
pub(super) struct Input {
    /// Why, as a code for the ledger and the audit. No personal data.
    #[schema(
        example = "no-longer-needed",
        max_length = 64,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    )]
    reason: Option<String>,
    /// More about why, in words. No personal data.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// Take a link back
///
/// The link and what was handed off from it stop working for good; a session that is open already goes on. A link that was
/// taken back before stays as it is, and the answer is the same.
#[utoipa::path(post, path = paths::API_REVOKE_LINK, operation_id = "revoke_link", tag = "Links", request_body = Option<Input>,
    params(
        ("id" = String, Path, description = "The link's ID"),
        ("Idempotency-Key" = Option<String>, Header, description = "A name of this request"),
    ),
    responses(
        (status = 200, description = "The link as it is now", body = Link),
        (status = 404, description = "There is no such link", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 409, description = "The same request is under way", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 422, description = "A field is not acceptable, or the Idempotency-Key was used for another request",
            body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub(super) async fn revoke(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked<Input>,
) -> Result<Response, Problem> {
    let act = match asked.begin(&state).await? {
        Next::Act(act) => act,
        Next::Answer(response) => return Ok(response),
    };
    let reason = act.input.reason.clone().unwrap_or_else(|| "api".to_owned());
    let wrong = wrong_reason(&reason).into_iter();
    let wrong: Vec<_> = wrong.chain(wrong_note(act.input.note.as_deref())).collect();
    if !wrong.is_empty() {
        return Err(Problem::fields(Kind::InvalidInput, wrong));
    }
    let link = state.store.link(&id).await?.ok_or_else(unknown)?;
    let why = Why {
        actor: act.caller.actor().to_string(),
        reason,
        note: act.input.note.clone(),
    };
    let revoking = state.links.revoking(&link, why)?;
    let (turn, now) = (act.turn(), state.clock.now_ms());
    let revoked = state.store.change(move |change| {
        revoking.take_back(change)?;
        let link = links::find(change, &id)?.ok_or(store::Error::Interrupted)?;
        act::reply(change, &turn, StatusCode::OK, &Link::of(link, now))
    });
    Ok(act::answer(revoked.await?))
}
