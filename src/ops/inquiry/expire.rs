//! Expiring an inquiry: asked for on a page of its own, because it throws the person out.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

use super::{
    draft::{self, Draft, Sent},
    page::{self, Page},
    refused::Failed,
    show::{self, done_path},
};
use crate::{
    inquiries::Acted, model::reason::TO_END, paths, staff::Signed, state::AppState,
    store::inquiries::InquiryRow,
};

pub(super) async fn ask(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Failed> {
    match state.store.inquiry(&id).await? {
        Some(inquiry) => Ok(form(&state, &signed, inquiry, Draft::default(), None).await),
        None => Ok(show::unknown(&state, &signed).await),
    }
}

pub(super) async fn expire(
    State(state): State<AppState>,
    signed: Signed,
    Path(id): Path<String>,
    sent: Sent,
) -> Result<Response, Failed> {
    let draft = Draft::of(sent)?;
    let Some(inquiry) = state.store.inquiry(&id).await? else {
        return Ok(show::unknown(&state, &signed).await);
    };
    let version = draft.version()?;
    let why = match draft.why(&signed, &TO_END) {
        Ok(why) => why,
        Err(problem) => return Ok(form(&state, &signed, inquiry, draft, Some(problem)).await),
    };
    if inquiry.phase().is_settled() {
        let text = "This inquiry is finished, so there is nothing to expire.";
        return show::again(&state, &signed, &id, StatusCode::CONFLICT, text, draft).await;
    }
    match state.inquiries.expire(&id, version, why).await? {
        Acted::Done => Ok(Redirect::to(&done_path(&id, "expired")).into_response()),
        Acted::Moved => show::stale(&state, &signed, &id, draft).await,
    }
}

async fn form(
    state: &AppState,
    signed: &Signed,
    inquiry: InquiryRow,
    draft: Draft,
    problem: Option<&'static str>,
) -> Response {
    let page = Page {
        title: "Expire this inquiry".to_owned(),
        status: problem.map_or(StatusCode::OK, |_| StatusCode::BAD_REQUEST),
        section: paths::OPS,
        ..Page::default()
    };
    let now = state.clock.now_ms();
    let body = move || {
        let id = &inquiry.id;
        let alert = problem.map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            <section class="door">
                <h1>"Expire this inquiry?"</h1>
                <p class="id">{id.clone()}</p>
                <p>
                    "Its sessions and Persona's one-time links end at once, and checks under way are cancelled. Whoever has
                    the flow open is out. The sessions do not come back, but the inquiry can be resumed by a link."
                </p>
                {alert}
                <form method="post" action=paths::of_inquiry(paths::EXPIRE_INQUIRY, id)>
                    {draft::seen(&inquiry, now)}
                    {draft::reason_field("reason".to_owned(), &TO_END, &draft.reason)}
                    {draft::note_field("note".to_owned(), draft.note.clone(), false)}
                    <p class="row">
                        <button class="grave" type="submit">"Expire the inquiry"</button>
                        <a class="button" href=paths::inquiry(id)>"Keep it"</a>
                    </p>
                </form>
            </section>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}
