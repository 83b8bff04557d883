//! Opening an inquiry again. What is given back is a link of ours: Persona's session token leaves the server for the person's own
//! browser alone, when they open the link.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use persona::InquiryId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Inquiry, unknown};
use crate::{
    api::{
        act::{self, Act, Next},
        input::Asked,
        links::{Link, Wishes, told},
        problem::{Problem, ProblemBody},
    },
    failure::Failure,
    inquiries::Sight,
    links::{NewLink, Why},
    model::refusal::Refusal,
    paths,
    state::AppState,
    store::{self, bulk::MOST_SESSIONS, inquiries},
};

/// The event of an inquiry that was opened again for a key.
const EVENT: &str = "resumed-by-api";

/// An inquiry that the person can go on with, and the link that leads them there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Resumed {
    /// Whether it had expired and was opened again; one that is still open needs only the link.
    is_reopened: bool,
    /// The inquiry as it is now.
    inquiry: Inquiry,
    /// The link.
    link: Link,
    /// What the person opens. It is told here alone: keep it, or send it on.
    #[schema(format = "uri", example = "https://verify.example.com/r/…")]
    url: String,
}

/// Open an inquiry again
///
/// The inquiry is read from Persona; an expired one is opened again there, which gives it a new expiry. The answer holds a link
/// of Leftoff for the person. Persona's session token is not in it: it is made when the person opens the link, and goes to their
/// browser alone.
#[utoipa::path(post, path = paths::API_RESUME, operation_id = "resume_inquiry", tag = "Inquiries",
    request_body = Option<Wishes>,
    params(
        ("id" = String, Path, description = "Persona's ID of the inquiry"),
        ("Idempotency-Key" = Option<String>, Header, description = "A name of this request, so that sending it again does not make a second link"),
    ),
    responses(
        (status = 201, description = "The inquiry is open, and the link was made", body = Resumed),
        (status = 404, description = "Persona knows no such inquiry", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 409, description = "The inquiry is finished, cannot be opened, or the same request is under way",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "A field is not acceptable, or the Idempotency-Key was used for another request",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 502, description = "Persona failed", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "Persona does not answer", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
pub(super) async fn resume(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked<Wishes>,
) -> Result<Response, Problem> {
    let inquiry = InquiryId::parse(&id).map_err(|_| unknown())?;
    let act = match asked.begin(&state).await? {
        Next::Act(act) => act,
        Next::Answer(response) => return Ok(response),
    };
    let wishes = act.input.clone();
    let new = wishes.link(&id, &act.caller, &state.config.portal, None)?;
    let sight = state.inquiries.make_ready(&inquiry).await?;
    if let Some(refusal) = refusal(&sight) {
        let now = state.clock.now_ms();
        let kept = state.store.change(move |change| sight.keep(change, now));
        kept.await?;
        return Err(Failure::from(refusal).into());
    }
    make(&state, &act, sight, new).await
}

/// Why an inquiry that was looked at is not given a link: it would open nothing.
fn refusal(sight: &Sight) -> Option<Refusal> {
    let is_full = !sight.is_reopened && sight.row.sessions >= MOST_SESSIONS;
    match sight.row.phase() {
        phase if phase.is_settled() => Some(Refusal::Settled),
        _ if is_full => Some(Refusal::NotResumable),
        _ => None,
    }
}

/// Keeps what was seen and makes the link, with the answer.
async fn make(
    state: &AppState,
    act: &Act<Wishes>,
    sight: Sight,
    new: NewLink,
) -> Result<Response, Problem> {
    let why = Why {
        actor: new.maker.clone(),
        reason: new.reason.clone(),
        note: new.note.clone(),
    };
    let (id, is_reopened) = (new.inquiry_id.clone(), sight.is_reopened);
    let mut readied = state.inquiries.readied(sight, EVENT, &why)?;
    let mut making = state.links.making(new)?;
    readied.come_before(making.entry());
    let (turn, config, now) = (act.turn(), state.config.clone(), state.clock.now_ms());
    let resumed = state.store.change(move |change| {
        readied.keep(change)?;
        let made = told(&config, making.make(change)?, now);
        let inquiry = inquiries::find(change, &id)?.ok_or(store::Error::Interrupted)?;
        let body = Resumed {
            is_reopened,
            inquiry: inquiry.into(),
            link: made.link,
            url: made.url,
        };
        act::reply(change, &turn, StatusCode::CREATED, &body)
    });
    Ok(act::answer(resumed.await?))
}
