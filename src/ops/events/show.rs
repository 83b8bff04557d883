//! One event: what was kept of it, and what it did.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    filters::state as state_of,
    table::{result, title, told_by},
};
use crate::{
    inquiries::{Said, entry_id},
    model::role::Act,
    ops::{
        page::{self, Page},
        refused::{self, Failed},
        time::Reader,
    },
    paths,
    staff::Signed,
    state::AppState,
    store::events::{EventRow, PARKED, WAITING},
    webhooks::Replayed,
};

/// What a redirect tells.
#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    done: String,
}

/// What an event left behind.
#[derive(Clone, Debug)]
struct Traces {
    is_in_ledger: bool,
    is_receipt: bool,
    is_state: bool,
}

pub(super) async fn show(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    Query(told): Query<Told>,
) -> Result<Response, Failed> {
    let Some(event) = state.store.event(&id).await? else {
        return Ok(unknown(&state, &signed).await);
    };
    let traces = traces(&state, &event).await?;
    let reader = Reader::of(&state, &signed);
    let may_act = signed.may(Act::ReplayEvent);
    let page = Page {
        title: title(&event),
        section: paths::EVENTS,
        ..Page::default()
    };
    let body = move || {
        let (name, tone) = state_of(&event);
        view! {
            <p class="back"><a href=paths::EVENTS>"All events"</a></p>
            <div class="head">
                <div class="title">
                    <h1>{title(&event)}</h1>
                    <span class="badge" data-tone=tone>{name}</span>
                </div>
                {replay_button(&event, may_act)}
            </div>
            {told_of(&told.done)}
            {cause(&event)}
            {facts(&event, &reader)}
            <h2>"What it did"</h2>
            {effects(&event, &traces)}
            <h2>"What was kept of the inquiry"</h2>
            {kept(&event, &reader)}
        }
        .into_any()
    };
    Ok(page::render(&state, Some(&signed), page, body).await)
}

pub(super) async fn replay(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    let actor = signed.actor().to_string();
    let done = match state.webhooks.replay(&actor, &id).await? {
        Replayed::Done => "replayed",
        Replayed::Waiting => "waiting",
        Replayed::Unknown => return Ok(unknown(&state, &signed).await),
    };
    let path = paths::of_event(paths::EVENT, &id);
    Ok(Redirect::to(&format!("{path}?done={done}")).into_response())
}

async fn unknown(state: &AppState, signed: &Signed) -> Response {
    refused::not_found(state, signed, "There is no such event.").await
}

async fn traces(state: &AppState, event: &EventRow) -> Result<Traces, Failed> {
    let inquiry = event.inquiry_id.clone().unwrap_or_default();
    let entry = entry_id(event);
    let ledger = state.store.ledger(&inquiry).await?;
    let receipt = state.store.receipt(&inquiry).await?;
    let known = state.store.inquiry(&inquiry).await?;
    let is_it = |id: Option<String>| id.as_ref() == Some(&event.id);
    Ok(Traces {
        is_in_ledger: ledger.iter().any(|row| row.id == entry),
        is_receipt: is_it(receipt.and_then(|receipt| receipt.event_id)),
        is_state: is_it(known.and_then(|known| known.event_id)),
    })
}

fn told_of(done: &str) -> Option<AnyView> {
    let text = match done {
        "replayed" => {
            "It will be applied again in a moment. Reload the page to see what came of it."
        }
        "waiting" => "It waits to be applied already.",
        _ => return None,
    };
    Some(view! { <p class="done" role="status">{text}</p> }.into_any())
}

fn cause(event: &EventRow) -> Option<AnyView> {
    let cause = event.result.clone().filter(|_| event.state == PARKED)?;
    Some(
        view! { <p class="alert"><strong>"It could not be applied: "</strong> {cause} "."</p> }
            .into_any(),
    )
}

fn replay_button(event: &EventRow, may_act: bool) -> impl IntoView + use<> {
    let why = match (may_act, event.state == WAITING) {
        (false, _) => Some("This takes the role operator or admin"),
        (true, true) => Some("It waits already"),
        (true, false) => None,
    };
    let main = (event.state == PARKED).then_some("main");
    view! {
        <form method="post" action=paths::of_event(paths::REPLAY_EVENT, &event.id)>
            <button class=main type="submit" disabled=why.is_some() title=why>"Replay"</button>
        </form>
    }
}

