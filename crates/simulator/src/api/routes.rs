//! Which handler answers which method and path.

use axum::http::Method;

use super::call::{Answer, Call};
use super::error::ApiError;
use super::{
    decisions, events, inquiries, limits, links, new_inquiry, search, sessions, simulate, tags,
    templates, webhooks,
};

/// Finds the handler for a path below `/api/v1/` and runs it.
pub(crate) fn dispatch(method: &Method, path: &[&str], call: &mut Call<'_>) -> Answer {
    match (method.as_str(), path) {
        ("GET", ["inquiries"]) => inquiries::list(call),
        ("POST", ["inquiries"]) => new_inquiry::create(call),
        ("POST", ["inquiries", "search"]) => search::search(call),
        ("GET", ["inquiries", id]) => inquiries::retrieve(call, id),
        ("PATCH", ["inquiries", id]) => inquiries::update(call, id),
        ("DELETE", ["inquiries", id]) => inquiries::redact(call, id),
        ("POST", ["inquiries", id, action]) => inquiry_action(action, call, id),
        ("GET", ["inquiry-sessions"]) => sessions::list(call),
        ("POST", ["inquiry-sessions"]) => sessions::create(call),
        ("POST", ["inquiry-sessions", "expire-all"]) => sessions::expire_all(call),
        ("GET", ["inquiry-sessions", id]) => sessions::retrieve(call, id),
        ("POST", ["inquiry-sessions", id, "expire"]) => sessions::expire(call, id),
        ("POST", ["inquiry-sessions", id, "generate-one-time-link"]) => {
            links::generate_for_session(call, id)
        }
        ("GET", ["events"]) => events::list(call),
        ("GET", ["events", id]) => events::retrieve(call, id),
        ("GET", ["inquiry-templates"]) => templates::list(call),
        ("GET", ["inquiry-templates", id]) => templates::retrieve(call, id),
        ("GET", ["inquiry-template-versions"]) => templates::list_versions(call),
        ("GET", ["rate-limits"]) => Ok(limits::list(call)),
        ("GET", ["webhooks"]) => webhooks::list(call),
        ("POST", ["webhooks"]) => webhooks::create(call),
        ("GET", ["webhooks", id]) => webhooks::retrieve(call, id),
        ("POST", ["webhooks", id, action]) => webhooks::act(action, call, id),
        _ => Err(ApiError::not_found()),
    }
}

fn inquiry_action(action: &str, call: &mut Call<'_>, id: &str) -> Answer {
    match action {
        "resume" => inquiries::resume(call, id),
        "generate-one-time-link" => links::generate(call, id),
        "expire" => inquiries::expire(call, id),
        "approve" => decisions::approve(call, id),
        "decline" => decisions::decline(call, id),
        "mark-for-review" => decisions::mark_for_review(call, id),
        "perform-simulate-actions" => simulate::perform(call, id),
        "add-tag" => tags::add(call, id),
        "remove-tag" => tags::remove(call, id),
        "set-tags" => tags::set(call, id),
        _ => Err(ApiError::not_found()),
    }
}
