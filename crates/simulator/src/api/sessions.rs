//! Inquiry sessions.

use serde::Deserialize;
use serde_json::json;

use super::call::{Answer, Call, Reply, present};
use super::document;
use super::error::ApiError;
use crate::lifecycle::Refusal;
use crate::resource;
use crate::session::Session;

/// `GET /inquiry-sessions`, newest first. The specification has no paging here, so everything comes at once.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let filters = call.query.filters(&["inquiry-id"])?;
    let wanted = |session: &&Session| {
        filters
            .iter()
            .all(|(_, inquiry)| session.inquiry == *inquiry)
    };
    let mut sessions: Vec<_> = call.state.sessions.values().filter(wanted).collect();
    sessions.sort_unstable_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    let data: Vec<_> = sessions
        .into_iter()
        .map(|session| resource::session(session, call.state.now))
        .collect();
    Ok(Reply::ok(
        json!({ "data": data, "links": { "prev": null, "next": null } }),
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    #[serde(default, deserialize_with = "present")]
    data: Option<Data>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(default, deserialize_with = "present")]
    attributes: Option<Attributes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Attributes {
    inquiry_id: String,
}

/// `POST /inquiry-sessions`, which gives no token.
pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    let create: Create = call.body()?;
    let attributes = create.data.and_then(|data| data.attributes);
    let inquiry = attributes
        .ok_or_else(|| ApiError::bad_request("data.attributes.inquiry-id is missing"))?
        .inquiry_id;
    let status = call.state.writable(&inquiry)?.status;
    if !status.is_open() {
        return Err(Refusal::WrongStatus(status).into());
    }
    let session = call.state.new_session(&inquiry)?;
    Ok(Reply::created(document::session_body(call, &session)?))
}

/// `GET /inquiry-sessions/{id}`.
pub(crate) fn retrieve(call: &mut Call<'_>, id: &str) -> Answer {
    Ok(Reply::ok(document::session_body(call, id)?))
}

/// `POST /inquiry-sessions/{id}/expire`.
pub(crate) fn expire(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.end_session(id, call.state.now);
    Ok(Reply::ok(document::session_body(call, id)?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpireAll {
    meta: ExpireAllMeta,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ExpireAllMeta {
    inquiry_ids: Vec<String>,
}

/// `POST /inquiry-sessions/expire-all`: ends the live sessions of some inquiries and lists them.
pub(crate) fn expire_all(call: &mut Call<'_>) -> Answer {
    let ExpireAll { meta } = call.body()?;
    let now = call.state.now;
    let live =
        |session: &&Session| meta.inquiry_ids.contains(&session.inquiry) && session.is_live(now);
    let mut ids: Vec<_> = call
        .state
        .sessions
        .values()
        .filter(live)
        .map(|session| session.id.clone())
        .collect();
    ids.sort_unstable();
    for id in &ids {
        call.state.end_session(id, now);
    }
    let sessions = ids.iter().filter_map(|id| call.state.sessions.get(id));
    let data: Vec<_> = sessions
        .map(|session| resource::session(session, now))
        .collect();
    Ok(Reply::ok(json!({ "data": data })))
}
