//! Answers that say no and nothing else, as the framework gives them.

use axum::{
    http::{StatusCode, header::CONTENT_TYPE},
    response::Response,
};

use crate::model::refusal::Refusal;

/// Why an answer without words of ours says no; none for one that has words, or does not say no.
#[must_use]
pub fn wordless(response: &Response) -> Option<Refusal> {
    let media_type = response.headers().get(CONTENT_TYPE);
    let is_bare = media_type.is_none_or(|value| value.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        _ if !is_bare => None,
        StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY => Some(Refusal::BadRequest),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Refusal::TooLong),
        StatusCode::INTERNAL_SERVER_ERROR => Some(Refusal::Internal),
        // Nothing but Persona makes a request take so long that it is cut off.
        StatusCode::GATEWAY_TIMEOUT => Some(Refusal::PersonaUnavailable),
        _ => None,
    }
}
