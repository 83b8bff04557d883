//! `GET /preload`, which the SDK opens in a hidden frame to warm the cache.

use maud::{DOCTYPE, Markup, html};

/// An empty page with the flow's assets.
pub(crate) async fn show() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "Preload" }
                link rel="preload" href="/assets/flow.js" as="script";
                link rel="stylesheet" href="/assets/flow.css";
            }
            body {}
        }
    }
}
