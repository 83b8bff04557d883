//! What happens to every API and flow request on its way in and out: request ID, log, faults.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};

use crate::api::error;
use crate::connection::Scissors;
use crate::fault::FaultKind;
use crate::id;
use crate::request_log::{Entry, RequestSeen};
use crate::shared::Shared;
use crate::state;

/// A status fault that the application itself answers with, so that it is stored under the idempotency key.
#[derive(Clone)]
pub(crate) struct ApplicationFault(pub(crate) StatusCode);

/// Receives a request, lets a fault have its way, and notes the answer.
pub(crate) async fn receive(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
    next: Next,
) -> Response {
    let (entry, request_id, fault) = shared.with(|state| arrive(state, &request));
    let date = shared.with(|state| http_date(state.now));
    let mut response = answer(&shared, scissors, request, next, fault).await;
    if let Ok(request_id) = HeaderValue::try_from(request_id) {
        response.headers_mut().insert("Request-Id", request_id);
    }
    if let Ok(date) = HeaderValue::try_from(date) {
        response.headers_mut().insert(header::DATE, date);
    }
    shared.with(|state| state.requests.answered(entry, response.status().as_u16()));
    response
}

fn arrive(state: &mut state::State, request: &Request) -> (Entry, String, Option<FaultKind>) {
    let (method, path) = (request.method().as_str(), request.uri().path());
    let key = request
        .headers()
        .get("Idempotency-Key")
        .and_then(|key| key.to_str().ok());
    let entry = state.requests.arrived(RequestSeen {
        method: method.to_owned(),
        path: path.to_owned(),
        status: None,
        idempotency_key: key.map(str::to_owned),
        at: state.now,
    });
    let fault = state
        .faults
        .strike(method, path, request.uri().query().unwrap_or_default());
    (entry, id::make(&mut state.random, "req"), fault)
}

/// The simulated time in the form of HTTP (<https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>).
fn http_date(now: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .unwrap_or_default()
}

async fn answer(
    shared: &Shared,
    scissors: Scissors,
    mut request: Request,
    next: Next,
    fault: Option<FaultKind>,
) -> Response {
    match fault {
        None => next.run(request).await,
        Some(FaultKind::Delay { ms }) => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            next.run(request).await
        }
        Some(FaultKind::Hang) => hang(shared).await,
        Some(FaultKind::RateLimited { reset_seconds }) => {
            error::rate_limited(shared.options.rate_limit_per_minute, reset_seconds)
        }
        Some(FaultKind::Status {
            code,
            headers,
            html,
        }) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response =
                if html || in_front(status) || !request.uri().path().starts_with("/api/") {
                    gateway_page(status, html)
                } else {
                    request.extensions_mut().insert(ApplicationFault(status));
                    next.run(request).await
                };
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) =
                    (HeaderName::try_from(name), HeaderValue::try_from(value))
                {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Some(FaultKind::DropConnection) => {
            let response = next.run(request).await;
            scissors.cut();
            response
        }
        Some(FaultKind::FrameDenied) => deny_framing(next.run(request).await),
        Some(fault) => spoil(next.run(request).await, &fault).await,
    }
}

/// Browsers that find `frame-ancestors` ignore `X-Frame-Options`, so the policy goes.
fn deny_framing(mut response: Response) -> Response {
    response
        .headers_mut()
        .remove(header::CONTENT_SECURITY_POLICY);
    response
        .headers_mut()
        .insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// Never answers, except that the end of the simulator is the end of this too.
async fn hang(shared: &Shared) -> Response {
    let mut stopping = shared.stopping.clone();
    let _ = stopping.wait_for(|stopping| *stopping).await;
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

/// Whether a status comes from what stands in front of the application.
fn in_front(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502..=504)
}

fn gateway_page(status: StatusCode, html: bool) -> Response {
    if html {
        let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1>");
        return (status, [(header::CONTENT_TYPE, "text/html")], page).into_response();
    }
    error::response(
        status,
        &json!({ "errors": [{ "title": status.canonical_reason().unwrap_or("Error") }] }),
    )
}

/// Damages an answer whose request was done.
async fn spoil(response: Response, fault: &FaultKind) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let half = whole.slice(..whole.len() / 2);
    let body = match fault {
        FaultKind::BrokenJson => Body::from(half),
        FaultKind::TruncatedBody => {
            parts
                .headers
                .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
            Body::from_stream(stream::once(async { Ok(half) }).chain(stream::once(cut_off())))
        }
        FaultKind::WrongContentType => {
            parts
                .headers
                .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            Body::from(whole)
        }
        fault => Body::from(change(whole, fault)),
    };
    Response::from_parts(parts, body)
}

/// Lets what was sent so far leave, then ends the connection.
async fn cut_off() -> io::Result<Bytes> {
    tokio::task::yield_now().await;
    Err(io::ErrorKind::ConnectionAborted.into())
}

/// Changes the JSON of an answer; what is not JSON stays.
fn change(whole: Bytes, fault: &FaultKind) -> Bytes {
    let Ok(mut json) = serde_json::from_slice::<Value>(&whole) else {
        return whole;
    };
    match fault {
        FaultKind::MissingToken => {
            if let Some(meta) = json.get_mut("meta").and_then(Value::as_object_mut) {
                meta.retain(|key, _| {
                    !matches!(
                        key.as_str(),
                        "session-token" | "sessionToken" | "session_token"
                    )
                });
            }
        }
        FaultKind::UnknownStatus => each_resource(&mut json, |resource| {
            if let Some(status) = resource.pointer_mut("/attributes/status") {
                *status = json!("under_observation");
            }
        }),
        FaultKind::UnknownFields => {
            json["novelty"] = json!({ "since": 2031 });
            each_resource(&mut json, add_novelty);
        }
        FaultKind::HugeBody => return huge(&json),
        _ => {}
    }
    Bytes::from(json.to_string())
}

/// The object with some 16 MiB more, which are not escaped one by one.
fn huge(json: &Value) -> Bytes {
    let mut text = json.to_string();
    if text.pop() == Some('}') {
        let padding = "x".repeat(16 << 20);
        text = format!("{text},\"padding\":\"{padding}\"}}");
    }
    Bytes::from(text)
}

fn each_resource(json: &mut Value, act: impl Fn(&mut Value)) {
    match json.get_mut("data") {
        Some(Value::Array(resources)) => resources.iter_mut().for_each(act),
        Some(resource) => act(resource),
        None => {}
    }
}

fn add_novelty(resource: &mut Value) {
    for part in ["/attributes", "/relationships", ""] {
        if let Some(object) = resource.pointer_mut(part).and_then(Value::as_object_mut) {
            object.insert("novelty".to_owned(), json!({ "data": [1, null] }));
        }
    }
}
