//! Resume: a link is made, for a reason.

use std::time::Duration;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

use super::{
    draft::{Draft, Problem, Sent, note_field, reason_field, seen},
    made::Made,
    refused::Failed,
    show::{self, Shown},
};
use crate::{
    links::{NewLink, channel::Channel, factor::Factor},
    model::reason::TO_RESUME,
    paths,
    staff::Signed,
    state::AppState,
    words::Words,
};

/// How long a link may live, in days.
const DAYS: [u64; 5] = [1, 3, 7, 14, 30];

const DAY: Duration = Duration::from_hours(24);

/// The form that makes a link.
pub(super) fn form(shown: &Shown) -> AnyView {
    let draft = &shown.around.draft;
    let action = paths::of_inquiry(paths::RESUME, &shown.inquiry.id);
    view! {
        <form method="post" action=action class="resume">
            <h2>"Resume"</h2>
            <p class="soft">"Makes a link that leads the person back into this inquiry."</p>
            {seen(&shown.inquiry, shown.now)}
            {reason_field("reason".to_owned(), &TO_RESUME, &draft.reason)}
            {note_field("note".to_owned(), draft.note.clone(), true)}
            <details class="more" open=has_choice(draft)>
                <summary>"Life, language, proof"</summary>
                {choices(draft)}
            </details>
            <button class="main" type="submit">"Make a link"</button>
        </form>
    }
    .into_any()
}

const fn has_choice(draft: &Draft) -> bool {
    !draft.days.is_empty() || !draft.locale.is_empty() || !draft.factor.is_empty()
}

fn choices(draft: &Draft) -> AnyView {
    let days: Vec<_> = DAYS
        .iter()
        .map(|days| {
            let name = if *days == 1 {
                "1 day".to_owned()
            } else {
                format!("{days} days")
            };
            option(days.to_string(), name, &draft.days)
        })
        .collect();
    let languages: Vec<_> = Words::all()
        .iter()
        .map(|words| option(words.tag(), words.say("language-name"), &draft.locale))
        .collect();
    let birthdate = option(
        "birthdate".to_owned(),
        "Date of birth".to_owned(),
        &draft.factor,
    );
    view! {
        <p class="field">
            <label for="days">"Good for"</label>
            <select id="days" name="days"><option value="">"The usual time"</option>{days}</select>
        </p>
        <p class="field">
            <label for="locale">"Language"</label>
            <select id="locale" name="locale"><option value="">"The browser's"</option>{languages}</select>
        </p>
        <p class="field">
            <label for="factor">"A new device must prove"</label>
            <select id="factor" name="factor"><option value="">"Nothing"</option>{birthdate}</select>
        </p>
    }
    .into_any()
}

fn option(value: String, name: String, chosen: &str) -> impl IntoView + use<> {
    let is_chosen = value == chosen;
    view! { <option value=value selected=is_chosen>{name}</option> }
}

/// Makes the link unless the inquiry moved since the operator saw it, and shows it: the answer is the only place
/// where its URL ever stands. Sent again, the same form meets an inquiry that moved, and makes no second link.
pub(super) async fn make(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    let Some(inquiry) = state.store.inquiry(&id).await? else {
        return Ok(show::unknown(&state, &signed).await);
    };
    let new = match new_link(&draft, &signed, &id) {
        Ok(new) => new,
        Err(problem) => {
            let status = StatusCode::BAD_REQUEST;
            return show::again(&state, &signed, &id, status, problem, draft).await;
        }
    };
    let version = draft.version()?;
    if inquiry.version != version {
        return show::stale(&state, &signed, &id, draft).await;
    }
    let Some(inquiry) = state.inquiries.look_again(&id, version).await? else {
        return show::stale(&state, &signed, &id, draft).await;
    };
    if inquiry.phase().is_settled() {
        let text = "This inquiry is finished, so there is nothing to resume. No link was made.";
        return show::again(&state, &signed, &id, StatusCode::CONFLICT, text, draft).await;
    }
    match state.links.create_at(new, inquiry.version).await? {
        Some(made) => {
            Made::of(&state, made.row, &made.token)
                .await?
                .page(&state, &signed)
                .await
        }
        None => show::stale(&state, &signed, &id, draft).await,
    }
}

fn new_link(draft: &Draft, signed: &Signed, id: &str) -> Result<NewLink, Problem> {
    let why = draft.why(signed, &TO_RESUME)?;
    let note = why
        .note
        .ok_or("Write a note: whoever reads the audit needs it.")?;
    let days = match draft.days.as_str() {
        "" => None,
        days => {
            let known = DAYS.into_iter().find(|known| known.to_string() == days);
            Some(known.ok_or("A link cannot be good for that long.")?)
        }
    };
    let locale = Some(draft.locale.clone()).filter(|locale| !locale.is_empty());
    if let Some(locale) = &locale
        && Words::of(locale).is_none()
    {
        return Err("The portal does not speak that language.");
    }
    let factor = match draft.factor.as_str() {
        "" => Factor::None,
        factor => factor.parse().map_err(|_| "There is no such proof.")?,
    };
    Ok(NewLink {
        inquiry_id: id.to_owned(),
        maker: why.actor,
        reason: why.reason,
        note: Some(note),
        channel: Channel::Copy,
        factor,
        return_url: None,
        locale,
        life: days.and_then(|days| DAY.checked_mul(u32::try_from(days).ok()?)),
    })
}
