//! What the API answers when it does not do what it was asked for: problems by RFC 9457.

use std::time::Duration;

use axum::{
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use persona::Error as PersonaError;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::kind::Kind;
use crate::{
    failure::Failure,
    model::refusal::Refusal,
    paths,
    store::{self},
};

/// The media type of a problem.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not carried out.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    kind: Kind,
    detail: String,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct FieldError {
    /// The field of the body, or the parameter, by its name.
    #[schema(example = "return_url")]
    pub(super) field: String,
    /// What is wrong with it, in words.
    #[schema(example = "must be https, and its host one of portal.return_hosts")]
    pub(super) detail: String,
}

/// A problem by RFC 9457.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody {
    /// The kind of problem: a place on the page of this API that explains it. Branch on this, or on the status.
    #[schema(
        format = "uri",
        example = "https://verify.example.com/api/v1/docs#error-invalid-input"
    )]
    r#type: String,
    /// The kind in words; the same for each problem of the kind.
    #[schema(example = "The request is not acceptable")]
    title: String,
    /// The HTTP status.
    #[schema(example = 422, minimum = 400, maximum = 599)]
    status: u16,
    /// What happened this time, for a person to read.
    #[schema(example = "One field is not acceptable.")]
    detail: String,
    /// The ID of the request, as in the header `X-Request-Id`; the log of Leftoff has it too.
    instance: String,
    /// What is wrong with which field; only where fields are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

impl Problem {
    /// A problem of a kind, with what happened this time.
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// Fields that are not acceptable.
    pub(super) fn fields(kind: Kind, errors: Vec<FieldError>) -> Self {
        let detail = match errors.len() {
            1 => "One field is not acceptable.".to_owned(),
            count => format!("{count} fields are not acceptable."),
        };
        Self {
            errors,
            ..Self::new(kind, detail)
        }
    }

    /// The same with a header.
    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same with how long to wait, in whole seconds and at least one.
    pub(super) fn retry_after(self, wait: Duration) -> Self {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
        self.with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// The answer, once it is known where we are and which request it was.
    pub(super) fn answer(self, site: &Url, instance: &str) -> Response {
        let anchor = format!("{}#error-{}", paths::API_DOCS, self.kind.code());
        let body = ProblemBody {
            r#type: site.join(&anchor).map(String::from).unwrap_or(anchor),
            title: self.kind.title().to_owned(),
            status: self.kind.status().as_u16(),
            detail: self.detail,
            instance: instance.to_owned(),
            errors: self.errors,
        };
        let media_type = HeaderValue::from_static(MEDIA_TYPE);
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.kind.status(), [(CONTENT_TYPE, media_type)], body).into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// Where we are and which request it is, is known further out.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let refused = failure.report("api");
        let wait = refused.retry_after.map(Duration::from_secs);
        let problem = match &failure {
            Failure::Refused(refusal) => of_refusal(*refusal),
            Failure::Persona(error) => of_persona(error),
            _ => Self::internal(),
        };
        // What Persona refuses for good is not worth waiting for.
        let is_passing = matches!(problem.kind, Kind::PersonaUnavailable | Kind::PersonaFailed);
        match wait.filter(|_| is_passing) {
            Some(wait) => problem.retry_after(wait),
            None => problem,
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Failure::from(error).into()
    }
}

impl Problem {
    /// Our own fault; the cause is in the log.
    pub(super) fn internal() -> Self {
        let detail = "It is our fault. The log says why, under the ID of this request.";
        Self::new(Kind::Internal, detail)
    }
}

fn of_refusal(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Settled => Problem::new(
            Kind::InquirySettled,
            "The person finished, or the data were erased: there is nothing to resume.",
        ),
        Refusal::NotResumable => not_resumable(),
        _ => Problem::internal(),
    }
}

/// Persona will not open the inquiry, and it will not do so later.
fn not_resumable() -> Problem {
    Problem::new(
        Kind::NotResumable,
        "Persona will not open this inquiry again; a new inquiry is the way forward.",
    )
}

fn of_persona(error: &PersonaError) -> Problem {
    match error {
        PersonaError::NotFound { .. } => {
            Problem::new(Kind::NotFound, "Persona knows no inquiry of this ID.")
        }
        PersonaError::Conflict { .. } if !error.is_retryable() => not_resumable(),
        PersonaError::RateLimited { .. }
        | PersonaError::Conflict { .. }
        | PersonaError::Timeout
        | PersonaError::Connect(_)
        | PersonaError::Network(_) => Problem::new(
            Kind::PersonaUnavailable,
            "Persona is down, slow, or limits our requests. Nothing was changed here.",
        ),
        _ => Problem::new(
            Kind::PersonaFailed,
            "Persona failed, or does not accept our key. Nothing was changed here.",
        ),
    }
}
