//! Sessions: on which devices the flow was open, and ending those that live.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    draft::{Draft, Sent},
    facts::sentence,
    refused::Failed,
    show::{self, Shown, done_path},
    time::Reader,
};
use crate::{
    inquiries::{Acted, SessionSeen},
    model::reason::TO_END,
    ops::said,
    paths,
    staff::Signed,
    state::AppState,
};

/// The sessions, or the link that asks Persona for them: looking at an inquiry costs no request.
pub(super) fn view(shown: &Shown, sessions: Option<&[SessionSeen]>) -> AnyView {
    let Some(sessions) = sessions else {
        let href = format!("{}?sessions=1#sessions", paths::inquiry(&shown.inquiry.id));
        let used = shown.inquiry.sessions;
        return view! {
            <p>{used} " so far. " <a href=href>"Ask Persona for their devices"</a></p>
        }
        .into_any();
    };
    if sessions.is_empty() {
        return view! { <p class="soft">"Persona knows no session: the flow was never opened."</p> }
            .into_any();
    }
    let rows: Vec<_> = sessions
        .iter()
        .map(|session| row(session, &shown.reader))
        .collect();
    view! {
        <div class="scroll" role="region" aria-label="Sessions" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Made"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Opened"</th>
                        <th scope="col">"Ended"</th>
                        <th scope="col">"Device"</th>
                        <th scope="col">"Browser"</th>
                        <th scope="col">"Country"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(session: &SessionSeen, reader: &Reader) -> AnyView {
    let time = |at: Option<i64>| at.map(|at| reader.relative(at));
    let tone = match session.status.as_str() {
        "active" => "good",
        "new" => "accent",
        _ => "",
    };
    let device = [session.device.as_deref(), session.system.as_deref()];
    let device: Vec<_> = device.into_iter().flatten().collect();
    view! {
        <tr>
            <th scope="row">{time(session.created_at)}</th>
            <td data-label="Status"><span class="badge" data-tone=tone>{sentence(&session.status)}</span></td>
            <td data-label="Opened">{time(session.started_at)}</td>
            <td data-label="Ended">{time(session.expired_at)}</td>
            <td data-label="Device">{said(device.join(", "))}</td>
            <td data-label="Browser">{session.browser.clone()}</td>
            <td data-label="Country">{session.country.clone()}</td>
        </tr>
    }
    .into_any()
}

pub(super) async fn expire(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    if state.store.inquiry(&id).await?.is_none() {
        return Ok(show::unknown(&state, &signed).await);
    }
    let version = draft.version()?;
    let why = match draft.why(&signed, &TO_END) {
        Ok(why) => why,
        Err(problem) => {
            let status = StatusCode::BAD_REQUEST;
            return show::again(&state, &signed, &id, status, problem, draft).await;
        }
    };
    match state.inquiries.expire_sessions(&id, version, why).await? {
        Acted::Done => Ok(Redirect::to(&done_path(&id, "sessions-expired")).into_response()),
        Acted::Moved => show::stale(&state, &signed, &id, draft).await,
    }
}
