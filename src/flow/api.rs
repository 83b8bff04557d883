//! Acts sent to the server functions.

use js_sys::{JSON, Object};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::js;
use crate::model::refusal::Refusal;

/// Why an act brought no answer.
pub(super) enum Problem {
    /// The server cannot be reached, or what came is not from it.
    Offline,
    /// The server said no.
    Refused(Refusal),
}

/// Sends an act and returns the answer's JSON.
pub(super) async fn post(path: &str, body: &Object) -> Result<JsValue, Problem> {
    let answer = send(path, body).await.map_err(|_| Problem::Offline)?;
    let json = JsFuture::from(answer.json().map_err(|_| Problem::Offline)?).await;
    let json = json.map_err(|_| Problem::Offline)?;
    if answer.ok() {
        return Ok(json);
    }
    let refusal = js::text(&json, "refusal").and_then(|code| Refusal::from_code(&code));
    Err(refusal.map_or(Problem::Offline, Problem::Refused))
}

async fn send(path: &str, body: &Object) -> Result<Response, JsValue> {
    let headers = js::object(&[("content-type", "application/json".into())]);
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    let body: JsValue = JSON::stringify(body)?.into();
    request.set_body(&body);
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await?;
    answer.dyn_into()
}
