//! Who asks: the company's logo or name, on top of every page.

use leptos::prelude::*;

use crate::{config::Portal, paths};

/// The page's banner.
#[must_use]
pub fn header(portal: &Portal) -> impl IntoView + use<> {
    let name = portal.name.clone();
    let face = if portal.logo.is_some() {
        view! { <img class="logo" src=paths::BRAND_LOGO alt=name height="32" /> }.into_any()
    } else {
        view! { <span class="name">{name}</span> }.into_any()
    };
    view! { <header class="bar">{face}</header> }
}
