//! Single-object answers: `{data, included?, meta?}`.

use serde_json::{Value, json};

use super::call::{Answer, Call, Reply};
use super::error::ApiError;
use crate::inquiry::{Inquiry, InquiryTemplate};
use crate::resource;
use crate::state::State;

/// The relationships of an inquiry that `include` may name.
const INQUIRY_INCLUDES: [&str; 12] = [
    "account",
    "template",
    "inquiry-template",
    "inquiry-template-version",
    "inquiry-template.latest-published-version",
    "transaction",
    "reviewer",
    "reports",
    "verifications",
    "sessions",
    "documents",
    "selfies",
];

/// The relationships of a session that `include` may name.
const SESSION_INCLUDES: [&str; 3] = ["inquiry", "device", "network"];

/// 200 with an inquiry.
pub(crate) fn inquiry(call: &Call<'_>, id: &str) -> Answer {
    Ok(Reply::ok(inquiry_body(call, id)?))
}

/// An inquiry and what the call includes.
pub(crate) fn inquiry_body(call: &Call<'_>, id: &str) -> Result<Value, ApiError> {
    let inquiry = call
        .state
        .inquiries
        .get(id)
        .ok_or_else(ApiError::not_found)?;
    let mut body = json!({ "data": resource::inquiry(inquiry) });
    if let Some(paths) = call.query.include() {
        check(&paths, &INQUIRY_INCLUDES)?;
        let included = paths
            .iter()
            .flat_map(|path| related(call.state, inquiry, path));
        body["included"] = included.collect();
    }
    Ok(body)
}

/// A session and what the call includes.
pub(crate) fn session_body(call: &Call<'_>, id: &str) -> Result<Value, ApiError> {
    let session = call
        .state
        .sessions
        .get(id)
        .ok_or_else(ApiError::not_found)?;
    let mut body = json!({ "data": resource::session(session, call.state.now) });
    if let Some(paths) = call.query.include() {
        check(&paths, &SESSION_INCLUDES)?;
        let inquiry = call
            .state
            .inquiries
            .get(&session.inquiry)
            .filter(|_| paths.iter().any(|path| path == "inquiry"));
        body["included"] = inquiry.map(resource::inquiry).into_iter().collect();
    }
    Ok(body)
}

/// Refuses an `include` path that is not a relationship.
pub(crate) fn check(paths: &[String], known: &[&str]) -> Result<(), ApiError> {
    match paths.iter().find(|path| !known.contains(&path.as_str())) {
        Some(path) => Err(ApiError::bad_request(format!(
            "include {path} is not a relationship"
        ))),
        None => Ok(()),
    }
}

fn related(state: &State, inquiry: &Inquiry, path: &str) -> Vec<Value> {
    match path {
        "account" => inquiry
            .account
            .iter()
            .map(|id| account(state, id, inquiry))
            .collect(),
        "sessions" => {
            let sessions = inquiry
                .sessions
                .iter()
                .filter_map(|id| state.sessions.get(id));
            sessions
                .map(|session| resource::session(session, state.now))
                .collect()
        }
        path => template_related(state, inquiry, path),
    }
}

fn account(state: &State, id: &str, inquiry: &Inquiry) -> Value {
    let reference = state
        .accounts
        .iter()
        .find(|(_, account)| *account == id)
        .map(|(reference, _)| reference.as_str());
    resource::account(id, reference, inquiry.created_at)
}

fn template_related(state: &State, inquiry: &Inquiry, path: &str) -> Vec<Value> {
    let InquiryTemplate::Dynamic {
        template: id,
        version,
    } = &inquiry.template
    else {
        return Vec::new();
    };
    let Some(template) = state.templates.iter().find(|template| template.id == *id) else {
        return Vec::new();
    };
    let pinned = template
        .versions
        .iter()
        .filter(|known| known.id == *version);
    match path {
        "inquiry-template" => vec![resource::template(template)],
        "inquiry-template-version" => pinned
            .map(|version| resource::template_version(template, version))
            .collect(),
        "inquiry-template.latest-published-version" => {
            let latest = template
                .latest()
                .map(|version| resource::template_version(template, version));
            std::iter::once(resource::template(template))
                .chain(latest)
                .collect()
        }
        _ => Vec::new(),
    }
}
