//! What came back: a success to read, or a failure to name.

use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Error, rate_limit};

/// Longer texts than any title or sentence of Persona's.
const MAX_TEXT: usize = 300;

/// A success, read in full.
pub(crate) struct Answer {
    pub(crate) request_id: Option<String>,
    pub(crate) headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    /// Tells a success from a failure.
    pub(crate) fn judge(
        status: StatusCode,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Result<Self, Error> {
        let request_id = request_id(headers);
        if !status.is_success() {
            return Err(failure(status, headers, &body, request_id));
        }
        let answer = Self {
            request_id,
            headers: headers.clone(),
            body,
        };
        if is_json(headers) {
            Ok(answer)
        } else {
            Err(answer.malformed("it is not JSON"))
        }
    }

    /// Reads the body. The error gives a position only: a parser's own message would quote the content.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let kind = if error.is_data() {
                "the JSON has an unexpected shape"
            } else {
                "the JSON is broken"
            };
            self.malformed(format!(
                "{kind} at line {} column {}",
                error.line(),
                error.column()
            ))
        })
    }

    pub(crate) fn malformed(&self, what: impl Into<String>) -> Error {
        Error::MalformedAnswer {
            what: what.into(),
            request_id: self.request_id.clone(),
        }
    }
}

/// The identifier of Persona's log entry (docs.withpersona.com/request-ids).
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("request-id")?.to_str().ok().map(short)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return true;
    };
    let kind = kind
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
}

fn failure(
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    request_id: Option<String>,
) -> Error {
    let Problem { title, details } = problem(body);
    let title = short(
        title
            .as_deref()
            .or(status.canonical_reason())
            .unwrap_or("no title"),
    );
    let details = details.as_deref().map(short);
    match status.as_u16() {
        401 => Error::Unauthorized { request_id },
        403 => Error::Forbidden {
            details,
            request_id,
        },
        404 => Error::NotFound { request_id },
        409 => Error::Conflict {
            title,
            details,
            request_id,
        },
        status @ (400 | 422) => Error::Invalid {
            status,
            title,
            details,
            request_id,
        },
        429 => Error::RateLimited {
            retry_after: rate_limit::reset(headers),
            request_id,
        },
        status @ 500..=599 => Error::Server { status, request_id },
        status => Error::UnexpectedStatus { status, request_id },
    }
}

#[derive(Default, Deserialize)]
struct Problem {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    details: Option<String>,
}

#[derive(Deserialize)]
struct Problems {
    errors: Vec<Problem>,
}

/// The first problem named in an error body; nothing when the body is of another form.
fn problem(body: &[u8]) -> Problem {
    let problems: Option<Problems> = serde_json::from_slice(body).ok();
    problems
        .and_then(|problems| problems.errors.into_iter().next())
        .unwrap_or_default()
}

/// Bounds a text and takes out what could break a log line.
fn short(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(MAX_TEXT)
        .collect()
}
