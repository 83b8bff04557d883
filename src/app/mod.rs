//! The shell around every page.

mod csp;
mod wordless;

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, header::CONTENT_SECURITY_POLICY},
    response::Response,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{ResponseOptions, render_app_async_with_context};

pub use wordless::wordless;

use crate::{model::sdk, paths, state::AppState, visit::Visit};

/// What the shell needs to know of a page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The window's title, before the company's name.
    pub title: String,
    /// The HTTP status.
    pub status: StatusCode,
    /// Where the same page is found by GET, for the language switch.
    pub path: String,
    /// Whether the page has the flow on it and so needs the browser's half of us.
    pub has_flow: bool,
}

/// What makes a whole document. Of one type whatever is in it: all that renders it is compiled once.
pub type Document = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// Renders a page.
pub async fn render<V>(state: &AppState, visit: &Visit, page: Page, body: V) -> Response
where
    V: Fn() -> AnyView + Send + Sync + 'static,
{
    let (status, settings) = (page.status, state.clone());
    let (state, visit) = (state.clone(), visit.clone());
    let shell = move || shell(&state, &visit, &page, body()).into_any();
    respond(&settings, status, Arc::new(shell)).await
}

/// Renders a whole document, with its status and a policy for its scripts.
pub async fn respond(state: &AppState, status: StatusCode, document: Document) -> Response {
    let settings = state.clone();
    let set_headers = move || {
        let response = expect_context::<ResponseOptions>();
        response.set_status(status);
        let nonce = use_nonce()
            .map(|nonce| nonce.to_string())
            .unwrap_or_default();
        if let Ok(policy) = HeaderValue::try_from(csp::policy(&settings.config, &nonce)) {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    // The renderer asks for a request only to offer it to views; ours take what they need as arguments.
    render_app_async_with_context(set_headers, move || document())(Request::new(Body::empty()))
        .await
}

fn shell(state: &AppState, visit: &Visit, page: &Page, body: AnyView) -> impl IntoView + use<> {
    let words = &visit.words;
    let portal = &state.config.portal;
    let title = format!("{} · {}", page.title, portal.name);
    let options = &state.config.leptos;
    view! {
        <!DOCTYPE html>
        <html lang=words.tag() dir=words.direction()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex, nofollow" />
                <meta name="color-scheme" content="light dark" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=state.assets.style.clone() />
                <link rel="stylesheet" href=paths::BRAND_STYLE />
                {page.has_flow.then(|| scripts(options.clone()))}
            </head>
            <body>
                <a class="skip" href="#main">{words.say("skip")}</a>
                {crate::ui::header::header(portal)}
                <main id="main">{body}</main>
                {crate::ui::footer::footer(portal, visit, &page.path)}
            </body>
        </html>
    }
}

/// The browser's half of us, and Persona's SDK ahead of its use.
fn scripts(options: LeptosOptions) -> impl IntoView {
    view! {
        <HydrationScripts options=options islands=true />
        <link
            rel="preload"
            r#as="script"
            href=sdk::PATH
            integrity=sdk::INTEGRITY
            crossorigin="anonymous"
            nonce=use_nonce()
        />
    }
}
