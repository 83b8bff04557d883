//! Events, newest first.

use std::cmp::Reverse;

use serde_json::json;

use super::call::{Answer, Call, Reply};
use super::error::ApiError;
use super::list::{Page, paginate};
use crate::event::Event;
use crate::resource;

/// `GET /events`.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let filters = call.query.filters(&["name", "object-id", "id"])?;
    let page = Page::from_query(&call.query)?;
    let matches = |event: &&Event| {
        filters.iter().all(|(name, list)| {
            list.split(',')
                .any(|wanted| wanted.trim() == part(event, name))
        })
    };
    let mut events: Vec<_> = call.state.events.iter().rev().filter(matches).collect();
    // Seeds tell of what happened before those that are there already.
    events.sort_by_key(|event| Reverse(event.created_at));
    Ok(Reply::ok(paginate(
        "events",
        &call.query,
        &page,
        &events,
        |event| &event.id,
        resource::event,
    )?))
}

/// `GET /events/{id}`.
pub(crate) fn retrieve(call: &mut Call<'_>, id: &str) -> Answer {
    let event = call
        .state
        .events
        .iter()
        .find(|event| event.id == id)
        .ok_or_else(ApiError::not_found)?;
    Ok(Reply::ok(json!({ "data": resource::event(event) })))
}

fn part<'a>(event: &'a Event, filter: &str) -> &'a str {
    match filter {
        "name" => event.name,
        "object-id" => &event.object,
        _ => &event.id,
    }
}
