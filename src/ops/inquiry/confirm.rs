//! Asking before something that cannot be undone: what it does, and why it is done.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

use super::{
    draft::{self, Draft, Problem},
    page::{self, Page},
};
use crate::{
    model::reason::TO_END, paths, staff::Signed, state::AppState, store::inquiries::InquiryRow,
};

/// What is asked.
#[derive(Clone)]
pub(super) struct Question {
    pub(super) title: &'static str,
    /// What it is about: an ID.
    pub(super) what: String,
    /// What will happen.
    pub(super) text: &'static str,
    /// Where the answer goes.
    pub(super) action: String,
    /// What the button says.
    pub(super) button: &'static str,
}

/// The page of a question about an inquiry.
pub(super) async fn ask(
    state: &AppState,
    signed: &Signed,
    question: Question,
    inquiry: InquiryRow,
    answer: (Draft, Option<Problem>),
) -> Response {
    let (draft, problem) = answer;
    let page = Page {
        title: question.title.to_owned(),
        status: problem.map_or(StatusCode::OK, |_| StatusCode::BAD_REQUEST),
        section: paths::OPS,
        ..Page::default()
    };
    let now = state.clock.now_ms();
    let body = move || {
        let question = question.clone();
        let alert = problem.map(|text| view! { <p class="alert" role="alert">{text}</p> });
        view! {
            <section class="door">
                <h1>{question.title}</h1>
                <p class="id">{question.what}</p>
                <p>{question.text}</p>
                {alert}
                <form method="post" action=question.action>
                    {draft::seen(&inquiry, now)}
                    {draft::reason_field("reason".to_owned(), &TO_END, &draft.reason)}
                    {draft::note_field("note".to_owned(), draft.note.clone(), false)}
                    <p class="row">
                        <button class="grave" type="submit">{question.button}</button>
                        <a class="button" href=paths::inquiry(&inquiry.id)>"Keep it"</a>
                    </p>
                </form>
            </section>
        }
        .into_any()
    };
    page::render(state, Some(signed), page, body).await
}
