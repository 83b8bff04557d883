//! Deliveries: webhooks to the company's own systems, where they go, what came of each, and sending them once more.

mod acts;
mod delivery;
mod endpoint;
mod form;
mod list;
mod table;
mod told;

use axum::response::Response;
use leptos::prelude::*;

use super::{refused, route::Route};
use crate::{
    model::role::Act,
    paths,
    staff::Signed,
    state::AppState,
    store::{
        deliveries::{self, DeliveryRow},
        endpoints::EndpointRow,
    },
};

/// The pages and acts of endpoints and deliveries.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page(paths::DELIVERIES, Act::SeeDeliveries, list::show),
        Route::act(paths::DELIVERIES, Act::ManageEndpoints, form::add),
        Route::page(paths::ENDPOINT_NEW, Act::ManageEndpoints, form::new),
        Route::page(paths::ENDPOINT, Act::SeeDeliveries, endpoint::show),
        Route::page(paths::ENDPOINT_EDIT, Act::ManageEndpoints, form::show),
        Route::act(paths::ENDPOINT_EDIT, Act::ManageEndpoints, form::edit),
        Route::act(paths::ENDPOINT_STATE, Act::ManageEndpoints, acts::set_state),
        Route::act(paths::ENDPOINT_SECRET, Act::ManageEndpoints, acts::rotate),
        Route::act(paths::ENDPOINT_TEST, Act::Replay, acts::test),
        Route::act(paths::ENDPOINT_REPLAY, Act::Replay, acts::replay_failed),
        Route::page(paths::DELIVERY, Act::SeeDeliveries, delivery::show),
        Route::act(paths::DELIVERY_REPLAY, Act::Replay, acts::replay),
    ]
}

/// The page of an ID that no endpoint has.
async fn unknown(state: &AppState, signed: &Signed) -> Response {
    refused::not_found(state, signed, "There is no such endpoint or delivery.").await
}

/// Whether webhooks go to an endpoint.
fn standing(endpoint: &EndpointRow) -> impl IntoView + use<> {
    let (tone, text) = match (endpoint.is_enabled(), endpoint.failing_since) {
        (false, _) => ("bad", "Disabled"),
        (true, Some(_)) => ("wait", "Failing"),
        (true, None) => ("good", "Enabled"),
    };
    view! { <span class="badge" data-tone=tone>{text}</span> }
}

/// Why Leftoff itself disabled an endpoint, and what to do about it.
fn alarm(endpoint: &EndpointRow) -> Option<&'static str> {
    let text = match endpoint.disabled_why.as_deref()? {
        "gone" => {
            "It answered that it is gone for good (410), so it was disabled. Change its address or \
             enable it again; what happened meanwhile is not sent."
        }
        _ => {
            "It did nothing but fail for too long, so it was disabled. Mend the receiver, enable it \
             again, then send once more what failed; what happened meanwhile is not sent."
        }
    };
    Some(text)
}

/// How far a delivery is.
fn badge(delivery: &DeliveryRow, endpoint: &EndpointRow) -> impl IntoView + use<> {
    let (tone, text) = match delivery.state.as_str() {
        deliveries::DELIVERED => ("good", "Delivered"),
        deliveries::FAILED => ("bad", "Given up"),
        _ if !endpoint.is_enabled() => ("none", "On hold"),
        _ if delivery.attempts > 0 => ("wait", "To be tried again"),
        _ => ("accent", "Waiting"),
    };
    view! { <span class="badge" data-tone=tone>{text}</span> }
}

/// What the last attempt met, in words.
fn outcome(status: Option<i64>, cause: Option<&str>) -> String {
    let words = match (cause, status) {
        (None, None) => return String::new(),
        (None | Some("status"), Some(status)) => return format!("Status {status}"),
        (Some("private-address"), _) => "Its address is private, or not https",
        (Some("unreachable"), _) => "It could not be reached",
        (Some("timeout"), _) => "It did not answer in time",
        (Some("broken"), _) => "The connection broke",
        (Some("secret-lost"), _) => "Its secret cannot be read: rotate it",
        (Some("entry-lost"), _) => "There is nothing to tell any more",
        (Some(other), _) => other,
    };
    words.to_owned()
}

/// A button that is off, and says why, for those who may not press it.
fn button(may: bool, class: &'static str, act: Act, name: &'static str) -> AnyView {
    if may {
        return view! { <button class=class type="submit">{name}</button> }.into_any();
    }
    let roles: Vec<_> = act.roles().iter().map(|role| role.code()).collect();
    let why = format!("This takes the role {}", roles.join(" or "));
    view! { <button class=class type="submit" disabled title=why>{name}</button> }.into_any()
}

/// A number that was counted up to a bound.
fn bounded(count: i64) -> String {
    if count > MOST_COUNTED {
        format!("{MOST_COUNTED}+")
    } else {
        count.to_string()
    }
}

/// Nobody waits for more to be counted.
const MOST_COUNTED: i64 = 999;
