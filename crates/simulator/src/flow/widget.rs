//! `GET /widget`, the page that the browser SDK frames, and the endpoint behind its buttons.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;
use url::{Origin, Url};

use super::access::{Denied, Visit, enter};
use super::page::{page, respond, session_expired};
use super::press::{Button, press};
use crate::shared::Shared;

/// The query that the SDK sends; names as on its wire.
struct Embedding {
    inquiry: Option<String>,
    token: Option<String>,
    container: String,
    /// The template that a client with a template waits for in each message.
    template: Option<String>,
    template_version: Option<String>,
    parent: Option<Url>,
    target: Option<Url>,
    ancestors: Vec<Url>,
    inline: bool,
}

impl Embedding {
    fn new(query: &[(String, String)]) -> Self {
        let get = |name: &str| {
            query
                .iter()
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| value.clone())
        };
        let url = |name: &str| get(name).and_then(|value| Url::parse(&value).ok());
        let ancestors = query
            .iter()
            .filter(|(key, _)| key.starts_with("frame-ancestors["));
        Self {
            inquiry: get("inquiry-id"),
            token: get("session-token"),
            container: get("container-id").unwrap_or_default(),
            template: get("inquiry-template-id").or_else(|| get("template-id")),
            template_version: get("inquiry-template-version-id"),
            parent: url("iframe-origin"),
            target: url("message-target-origin"),
            ancestors: ancestors
                .filter_map(|(_, value)| Url::parse(value).ok())
                .collect(),
            inline: get("flow-type").as_deref() == Some("inline"),
        }
    }

    /// Everything from here alone, framed by the embedding page and its declared ancestors alone.
    fn csp(&self) -> String {
        let ancestors: Vec<_> = self
            .parent
            .iter()
            .chain(&self.ancestors)
            .map(origin)
            .collect();
        let ancestors = if ancestors.is_empty() {
            "'none'".to_owned()
        } else {
            ancestors.join(" ")
        };
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors {ancestors}"
        )
    }
}

/// `GET /widget?…`. A HEAD request enters nothing.
pub(crate) async fn show(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<Vec<(String, String)>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let embedding = Embedding::new(&query);
    if method == Method::HEAD {
        return respond(StatusCode::OK, &embedding.csp(), html! {});
    }
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .map(str::to_owned);
    let visit = embedding
        .inquiry
        .as_deref()
        .ok_or(Denied)
        .and_then(|inquiry| {
            shared.with(|state| enter(state, inquiry, embedding.token.as_deref(), agent))
        });
    let status = if visit.is_ok() {
        StatusCode::OK
    } else {
        refusal(&embedding).0
    };
    let content = content(&embedding, visit.ok().as_ref());
    respond(status, &embedding.csp(), page(&content, true))
}

/// The error that the frame reports: a client with a template asks for a new inquiry, which this simulation does not make.
fn refusal(embedding: &Embedding) -> (StatusCode, &'static str) {
    if embedding.inquiry.is_none() && embedding.template.is_some() {
        (StatusCode::UNPROCESSABLE_ENTITY, "inactive_template")
    } else {
        (StatusCode::CONFLICT, "unauthenticated")
    }
}

/// The page's part for the script: what it needs to know is in data attributes.
fn content(embedding: &Embedding, visit: Option<&Visit>) -> Markup {
    let (error_status, error_code) = refusal(embedding);
    html! {
        div id="flow"
            data-container-id=(embedding.container)
            data-template-id=[embedding.template.as_ref()]
            data-template-version-id=[embedding.template_version.as_ref()]
            data-parent-origin=[embedding.parent.as_ref().map(origin)]
            data-target-origin=[embedding.target.as_ref().or(embedding.parent.as_ref()).map(origin)]
            data-inline[embedding.inline]
            data-inquiry-id=[visit.map(|visit| &visit.inquiry)]
            data-session-token=[visit.map(|visit| &visit.token)]
            data-started[visit.is_some_and(|visit| visit.started)]
            data-error-status=[visit.is_none().then(|| error_status.as_u16())]
            data-error-code=[visit.is_none().then_some(error_code)]
        {
            @if visit.is_some() { (choices()) } @else { (session_expired()) }
        }
    }
}

fn choices() -> Markup {
    html! {
        section id="begin" hidden { (button("start", "Start verification")) }
        section id="finish" hidden {
            (button("finish", "Finish"))
            (button("approve", "Finish and be approved"))
            (button("fail", "Fail"))
            (button("review", "Send to review"))
        }
        section id="trouble" {
            h2 { "Other ways out" }
            (button("cancel", "Cancel"))
            (button("error", "Report an error"))
            (button("camera", "Deny the camera"))
            (button("lose", "Lose the session"))
        }
        section id="leave" hidden {
            h2 { "Leave the check?" }
            p { "You can come back later and go on where you left off." }
            (button("leave", "Leave"))
            (button("stay", "Stay"))
        }
        section id="done" hidden { h2 { "Done" } p { "You can close this window." } }
        section id="expired" hidden { (session_expired()) }
        p id="status" role="status" {}
    }
}

fn button(action: &str, label: &str) -> Markup {
    html! { button type="button" data-action=(action) { (label) } }
}

fn origin(url: &Url) -> String {
    match url.origin() {
        origin @ Origin::Tuple(..) => origin.ascii_serialization(),
        Origin::Opaque(_) => "'none'".to_owned(),
    }
}

/// What a button sends.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Press {
    inquiry_id: String,
    #[serde(default)]
    session_token: Option<String>,
}

/// `POST /flow/{action}`.
pub(crate) async fn act(
    State(shared): State<Arc<Shared>>,
    Path(action): Path<String>,
    Json(sent): Json<Press>,
) -> Response {
    let Some(button) = Button::parse(&action) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match shared.with(|state| {
        press(
            state,
            button,
            &sent.inquiry_id,
            sent.session_token.as_deref(),
        )
    }) {
        Ok(outcome) => Json(outcome).into_response(),
        Err(Denied) => StatusCode::CONFLICT.into_response(),
    }
}
