//! The island of the portal: it turns the button "Continue verification" into Persona's flow in a dialog of ours.
//!
//! All words are in the page already; the island only says at which stage the page is. So it needs no properties,
//! no text and no framework of its own for requests, and stays small. Without it the same form works by itself.

mod api;
mod frame;
mod js;
mod page;
mod sdk;
mod stage;
mod visit;

use leptos::prelude::*;
use visit::go_live;

pub use stage::Stage;

/// Name of the Trusted Types policy through which the SDK is loaded; it makes one URL only.
pub const TRUSTED_TYPES_POLICY: &str = "leftoff-sdk";

/// Brings the form inside to life. The form, the dialog and all words are its children; see [`page::Page`].
#[island]
pub fn Flow(children: Children) -> impl IntoView {
    view! {
        <div class="flow" use:go_live on:submit=|event| visit::submit(&event)>
            {children()}
        </div>
    }
}
