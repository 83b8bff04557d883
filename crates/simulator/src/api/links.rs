//! One-time links for an inquiry and for a session.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Answer, Call, Reply, present};
use super::document;
use super::error::ApiError;
use crate::lifecycle::Refusal;
use crate::link;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Generate {
    #[serde(default, deserialize_with = "present")]
    meta: Option<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Meta {
    #[serde(default, deserialize_with = "present")]
    expires_in_seconds: Option<i32>,
}

/// `POST /inquiries/{id}/generate-one-time-link`. An expired inquiry must be resumed first.
pub(crate) fn generate(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    let generate: Generate = call.body()?;
    let life = life(generate.meta.unwrap_or_default().expires_in_seconds)?;
    let index = call.state.one_time_link(id, life)?;
    let body = document::inquiry_body(call, id)?;
    Ok(Reply::ok(with_urls(call, body, index)))
}

/// `POST /inquiry-sessions/{id}/generate-one-time-link`.
pub(crate) fn generate_for_session(call: &mut Call<'_>, id: &str) -> Answer {
    let session = call
        .state
        .sessions
        .get(id)
        .ok_or_else(ApiError::not_found)?;
    if !session.is_live(call.state.now) {
        return Err(ApiError::conflict("Inquiry session is expired"));
    }
    let inquiry = session.inquiry.clone();
    let status = call.state.writable(&inquiry)?.status;
    if !status.is_open() {
        return Err(Refusal::WrongStatus(status).into());
    }
    let index = call.state.new_link(&inquiry, id, link::DEFAULT_LIFE);
    let body = document::session_body(call, id)?;
    Ok(Reply::ok(with_urls(call, body, index)))
}

fn life(seconds: Option<i32>) -> Result<SignedDuration, ApiError> {
    match seconds {
        None => Ok(link::DEFAULT_LIFE),
        Some(seconds) if seconds > 0 => Ok(SignedDuration::from_secs(seconds.into())),
        Some(_) => Err(ApiError::bad_request(
            "meta.expires-in-seconds must be greater than 0",
        )),
    }
}

fn with_urls(call: &Call<'_>, mut body: Value, index: usize) -> Value {
    let (long, short) = call.state.link_urls(index).unzip();
    body["meta"] = json!({ "one-time-link": long, "one-time-link-short": short });
    body
}
