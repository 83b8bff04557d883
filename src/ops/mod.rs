//! Ops: what the staff sees and does. A page's file holds its handlers and its view.

mod account;
mod audit;
mod bulk;
mod cookie;
mod deliveries;
mod events;
mod funnel;
mod import;
mod inquiry;
mod keys;
mod live;
mod messages;
mod number;
mod page;
mod policies;
mod queue;
mod refused;
mod route;
mod settings;
mod sign_in;
mod site;
mod team;
mod time;

use axum::{Router, routing::any};

pub use refused::answer;
pub use route::Route;
pub use site::style_url;

use crate::{paths, state::AppState};

/// Every page and act of the staff, each with what it is: nobody gets in who may not do that.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        account::routes(),
        audit::routes(),
        bulk::routes(),
        deliveries::routes(),
        events::routes(),
        import::routes(),
        funnel::routes(),
        inquiry::routes(),
        keys::routes(),
        live::routes(),
        messages::routes(),
        policies::routes(),
        queue::routes(),
        settings::routes(),
        sign_in::routes(),
        team::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a cell says; one that says nothing has nothing in it, and is left out on a phone.
fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The pages and acts, guarded, beside those of signing in.
pub fn router(state: &AppState) -> Router<AppState> {
    let guarded = routes()
        .into_iter()
        .fold(Router::new(), |router, route| route.add_to(router, state));
    guarded
        .merge(sign_in::router(state))
        .merge(site::router())
        .route(paths::OPS_UNKNOWN, any(refused::unknown))
}
