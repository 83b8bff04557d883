//! Making a link.

use axum::{extract::State, http::StatusCode, response::Response};
use persona::{Error as PersonaError, InquiryId};
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use super::{Link, NewLink, Wishes, wishes::Proof};
use crate::{
    api::{
        act::{self, Act, Next},
        input::{Asked, error},
        kind::Kind,
        problem::{Problem, ProblemBody},
    },
    config::Config,
    failure::Failure,
    links::{MadeLink, Making},
    model::refusal::Refusal,
    paths,
    state::AppState,
    store::inquiries,
};

/// A link that is asked for.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkRequest)]
pub(super) struct Input {
    /// Persona's ID of the inquiry. One that Leftoff does not know yet is read from Persona first.
    #[serde(default)]
    #[schema(required = true, example = "inq_6F8yTQ2mJkWvRbXcNpLs4Z1D")]
    inquiry_id: String,
    /// Why, as a code for the ledger and the audit. No personal data.
    #[schema(
        example = "person-asked",
        max_length = 64,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    )]
    reason: Option<String>,
    /// More about why, in words, for whoever reads the audit. No personal data.
    #[schema(max_length = 500)]
    note: Option<String>,
    /// How long the link lives; the settings' `links.days` when it is left out.
    #[schema(example = 259_200, minimum = 60, maximum = 2_592_000)]
    expires_in_seconds: Option<u64>,
    /// What a new device must prove.
    factor: Option<Proof>,
    /// Where the person goes at the end: https, and its host one of the settings' `portal.return_hosts`.
    #[schema(format = "uri", example = "https://example.com/welcome")]
    return_url: Option<String>,
    /// The language of the link's page, one of the portal's; the browser's own when it is left out.
    #[schema(example = "es")]
    locale: Option<String>,
}

/// Make a link
///
/// The answer holds the link's URL, this once. The link works for a person whose inquiry has expired too: the inquiry is opened
/// again when they press the button.
#[utoipa::path(post, path = paths::API_LINKS, operation_id = "create_link", tag = "Links", request_body = Input,
    params(("Idempotency-Key" = Option<String>, Header, description = "A name of this request, so that sending it again does not make a second link")),
    responses(
        (status = 201, description = "The link was made", body = NewLink),
        (status = 409, description = "The inquiry is finished, or the same request is under way", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 422, description = "A field is not acceptable, or the Idempotency-Key was used for another request",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 502, description = "Persona failed", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "Persona does not answer", body = ProblemBody,
            content_type = "application/problem+json"),
    ))]
pub(super) async fn create(
    State(state): State<AppState>,
    asked: Asked<Input>,
) -> Result<Response, Problem> {
    let act = match asked.begin(&state).await? {
        Next::Act(act) => act,
        Next::Answer(response) => return Ok(response),
    };
    let Act { caller, input, .. } = &act;
    let id = InquiryId::parse(&input.inquiry_id).ok();
    let wrong = id.is_none().then(unknown);
    let wishes = input.wishes();
    let new = wishes.link(&input.inquiry_id, caller, &state.config.portal, wrong)?;
    let id = id.ok_or_else(Problem::internal)?;
    know(&state, &id).await?;
    let making = state.links.making(new)?;
    make(&state, act, making).await
}

impl Input {
    fn wishes(&self) -> Wishes {
        Wishes {
            reason: self.reason.clone(),
            note: self.note.clone(),
            expires_in_seconds: self.expires_in_seconds,
            factor: self.factor,
            return_url: self.return_url.clone(),
            locale: self.locale.clone(),
        }
    }
}

fn unknown() -> crate::api::problem::FieldError {
    error("inquiry_id", "must be Persona's ID of an inquiry")
}

/// Reads an inquiry from Persona if we do not know it.
async fn know(state: &AppState, id: &InquiryId) -> Result<(), Problem> {
    if state.store.inquiry(id.as_str()).await?.is_some() {
        return Ok(());
    }
    match state.inquiries.refresh(id).await {
        Ok(_) => Ok(()),
        Err(Failure::Persona(PersonaError::NotFound { .. })) => {
            Err(Problem::fields(Kind::InvalidInput, vec![unknown()]))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Makes the link and keeps the answer, unless the person is done.
async fn make(state: &AppState, act: Act<Input>, making: Making) -> Result<Response, Problem> {
    let (turn, config, now) = (act.turn(), state.config.clone(), state.clock.now_ms());
    let id = act.input.inquiry_id.clone();
    let made = state.store.change(move |change| {
        let inquiry = inquiries::find(change, &id)?;
        if inquiry.is_none_or(|inquiry| inquiry.phase().is_settled()) {
            return Ok(None);
        }
        let body = told(&config, making.make(change)?, now);
        act::reply(change, &turn, StatusCode::CREATED, &body).map(Some)
    });
    match made.await? {
        Some(reply) => Ok(act::answer(reply)),
        None => Err(Failure::from(Refusal::Settled).into()),
    }
}

/// What is told of a link that was just made.
pub(crate) fn told(config: &Config, made: MadeLink, now: i64) -> NewLink {
    let path = paths::link(made.token.expose());
    let url = config.server.public_url.join(&path);
    NewLink {
        url: url.map(Url::into).unwrap_or(path),
        link: Link::of(made.row, now),
    }
}
