//! The REST API under `/api/v1`: what happens to every call before and after its handler.

mod call;
mod decisions;
mod document;
pub(crate) mod error;
mod events;
mod inflection;
mod inquiries;
mod limits;
mod links;
mod list;
mod new_inquiry;
mod routes;
mod search;
mod sessions;
mod simulate;
mod tags;
mod templates;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::any;

use self::call::{Call, Query, sparse};
use self::error::ApiError;
use self::inflection::Inflection;
use crate::idempotency::{Lookup, fingerprint};
use crate::intake::ApplicationFault;
use crate::options::Options;
use crate::shared::Shared;
use crate::state;

/// Far beyond any body that the API documents.
const BODY_LIMIT: usize = 1 << 20;

/// The versions that the `OpenAPI`'s `Persona-Version` header lists. All are answered in the shape of the newest.
const VERSIONS: [&str; 8] = [
    "2025-12-08",
    "2025-10-27",
    "2023-01-05",
    "2022-09-01",
    "2021-08-18",
    "2021-07-05",
    "2021-02-21",
    "2020-05-18",
];

/// An answer before it becomes a response, which is how it is stored for replay.
type Stored = (StatusCode, Bytes);

/// The API's routes.
pub(crate) fn router() -> Router<Arc<Shared>> {
    Router::new().route("/api/v1/{*path}", any(handle))
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return error::response(
            StatusCode::PAYLOAD_TOO_LARGE,
            &ApiError::of_status(StatusCode::PAYLOAD_TOO_LARGE).body(),
        );
    };
    shared.with(|state| answer(state, &shared.options, &parts, &body))
}

/// Authentication and the rate limit come before everything, so that their answers are never stored for replay.
fn answer(state: &mut state::State, options: &Options, parts: &Parts, body: &[u8]) -> Response {
    let key = match authenticate(options, parts) {
        Ok(key) => key,
        Err(title) => return error::unauthorized(title),
    };
    let rate = state.rate_limiter.count(state.now);
    let mut response = if rate.exceeded {
        error::rate_limited(rate.limit, u64::try_from(rate.reset).unwrap_or_default())
    } else {
        let (status, body) = answer_once(state, key, parts, body);
        error::json_response(status, Body::from(body))
    };
    error::add_rate_limit(&mut response, rate);
    for (name, value) in [
        ("Persona-Environment-Id", &state.environment),
        ("Persona-Organization-Id", &state.organization),
    ] {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// What a key may do.
#[derive(Clone, Copy)]
struct Key {
    production: bool,
    read_only: bool,
}

fn authenticate(options: &Options, parts: &Parts) -> Result<Key, &'static str> {
    let header = parts
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let key = header
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or("Must be authenticated to access this endpoint")?;
    let read_only = options.read_only_api_key.as_deref() == Some(key);
    if key != options.api_key && !read_only {
        return Err("Token is invalid");
    }
    Ok(Key {
        production: key.starts_with("persona_production_"),
        read_only,
    })
}

/// Replays the stored answer of an idempotency key, or performs the call and stores its answer.
fn answer_once(state: &mut state::State, key: Key, parts: &Parts, body: &[u8]) -> Stored {
    let idempotency_key = parts
        .headers
        .get("Idempotency-Key")
        .and_then(|value| value.to_str().ok());
    let Some(idempotency_key) = idempotency_key.filter(|_| parts.method == Method::POST) else {
        return perform(state, key, parts, body);
    };
    let fingerprint = fingerprint(&parts.uri.to_string(), body);
    match state
        .idempotency
        .lookup(idempotency_key, &fingerprint, state.now)
    {
        Lookup::Replay(status, body) => (status, body),
        Lookup::Mismatch => render(&ApiError::bad_request(
            "Idempotency-Key was used with other parameters",
        )),
        Lookup::Unknown => {
            let answer = perform(state, key, parts, body);
            state
                .idempotency
                .store(idempotency_key, fingerprint, answer.clone(), state.now);
            answer
        }
    }
}

fn perform(state: &mut state::State, key: Key, parts: &Parts, body: &[u8]) -> Stored {
    try_perform(state, key, parts, body).unwrap_or_else(|error| render(&error))
}

fn try_perform(
    state: &mut state::State,
    key: Key,
    parts: &Parts,
    body: &[u8],
) -> Result<Stored, ApiError> {
    if let Some(ApplicationFault(status)) = parts.extensions.get() {
        return Err(ApiError::of_status(*status));
    }
    if key.read_only && parts.method != Method::GET {
        return Err(ApiError::forbidden("API key lacks the permission for this"));
    }
    check_version(parts)?;
    let inflection = inflection_of(parts)?;
    let mut call = Call::new(
        state,
        key.production,
        parts.uri.query().unwrap_or_default(),
        body,
    )?;
    let path = parts
        .uri
        .path()
        .strip_prefix("/api/v1/")
        .unwrap_or_default();
    let segments: Vec<_> = path.split('/').collect();
    let mut reply = routes::dispatch(&parts.method, &segments, &mut call)?;
    thin_out(&mut reply.body, &call.query);
    Ok((
        reply.status,
        Bytes::from(inflection.apply(reply.body).to_string()),
    ))
}

fn check_version(parts: &Parts) -> Result<(), ApiError> {
    match parts
        .headers
        .get("Persona-Version")
        .map(|value| value.to_str().unwrap_or_default())
    {
        Some(version) if !VERSIONS.contains(&version) => Err(ApiError::bad_request(
            "Persona-Version is not a known version",
        )),
        _ => Ok(()),
    }
}

fn inflection_of(parts: &Parts) -> Result<Inflection, ApiError> {
    let header = parts
        .headers
        .get("Key-Inflection")
        .map(|value| value.to_str().unwrap_or_default());
    header
        .map_or(Some(Inflection::Kebab), Inflection::parse)
        .ok_or_else(|| ApiError::bad_request("Key-Inflection must be one of: camel, kebab, snake"))
}

/// Applies `fields[…]` to every resource of an answer.
fn thin_out(body: &mut serde_json::Value, query: &Query) {
    for part in ["data", "included"] {
        match body.get_mut(part) {
            Some(serde_json::Value::Array(resources)) => resources
                .iter_mut()
                .for_each(|resource| sparse(resource, query)),
            Some(resource) => sparse(resource, query),
            None => {}
        }
    }
}

fn render(error: &ApiError) -> Stored {
    (error.status, Bytes::from(error.body().to_string()))
}
