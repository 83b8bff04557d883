//! The shell around every page of ops: search, sections, who is signed in.

use std::sync::Arc;

use axum::{http::StatusCode, response::Response};
use leptos::{nonce::use_nonce, prelude::*};

use super::site;
use crate::{app, model::role::Act, paths, staff::Signed, state::AppState};

/// What the shell needs to know of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// The window's title.
    pub(super) title: String,
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// The section that it belongs to, by its path.
    pub(super) section: &'static str,
    /// What stands in the search field.
    pub(super) search: String,
}

/// A section: path, name, and what it takes to see it.
type Section = (&'static str, &'static str, Act);

/// The sections in their groups: the staff's work, what goes on by itself, and the house.
const SECTIONS: [&[Section]; 3] = [
    &[
        (paths::OPS, "Queue", Act::SeeQueue),
        (paths::BULKS, "Bulk", Act::SeeQueue),
        (paths::FUNNEL, "Funnel", Act::SeeFunnel),
        (paths::IMPORT, "Import", Act::SeeQueue),
    ],
    &[
        (paths::POLICIES, "Policies", Act::SeePolicies),
        (paths::MESSAGES, "Messages", Act::SeeMessages),
        (paths::EVENTS, "Events", Act::SeeEvents),
        (paths::DELIVERIES, "Deliveries", Act::SeeDeliveries),
    ],
    &[
        (paths::AUDIT, "Audit", Act::SeeAudit),
        (paths::TEAM, "Team", Act::SeeTeam),
        (paths::KEYS, "API keys", Act::SeeKeys),
        (paths::SETTINGS, "Settings", Act::SeeSettings),
    ],
];

/// Renders a page.
pub(super) async fn render<V>(
    state: &AppState,
    signed: Option<&Signed>,
    page: Page,
    body: V,
) -> Response
where
    V: Fn() -> AnyView + Send + Sync + 'static,
{
    let (parts, status) = (state.clone(), page.status);
    let signed = signed.cloned();
    let document = move || document(&parts, signed.as_ref(), &page, body()).into_any();
    app::respond(state, status, Arc::new(document)).await
}

fn document(
    state: &AppState,
    signed: Option<&Signed>,
    page: &Page,
    body: AnyView,
) -> impl IntoView + use<> {
    let title = format!("{} · Leftoff", page.title);
    let around = signed.map(|signed| (top(state, signed, page), sections(signed, page)));
    let (top, sections) = around.unzip();
    let class = if signed.is_some() { "ops" } else { "ops alone" };
    view! {
        <!DOCTYPE html>
        <html lang="en" dir="ltr">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex, nofollow" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=site::style_url() />
                <link rel="stylesheet" href=paths::BRAND_STYLE />
                <script type="module" src=site::script_url() nonce=use_nonce()></script>
            </head>
            <body class=class>
                <a class="skip" href="#main">"Skip to the content"</a>
                {top}
                {sections}
                <main id="main" tabindex="-1">{body}</main>
            </body>
        </html>
    }
}

fn top(state: &AppState, signed: &Signed, page: &Page) -> impl IntoView + use<> {
    let company = state.config.portal.name.clone();
    let person = signed.person.name.clone();
    let role = signed.role.code();
    let search = page.search.clone();
    view! {
        <header class="top">
            <a class="home" href=paths::OPS>
                <strong>"Leftoff"</strong>
                <span>{company}</span>
            </a>
            <form role="search" class="search" action=paths::SEARCH>
                <input
                    type="search"
                    name="q"
                    value=search
                    aria-label="Find an inquiry"
                    placeholder="Inquiry, reference, account or link"
                    autocomplete="off"
                    maxlength="200"
                />
                <button type="submit">"Find"</button>
            </form>
            <div class="you">
                <a class="who" href=paths::ACCOUNT title="Your account">{person} " " <small>{role}</small></a>
                <form method="post" action=paths::SIGN_OUT>
                    <button class="plain" type="submit">"Sign out"</button>
                </form>
            </div>
        </header>
    }
}

fn sections(signed: &Signed, page: &Page) -> impl IntoView + use<> {
    let groups: Vec<_> = SECTIONS
        .iter()
        .map(|group| group_of(group, signed, page))
        .collect();
    view! { <nav class="sections" aria-label="Sections">{groups}</nav> }
}

/// The sections of a group that somebody may see; none when there are none.
fn group_of(group: &[Section], signed: &Signed, page: &Page) -> Option<AnyView> {
    let links: Vec<_> = group
        .iter()
        .filter(|(_, _, act)| signed.may(*act))
        .map(|(path, name, _)| {
            let current = (page.section == *path).then_some("page");
            view! { <li><a href=*path aria-current=current>{*name}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| view! { <ul>{links}</ul> }.into_any())
}