fn facts(event: &EventRow, reader: &Reader) -> impl IntoView + use<> {
    let inquiry = event.inquiry_id.clone().map(|id| {
        view! { <div><dt>"Inquiry"</dt><dd><a class="id" href=paths::inquiry(&id)>{id.clone()}</a></dd></div> }
    });
    let object = Some(event.object_id.clone());
    let object = object.filter(|id| !id.is_empty() && Some(id) != event.inquiry_id.as_ref());
    let object = object.map(|id| view! { <div><dt>"About"</dt><dd class="id">{id}</dd></div> });
    let settled = event.settled_at.map(|at| {
        view! { <div><dt>"Settled"</dt><dd>{reader.exact(at)}</dd></div> }
    });
    view! {
        <dl class="facts">
            <div><dt>"Event"</dt><dd class="id">{event.id.clone()}</dd></div>
            {inquiry}
            {object}
            <div><dt>"Told by"</dt><dd>{told_by(event)}</dd></div>
            <div><dt>"Happened"</dt><dd>{reader.exact(event.at)}</dd></div>
            <div><dt>"Received"</dt><dd>{reader.exact(event.received_at)}</dd></div>
            {settled}
        </dl>
    }
}

fn effects(event: &EventRow, traces: &Traces) -> impl IntoView + use<> {
    let inquiry = event
        .inquiry_id
        .as_deref()
        .map(paths::inquiry)
        .unwrap_or_default();
    let mut lines = Vec::new();
    let result = result(event);
    if !result.is_empty() && event.state != PARKED {
        lines.push(view! { <li>{result} "."</li> }.into_any());
    }
    if traces.is_state {
        lines.push(view! { <li>"What we know of the inquiry now comes from it."</li> }.into_any());
    }
    if traces.is_in_ledger {
        let line = view! { <li>"It is written in the " <a href=inquiry>"history of the inquiry"</a> "."</li> };
        lines.push(line.into_any());
    }
    if traces.is_receipt {
        let line = view! { <li>"It is the receipt of the person, who did not come back to a page of yours."</li> };
        lines.push(line.into_any());
    }
    if lines.is_empty() {
        lines.push(view! { <li>"Nothing yet."</li> }.into_any());
    }
    view! { <ul>{lines}</ul> }
}

fn kept(event: &EventRow, reader: &Reader) -> AnyView {
    let Some(said) = Said::read(event) else {
        let text = "Nothing: the event shows no inquiry, or its state is not needed.";
        return view! { <p class="soft">{text}</p> }.into_any();
    };
    let texts = [
        ("Status", "word", Some(said.status.replace('_', " "))),
        (
            "Step",
            "word",
            said.step.map(|step| step.replace(['_', '-'], " ")),
        ),
        ("Sessions", "number", Some(said.sessions.to_string())),
        ("Reference", "id", said.reference_id),
        ("Account", "id", said.account_id),
        ("Template", "id", said.template_id),
        ("Version", "id", said.template_version_id),
    ];
    let times = [
        ("Made", said.created_at),
        ("Begun", said.started_at),
        ("Expires", said.expires_at),
        ("Expired", said.expired_at),
        ("Finished", said.finished_at),
        ("Decided", said.decided_at),
        ("Redacted", said.redacted_at),
        ("Changed", said.updated_at),
    ];
    let texts = texts.into_iter().filter_map(|(name, class, text)| {
        text.map(|text| view! { <div><dt>{name}</dt><dd class=class>{text}</dd></div> }.into_any())
    });
    let times = times.into_iter().filter_map(|(name, at)| {
        at.map(|at| view! { <div><dt>{name}</dt><dd>{reader.exact(at)}</dd></div> }.into_any())
    });
    let all: Vec<_> = texts.chain(times).collect();
    view! {
        <dl class="facts">{all}</dl>
        <p class="soft">"No name, document, address or other field of the person is stored."</p>
    }
    .into_any()
}
