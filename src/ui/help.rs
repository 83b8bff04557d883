//! The company's help, where a person cannot go on without it.

use leptos::prelude::*;

use crate::{config::Portal, words::Words};

/// A link to the company's help page or, if it has none, its address for mail.
#[must_use]
pub fn help(portal: &Portal, words: &Words) -> impl IntoView + use<> {
    let page = portal.help_url.as_ref().map(ToString::to_string);
    let mail = || {
        portal
            .help_email
            .as_ref()
            .map(|address| format!("mailto:{address}"))
    };
    let label = words.say("help");
    page.or_else(mail)
        .map(|href| view! { <p><a class="quiet" href=href>{label}</a></p> })
}
