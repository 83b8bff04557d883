//! Errors in Persona's form: `{"errors":[{"title","details"}]}` (docs.withpersona.com/errors).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::lifecycle::Refusal;
use crate::rate_limit::RateLimit;

/// An error answer.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    title: &'static str,
    details: Option<String>,
    /// A JSON pointer into the request; 422 only.
    pointer: Option<&'static str>,
}

impl ApiError {
    fn new(status: StatusCode, title: &'static str, details: Option<String>) -> Self {
        Self {
            status,
            title,
            details,
            pointer: None,
        }
    }

    /// 400: the request does not fit the documentation.
    pub(crate) fn bad_request(details: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Bad Request", Some(details.into()))
    }

    /// 403: the key may not do this.
    pub(crate) fn forbidden(details: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "Forbidden", Some(details.to_owned()))
    }

    /// 404: there is no such thing.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Record not found", None)
    }

    /// 409: the object's state does not allow this.
    pub(crate) fn conflict(details: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "Conflict", Some(details.into()))
    }

    /// 422: understood, but not acceptable at `pointer`.
    pub(crate) fn unprocessable(details: &str, pointer: &'static str) -> Self {
        let error = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Unprocessable entity",
            Some(details.to_owned()),
        );
        Self {
            pointer: Some(pointer),
            ..error
        }
    }

    /// Persona's own 5xx; what its body looks like is not documented.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        Self::new(status, status.canonical_reason().unwrap_or("Error"), None)
    }

    /// The body.
    pub(crate) fn body(&self) -> Value {
        let mut error = json!({ "title": self.title });
        if let Some(details) = &self.details {
            error["details"] = json!(details);
        }
        if let Some(pointer) = self.pointer {
            error["source"] = json!({ "pointer": pointer });
        }
        json!({ "errors": [error] })
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Redacted => Self::conflict("Inquiry already redacted"),
            Refusal::WrongStatus(status) => Self::conflict(format!(
                "Inquiry is {} and does not allow this",
                status.as_str()
            )),
            Refusal::TooManySessions => {
                Self::conflict("Inquiry has reached its limit of 25 sessions")
            }
        }
    }
}

/// A JSON answer.
pub(crate) fn response(status: StatusCode, body: &Value) -> Response {
    json_response(status, Body::from(body.to_string()))
}

/// An answer whose body is JSON already.
pub(crate) fn json_response(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}

/// 401, which has no details and, as it comes before everything else, no rate limit.
pub(crate) fn unauthorized(title: &str) -> Response {
    response(
        StatusCode::UNAUTHORIZED,
        &json!({ "errors": [{ "title": title }] }),
    )
}

/// 429 with an empty window.
pub(crate) fn rate_limited(limit: u32, reset_seconds: u64) -> Response {
    let details = format!(
        "You have hit your rate limit of {limit} requests / min. Please reach out to support@withpersona.com if you need this changed."
    );
    let body = json!({ "errors": [{ "title": "Rate limit exceeded", "details": details }] });
    let mut answer = response(StatusCode::TOO_MANY_REQUESTS, &body);
    let reset = i64::try_from(reset_seconds).unwrap_or(i64::MAX);
    add_rate_limit(
        &mut answer,
        RateLimit {
            limit,
            remaining: 0,
            reset,
            exceeded: true,
        },
    );
    answer
}

/// Adds the three headers that every authenticated answer carries.
pub(crate) fn add_rate_limit(response: &mut Response, rate: RateLimit) {
    let headers = response.headers_mut();
    headers.insert("RateLimit-Limit", HeaderValue::from(rate.limit));
    headers.insert("RateLimit-Remaining", HeaderValue::from(rate.remaining));
    headers.insert("RateLimit-Reset", HeaderValue::from(rate.reset));
}
