//! `/verify`, the hosted flow: the same choices in plain forms, and the redirect at the end.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::access::{Denied, Visit, enter};
use super::page::{page, respond, session_expired};
use super::press::{Button, Outcome, press};
use crate::link::LinkRefusal;
use crate::shared::Shared;
use crate::state;

/// No `form-action`: Chromium applies it to the redirect that ends the flow.
const CSP: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The query of a hosted link.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct HostedLink {
    code: Option<String>,
    inquiry_id: Option<String>,
    session_token: Option<String>,
    redirect_uri: Option<String>,
}

/// Why the flow does not open.
enum Refusal {
    Denied,
    Link(LinkRefusal),
}

/// `GET /verify?…`. A HEAD request uses nothing up.
pub(crate) async fn show(
    State(shared): State<Arc<Shared>>,
    Query(link): Query<HostedLink>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if method == Method::HEAD {
        return respond(StatusCode::OK, CSP, html! {});
    }
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .map(str::to_owned);
    match shared.with(|state| open(state, &link, agent)) {
        Ok(visit) => respond(
            StatusCode::OK,
            CSP,
            page(&forms(&visit, link.redirect_uri.as_deref()), false),
        ),
        Err(refusal) => refuse(&refusal),
    }
}

fn open(
    state: &mut state::State,
    link: &HostedLink,
    agent: Option<String>,
) -> Result<Visit, Refusal> {
    if let Some(code) = &link.code {
        let (inquiry, session) = state.visit_link(code).map_err(Refusal::Link)?;
        let token = state.session_token(&session);
        return enter(state, &inquiry, token.as_deref(), agent).map_err(|Denied| Refusal::Denied);
    }
    let inquiry = link.inquiry_id.as_deref().ok_or(Refusal::Denied)?;
    enter(state, inquiry, link.session_token.as_deref(), agent).map_err(|Denied| Refusal::Denied)
}

fn refuse(refusal: &Refusal) -> Response {
    let (status, content) = match refusal {
        Refusal::Denied | Refusal::Link(LinkRefusal::Closed) => {
            (StatusCode::CONFLICT, session_expired())
        }
        Refusal::Link(LinkRefusal::Unknown) => (
            StatusCode::NOT_FOUND,
            html! { h2 { "This link is not known" } },
        ),
        Refusal::Link(LinkRefusal::Used) => (
            StatusCode::GONE,
            html! { h2 { "This link was used already" } },
        ),
        Refusal::Link(LinkRefusal::Expired) => {
            (StatusCode::GONE, html! { h2 { "This link has expired" } })
        }
    };
    respond(status, CSP, page(&content, false))
}

fn forms(visit: &Visit, redirect_uri: Option<&str>) -> Markup {
    html! {
        form method="post" action="/verify" {
            input type="hidden" name="inquiry-id" value=(visit.inquiry);
            input type="hidden" name="session-token" value=(visit.token);
            @if let Some(uri) = redirect_uri { input type="hidden" name="redirect-uri" value=(uri); }
            @if visit.started {
                (button("finish", "Finish"))
                (button("approve", "Finish and be approved"))
                (button("fail", "Fail"))
                (button("review", "Send to review"))
            } @else {
                (button("start", "Start verification"))
            }
            h2 { "Other ways out" }
            (button("cancel", "Cancel"))
            (button("lose", "Lose the session"))
        }
    }
}

fn button(action: &str, label: &str) -> Markup {
    html! { button name="action" value=(action) { (label) } }
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Press {
    action: String,
    inquiry_id: String,
    session_token: Option<String>,
    redirect_uri: Option<String>,
}

/// `POST /verify`.
pub(crate) async fn act(State(shared): State<Arc<Shared>>, Form(sent): Form<Press>) -> Response {
    match sent.action.as_str() {
        "cancel" => respond(
            StatusCode::OK,
            CSP,
            page(
                &html! { h2 { "You left the check" } p { "You can come back later." } },
                false,
            ),
        ),
        "lose" => refuse(&Refusal::Denied),
        action => Button::parse(action).map_or_else(
            || StatusCode::NOT_FOUND.into_response(),
            |button| go_on(&shared, button, &sent),
        ),
    }
}

fn go_on(shared: &Shared, button: Button, sent: &Press) -> Response {
    let token = sent.session_token.as_deref();
    let pressed = shared.with(|state| {
        press(state, button, &sent.inquiry_id, token)
            .map(|outcome| (outcome, redirect(state, sent)))
    });
    match (pressed, token) {
        (Err(Denied), _) => refuse(&Refusal::Denied),
        (Ok(_), Some(token)) if button == Button::Start => {
            let visit = Visit {
                inquiry: sent.inquiry_id.clone(),
                token: token.to_owned(),
                started: true,
            };
            respond(
                StatusCode::OK,
                CSP,
                page(&forms(&visit, sent.redirect_uri.as_deref()), false),
            )
        }
        (Ok((outcome, Some(Redirect { uri, reference_id }))), _) => {
            leave(uri, &sent.inquiry_id, reference_id, &outcome)
        }
        (Ok(_), _) => respond(
            StatusCode::OK,
            CSP,
            page(
                &html! { h2 { "Done" } p { "You can close this window." } },
                false,
            ),
        ),
    }
}

struct Redirect {
    uri: Url,
    reference_id: Option<String>,
}

/// Where the link said to go, else where the inquiry says.
fn redirect(state: &state::State, sent: &Press) -> Option<Redirect> {
    let inquiry = state.inquiries.get(&sent.inquiry_id)?;
    let uri = sent
        .redirect_uri
        .as_ref()
        .or(inquiry.redirect_uri.as_ref())?;
    Some(Redirect {
        uri: Url::parse(uri).ok()?,
        reference_id: inquiry.reference_id.clone(),
    })
}

/// Sends the person back with what Persona adds, personal data and all (docs.withpersona.com/hosted-flow-redirecting-on-complete).
fn leave(mut uri: Url, inquiry: &str, reference_id: Option<String>, outcome: &Outcome) -> Response {
    {
        let mut query = uri.query_pairs_mut();
        query
            .append_pair("inquiry-id", inquiry)
            .append_pair("status", outcome.status);
        if let Some(reference_id) = reference_id {
            query.append_pair("reference-id", &reference_id);
        }
        for (name, text) in flat(&outcome.fields) {
            query.append_pair(&name, &text);
        }
    }
    let Ok(location) = HeaderValue::try_from(uri.as_str()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// Types and values of the fields as query pairs.
fn flat(fields: &Map<String, Value>) -> Vec<(String, String)> {
    let part = |name: &str, field: &Value, key: &str| {
        let text = field[key]
            .as_str()
            .map_or_else(|| field[key].to_string(), str::to_owned);
        (format!("fields[{name}][{key}]"), text)
    };
    fields
        .iter()
        .flat_map(|(name, field)| [part(name, field, "type"), part(name, field, "value")])
        .collect()
}
