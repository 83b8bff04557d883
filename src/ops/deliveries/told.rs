//! What was done before a page is shown again.

use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

/// What a redirect tells.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    done: String,
    #[serde(default)]
    count: usize,
}

impl Told {
    /// The words of a code.
    pub(super) fn view(&self) -> Option<AnyView> {
        let (is_done, text) = match self.done.as_str() {
            "changed" => (true, "The endpoint is changed.".to_owned()),
            "enabled" => (
                true,
                "The endpoint is enabled. What was on hold is sent.".to_owned(),
            ),
            "disabled" => (
                true,
                "The endpoint is disabled. Nothing is sent to it.".to_owned(),
            ),
            "tested" => (
                true,
                "A test is on its way. It is the newest delivery.".to_owned(),
            ),
            "replayed" => (true, "It is sent once more, under the same ID.".to_owned()),
            "replayed-failed" => (true, sent_again(self.count)),
            "nothing-failed" => (
                false,
                "Nothing failed since then, so nothing is sent.".to_owned(),
            ),
            "is-disabled" => (
                false,
                "The endpoint is disabled, so nothing is sent. An admin can enable it.".to_owned(),
            ),
            _ => return None,
        };
        Some(if is_done {
            view! { <p class="done" role="status">{text}</p> }.into_any()
        } else {
            view! { <p class="alert" role="alert">{text}</p> }.into_any()
        })
    }
}

fn sent_again(count: usize) -> String {
    if count == 1 {
        "1 delivery is sent once more, under the same ID.".to_owned()
    } else {
        format!("{count} deliveries are sent once more, under the same IDs.")
    }
}

/// Leads to a page that tells what was done.
pub(super) fn lead(path: &str, done: &str) -> Response {
    Redirect::to(&format!("{path}?done={done}")).into_response()
}

/// The same with a number.
pub(super) fn lead_with(path: &str, done: &str, count: usize) -> Response {
    Redirect::to(&format!("{path}?done={done}&count={count}")).into_response()
}
