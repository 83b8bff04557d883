//! Help, privacy and the language switch, below every page.

use leptos::prelude::*;

use crate::{config::Portal, visit::Visit, words::Words};

/// The page's foot. `path` is where the same page is found by GET.
#[must_use]
pub fn footer(portal: &Portal, visit: &Visit, path: &str) -> impl IntoView + use<> {
    let words = &visit.words;
    let link = |address: String, key: &str| view! { <a href=address>{words.say(key)}</a> };
    let help = portal
        .help_url
        .as_ref()
        .map(|url| link(url.to_string(), "help"));
    let email = portal.help_email.as_ref().map(|email| {
        let address = format!("mailto:{email}");
        view! { <a href=address dir="ltr">{email.clone()}</a> }
    });
    let privacy = portal
        .privacy_url
        .as_ref()
        .map(|url| link(url.to_string(), "privacy"));
    view! {
        <footer class="foot">
            <nav class="links" aria-label=words.say("links")>{help} {email} {privacy}</nav>
            <nav class="languages" aria-label=words.say("languages")>
                <ul>{languages(words, path)}</ul>
            </nav>
        </footer>
    }
}

fn languages(current: &Words, path: &str) -> Vec<AnyView> {
    Words::all()
        .into_iter()
        .map(|words| language(&words, current, path))
        .collect()
}

fn language(words: &Words, current: &Words, path: &str) -> AnyView {
    let (tag, direction) = (words.tag(), words.direction());
    let name = words.say("language-name");
    let address = format!("{path}?lang={tag}");
    let is_current = (words == current).then_some("true");
    view! {
        <li>
            <a href=address lang=tag.clone() dir=direction hreflang=tag aria-current=is_current>
                {name}
            </a>
        </li>
    }
    .into_any()
}
