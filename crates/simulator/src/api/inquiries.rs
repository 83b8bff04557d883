//! Inquiries: list, retrieve, update, redact, resume, expire.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Reply, present};
use super::document;
use super::error::ApiError;
use super::list::{Page, paginate};
use crate::inquiry::{Inquiry, InquiryTemplate};
use crate::lifecycle::Refusal;
use crate::resource;
use crate::state::State;
use crate::status::Status;

const FILTERS: [&str; 9] = [
    "inquiry-id",
    "account-id",
    "note",
    "reference-id",
    "inquiry-template-id",
    "template-id",
    "status",
    "created-at-start",
    "created-at-end",
];

/// `GET /inquiries`, newest first.
pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let filters = call.query.filters(&FILTERS)?;
    if filters.len() > 1 && filters.iter().any(|(name, _)| name == "note") {
        return Err(ApiError::bad_request("filter.note must be the only filter"));
    }
    let page = Page::from_query(&call.query)?;
    let mut matching = Vec::new();
    for inquiry in newest_first(call.state) {
        let mut matches = true;
        for (name, value) in &filters {
            matches &= filter_matches(inquiry, name, value)?;
        }
        if matches {
            matching.push(inquiry);
        }
    }
    Ok(Reply::ok(paginate(
        "inquiries",
        &call.query,
        &page,
        &matching,
        |inquiry| &inquiry.id,
        resource::inquiry,
    )?))
}

/// `GET /inquiries/{id}`.
pub(crate) fn retrieve(call: &mut Call<'_>, id: &str) -> Answer {
    document::inquiry(call, id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    #[serde(default, deserialize_with = "present")]
    data: Option<UpdateData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateData {
    #[serde(default, deserialize_with = "present")]
    attributes: Option<UpdateAttributes>,
}

/// The outer `Option` is whether the key was sent, the inner one whether it was null.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::option_option,
    reason = "null clears a value, a missing key leaves it"
)]
struct UpdateAttributes {
    #[serde(default, deserialize_with = "present")]
    note: Option<Option<String>>,
    #[serde(default)]
    fields: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "present")]
    tags: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    redirect_uri: Option<Option<String>>,
}

/// `PATCH /inquiries/{id}`, allowed in any status since 2024-02-26.
pub(crate) fn update(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    let update: Update = call.body()?;
    let attributes = update
        .data
        .and_then(|data| data.attributes)
        .unwrap_or_default();
    let now = call.state.now;
    let retagged = attributes.tags.is_some();
    if let Some(inquiry) = call.state.inquiries.get_mut(id) {
        inquiry.write_fields(&attributes.fields.unwrap_or_default());
        inquiry.note = attributes.note.unwrap_or_else(|| inquiry.note.take());
        inquiry.redirect_uri = attributes
            .redirect_uri
            .unwrap_or_else(|| inquiry.redirect_uri.take());
        inquiry.tags = attributes
            .tags
            .unwrap_or_else(|| std::mem::take(&mut inquiry.tags));
        inquiry.updated_at = now;
    }
    if retagged {
        call.state.emit_inquiry("inquiry.updated-tags", id, now);
    }
    document::inquiry(call, id)
}

/// `DELETE /inquiries/{id}`.
pub(crate) fn redact(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.redact(id)?;
    document::inquiry(call, id)
}

/// `POST /inquiries/{id}/resume`. The `OpenAPI` defines no body, and Persona's own sample sends one, so any is taken.
pub(crate) fn resume(call: &mut Call<'_>, id: &str) -> Answer {
    let session = call.state.resume(id)?;
    let token = call.state.session_token(&session);
    let mut body = document::inquiry_body(call, id)?;
    body["meta"] = json!({ "session-token": token });
    Ok(Reply::ok(body))
}

/// `POST /inquiries/{id}/expire`; what is expired already stays as it is.
pub(crate) fn expire(call: &mut Call<'_>, id: &str) -> Answer {
    match call.state.writable(id)?.status {
        Status::Expired => {}
        status if status.is_open() => call.state.move_to(id, Status::Expired, call.state.now),
        status => return Err(Refusal::WrongStatus(status).into()),
    }
    document::inquiry(call, id)
}

/// All inquiries, the newest first; of the same age, the one with the greater ID.
pub(crate) fn newest_first(state: &State) -> Vec<&Inquiry> {
    let mut inquiries: Vec<_> = state.inquiries.values().collect();
    inquiries.sort_unstable_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    inquiries
}

fn filter_matches(inquiry: &Inquiry, name: &str, value: &str) -> Result<bool, ApiError> {
    let among = |id: Option<&str>| value.split(',').any(|wanted| Some(wanted.trim()) == id);
    Ok(match name {
        "inquiry-id" if value.split(',').count() > 100 => {
            return Err(ApiError::bad_request(
                "filter.inquiry-id takes at most 100 IDs",
            ));
        }
        "inquiry-id" => among(Some(&inquiry.id)),
        "account-id" => among(inquiry.account.as_deref()),
        "note" => inquiry.note.as_deref() == Some(value),
        "reference-id" => inquiry.reference_id.as_deref() == Some(value),
        "inquiry-template-id" => {
            matches!(&inquiry.template, InquiryTemplate::Dynamic { template, .. } if among(Some(template)))
        }
        "template-id" => {
            matches!(&inquiry.template, InquiryTemplate::Legacy(id) if among(Some(id)))
        }
        "status" => among(Some(inquiry.status.as_str())),
        "created-at-start" => inquiry.created_at >= timestamp(name, value)?,
        _ => inquiry.created_at <= timestamp(name, value)?,
    })
}

fn timestamp(name: &str, value: &str) -> Result<Timestamp, ApiError> {
    value
        .parse()
        .map_err(|_| ApiError::bad_request(format!("filter.{name} must be a date and time")))
}
