//! What the pages of the flow share.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A whole page with the one heading that all of them have.
pub(crate) fn page(content: &Markup, script: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Simulated identity check" }
                link rel="stylesheet" href="/assets/flow.css";
                @if script { script src="/assets/flow.js" defer {} }
            }
            body {
                main {
                    h1 { "Simulated identity check" }
                    p.note { "This is a local simulator, not Persona. No document is asked for, and nothing leaves this machine." }
                    (content)
                }
            }
        }
    }
}

/// The page for those who may not enter.
pub(crate) fn session_expired() -> Markup {
    html! {
        section {
            h2 { "Session expired" }
            p { "This check can't be opened with this link. Go back to the company that sent you here." }
        }
    }
}

/// A page with its status and the headers that every page has: not stored, neutral referrer, no cross-origin isolation.
pub(crate) fn respond(status: StatusCode, csp: &str, page: PreEscaped<String>) -> Response {
    let headers = [
        ("Content-Security-Policy", csp),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ];
    (status, headers, page).into_response()
}
