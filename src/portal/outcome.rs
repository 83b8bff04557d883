//! The page for a check that is over: what came of it, in plain words, and where to go.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;

use crate::{
    app::{self, Page},
    inquiries::Phase,
    state::AppState,
    ui::help::help,
    visit::Visit,
    words::Value,
};

/// What the person can do on the page of an outcome.
#[derive(Clone, Debug)]
pub(super) enum Next {
    /// Go to the company's page, if there is one.
    Leave(Option<String>),
    /// Ask the company.
    Help,
    /// Send a form that has the server look, with a button of this key.
    Look {
        /// Where the form goes.
        action: String,
        /// The button's words.
        label: &'static str,
    },
}

/// The page of a phase that is over, or of one that the person thought was.
pub(super) async fn show(
    state: &AppState,
    visit: &Visit,
    phase: Phase,
    path: &str,
    next: Vec<Next>,
) -> Response {
    let words = visit.words.clone();
    let company = ("company", Value::Text(state.config.portal.name.clone()));
    let code = if phase.is_settled() {
        phase.code()
    } else {
        "unfinished"
    };
    let page = Page {
        title: words.say(&format!("{code}-title")),
        status: if phase == Phase::Redacted {
            StatusCode::GONE
        } else {
            StatusCode::OK
        },
        path: path.to_owned(),
        has_flow: false,
    };
    let portal = state.config.portal.clone();
    let body = move || {
        let buttons: Vec<_> = next
            .iter()
            .map(|next| match next {
                Next::Leave(None) => ().into_any(),
                Next::Help => help(&portal, &words).into_any(),
                Next::Leave(Some(url)) => {
                    let label = words.say_with("leave", &company);
                    view! { <p><a class="button" href=url.clone()>{label}</a></p> }.into_any()
                }
                Next::Look { action, label } => view! {
                    <form method="post" action=action.clone()>
                        <button class="button" type="submit">{words.say(label)}</button>
                    </form>
                }
                .into_any(),
            })
            .collect();
        view! {
            <section class="card" data-state=code>
                <span class="mark" aria-hidden="true"></span>
                <h1>{words.say_with(&format!("{code}-title"), &company)}</h1>
                <p>{words.say_with(&format!("{code}-text"), &company)}</p>
                {buttons}
            </section>
        }
        .into_any()
    };
    app::render(state, visit, page, body).await
}
