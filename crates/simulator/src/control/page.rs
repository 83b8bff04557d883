//! `/control` for people: the clock, the inquiries and the faults on one page that works without JavaScript.

use std::time::Duration;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;

use super::{Control, InquirySnapshot, Seed};
use crate::fault::Fault;
use crate::status::Status;

/// How far the buttons move the clock.
const STEPS: [(&str, u64); 4] = [
    ("1 minute", 60),
    ("1 hour", 3_600),
    ("25 hours", 90_000),
    ("8 days", 691_200),
];

/// `GET /control`.
pub(crate) async fn show(State(control): State<Control>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Simulated Persona" }
                link rel="stylesheet" href="/assets/flow.css";
            }
            body.wide {
                main {
                    h1 { "Simulated Persona" }
                    p { "A local simulator. Nothing here reaches the real Persona." }
                    (clock(&control))
                    (inquiries(&control.inquiries()))
                    (faults(&control.faults()))
                }
            }
        }
    }
}

fn clock(control: &Control) -> Markup {
    html! {
        h2 { "Clock" }
        p { "It is " time { (control.now()) } "." }
        form.row method="post" action="/control/page/advance" {
            @for (label, seconds) in STEPS {
                button name="seconds" value=(seconds) { "Forward " (label) }
            }
        }
    }
}

fn inquiries(inquiries: &[InquirySnapshot]) -> Markup {
    html! {
        h2 { "Inquiries" }
        form.row method="post" action="/control/page/create" {
            (statuses(Status::Created))
            button { "Create an inquiry" }
        }
        @if inquiries.is_empty() { p { "There is none yet." } }
        ul.inquiries {
            @for inquiry in inquiries { li { (row(inquiry)) } }
        }
    }
}

fn row(inquiry: &InquirySnapshot) -> Markup {
    html! {
        code { (inquiry.id) }
        " " strong { (inquiry.status.as_str()) } @if inquiry.redacted { ", redacted" }
        @if let Some(reference) = &inquiry.reference_id { ", reference " (reference) }
        ", " (inquiry.sessions.len()) " of 25 sessions"
        @if let Some(at) = inquiry.expires_at { ", expires " time { (at) } }
        form.row method="post" action="/control/page/status" {
            input type="hidden" name="id" value=(inquiry.id);
            (statuses(inquiry.status))
            button { "Set status" }
            button formaction="/control/page/redact" { "Redact" }
        }
    }
}

fn statuses(selected: Status) -> Markup {
    html! {
        select name="status" aria-label="Status" {
            @for status in Status::ALL {
                option value=(status.as_str()) selected[status == selected] { (status.as_str()) }
            }
        }
    }
}

fn faults(faults: &[Fault]) -> Markup {
    html! {
        h2 { "Faults" }
        @if faults.is_empty() { p { "None. Inject one with POST /control/faults." } }
        ul { @for fault in faults { li { code { (format!("{fault:?}")) } } } }
        form.row method="post" action="/control/page/clear-faults" { button { "Clear all faults" } }
    }
}

/// What the page's forms send.
#[derive(Deserialize)]
pub(crate) struct Press {
    #[serde(default)]
    seconds: u64,
    #[serde(default)]
    id: String,
    #[serde(default)]
    status: Status,
}

/// `POST /control/page/{action}`: does what the button says and shows the page again.
pub(crate) async fn act(
    State(control): State<Control>,
    Path(action): Path<String>,
    Form(press): Form<Press>,
) -> Response {
    let known = match action.as_str() {
        "advance" => {
            control.advance(Duration::from_secs(press.seconds));
            true
        }
        "create" => {
            let seed = Seed {
                status: press.status,
                ..Seed::default()
            };
            !control.create_inquiry(&seed).is_empty()
        }
        "status" => control.set_status(&press.id, press.status).is_ok(),
        "redact" => control.redact(&press.id).is_ok(),
        "clear-faults" => {
            control.clear_faults();
            true
        }
        _ => false,
    };
    if known {
        Redirect::to("/control").into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
