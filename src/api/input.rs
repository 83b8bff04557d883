//! What a request says: a strict body, strict parameters, and the name that makes it happen once.

use std::borrow::Cow;

use axum::{
    Extension,
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, MatchedPath, Request},
    http::{HeaderMap, HeaderName, header::CONTENT_TYPE, request::Parts},
};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Path;
use sha2::{Digest as _, Sha256};
use url::form_urlencoded;

use super::{
    kind::Kind,
    problem::{FieldError, Problem},
};
use crate::{keys::Caller, replay::Slot, state::AppState};

/// Nothing that is sent here is longer, in bytes.
const LONGEST_BODY: usize = 16 * 1024;
/// Longest name of a request, in characters.
const LONGEST_NAME: usize = 255;
/// The header of a request's name.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A request that does something: who asks, what for, and under which name.
#[derive(Debug)]
pub(super) struct Asked<T> {
    /// Who asks.
    pub(super) caller: Caller,
    /// What for.
    pub(super) input: T,
    /// The request's name and what it is known again by; none when the sender gave it none.
    pub(super) named: Option<(Slot, String)>,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Extension(caller) = Extension::<Caller>::from_request_parts(&mut parts, state)
            .await
            .map_err(|_| Problem::internal())?;
        let name = name(&parts.headers)?;
        let body = read(&parts.headers, body).await?;
        let input = parse(&body)?;
        let named = name.map(|name| {
            let route = format!("{} {}", parts.method, route(&parts));
            let slot = Slot::new(&caller.key_id, route, &name);
            (slot, fingerprint(parts.uri.path(), &body))
        });
        Ok(Self {
            caller,
            input,
            named,
        })
    }
}

/// The name that the sender gave the request: 1 to 255 visible ASCII characters.
fn name(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut names = headers.get_all(IDEMPOTENCY_KEY).iter();
    let (Some(name), more) = (names.next(), names.next()) else {
        return Ok(None);
    };
    let is_visible = |name: &&str| name.bytes().all(|byte| byte.is_ascii_graphic());
    let name = name.to_str().ok().filter(is_visible);
    let name = name.filter(|name| (1..=LONGEST_NAME).contains(&name.len()) && more.is_none());
    name.map(|name| Some(name.to_owned())).ok_or_else(|| {
        let detail = "must be one name of 1 to 255 visible ASCII characters";
        Problem::fields(
            Kind::InvalidParameter,
            vec![error("Idempotency-Key", detail)],
        )
    })
}

fn route(parts: &Parts) -> &str {
    let matched = parts.extensions.get::<MatchedPath>();
    matched.map_or(parts.uri.path(), MatchedPath::as_str)
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Cow<'static, [u8]>, Problem> {
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        let detail = format!("The body is longer than {LONGEST_BODY} bytes, or broke off.");
        return Err(Problem::new(Kind::TooLarge, detail));
    };
    if body.is_empty() {
        return Ok(Cow::Borrowed(b"{}"));
    }
    let media_type = headers
        .get(CONTENT_TYPE)
        .and_then(|text| text.to_str().ok());
    if !media_type.is_some_and(is_json) {
        let detail = "The header Content-Type must be application/json.";
        return Err(Problem::new(Kind::UnsupportedMediaType, detail));
    }
    Ok(Cow::Owned(body.into()))
}

/// JSON, with a parameter behind it or not.
fn is_json(media_type: &str) -> bool {
    let (name, _) = media_type.split_once(';').unwrap_or((media_type, ""));
    name.trim().eq_ignore_ascii_case("application/json")
}

/// Reads a JSON object; an unknown field is an error, and every error names its field.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // A list of the fields' values would be read as an object too.
    if !body.trim_ascii_start().starts_with(b"{") {
        let detail = "The body is not one JSON object.";
        return Err(Problem::new(Kind::BadRequest, detail));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        match error.inner().classify() {
            Category::Data => {
                of_field(Kind::InvalidInput, error.path(), &error.inner().to_string())
            }
            _ => unreadable(error.inner()),
        }
    });
    let input = parsed?;
    json.end().map_err(|error| unreadable(&error))?;
    Ok(input)
}

/// Says where JSON ends to be JSON, and nothing of what stands there.
fn unreadable(error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let detail = format!("The body is not one JSON object; look at line {line}, column {column}.");
    Problem::new(Kind::BadRequest, detail)
}

fn of_field(kind: Kind, path: &Path, wrong: &str) -> Problem {
    let field = path.to_string();
    // Where in the text it stands tells nothing that the name does not.
    let (wrong, _) = wrong.split_once(" at line ").unwrap_or((wrong, ""));
    let detail = if wrong.starts_with("unknown field") {
        "there is no such field".to_owned()
    } else {
        wrong.to_owned()
    };
    Problem::fields(kind, vec![FieldError { field, detail }])
}

/// What is wrong with a field.
pub(super) fn error(field: &str, detail: impl Into<String>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        detail: detail.into(),
    }
}

/// The same request has the same fingerprint, however its JSON is laid out.
fn fingerprint(path: &str, body: &[u8]) -> String {
    let json = serde_json::from_slice::<serde_json::Value>(body).unwrap_or_default();
    let body = serde_json_canonicalizer::to_vec(&json).unwrap_or_else(|_| body.to_vec());
    let mut hash = Sha256::new();
    hash.update(path);
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

/// The parameters of a list; an unknown one is an error.
#[derive(Clone, Debug)]
pub(super) struct Filter<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Filter<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let query = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(query)
            .map(Self)
            .map_err(|error| {
                let wrong = error.inner().to_string();
                of_field(Kind::InvalidParameter, error.path(), &wrong)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_is_known_again_however_it_is_laid_out() {
        let one = fingerprint("/a", br#"{"a":1,"b":"x"}"#);
        assert_eq!(fingerprint("/a", br#" { "b" : "x", "a": 1 } "#), one);
        assert_ne!(fingerprint("/b", br#"{"a":1,"b":"x"}"#), one);
        assert_ne!(fingerprint("/a", br#"{"a":2,"b":"x"}"#), one);
    }

    #[test]
    fn json_is_told_by_its_media_type() {
        assert!(is_json("application/json") && is_json("Application/JSON; charset=utf-8"));
        assert!(!is_json("text/plain") && !is_json("application/jsonx"));
    }
}
