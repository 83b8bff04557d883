//! The settings as they are in force, to read; they are changed in `Leptos.toml` and the environment.

mod brand;
mod groups;

use axum::{extract::State, response::Response};
use leptos::prelude::*;

use super::{
    page::{self, Page},
    route::Route,
};
use crate::{model::role::Act, paths, staff::Signed, state::AppState};

/// The page.
pub(super) fn routes() -> Vec<Route> {
    vec![Route::page(paths::SETTINGS, Act::SeeSettings, show)]
}

async fn show(State(state): State<AppState>, signed: Signed) -> Response {
    let page = Page {
        title: "Settings".to_owned(),
        section: paths::SETTINGS,
        ..Page::default()
    };
    let config = state.config.clone();
    let body = move || {
        let groups: Vec<_> = groups::of(&config)
            .into_iter()
            .map(groups::Group::view)
            .collect();
        view! {
            <div class="head"><h1>"Settings"</h1></div>
            <p>
                "What is in force, to read. It is changed in "
                <code>"Leptos.toml"</code>
                " and by variables "
                <code>"LEFTOFF_SECTION__KEY"</code>
                ", and takes a restart. The folder "
                <code>"docs"</code>
                " of this version tells more."
            </p>
            <h2>"Branding"</h2>
            {brand::preview(&config.portal)}
            {groups}
            <h2>"Policies"</h2>
            <p>
                "What Leftoff does by itself stands in the database and is changed at "
                <a href=paths::POLICIES>"Policies"</a> "."
            </p>
        }
        .into_any()
    };
    page::render(&state, Some(&signed), page, body).await
}
