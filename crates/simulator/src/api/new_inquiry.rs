//! `POST /inquiries`.

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::call::{Answer, Call, Reply, present};
use super::document;
use super::error::ApiError;
use crate::creation::NewInquiry;
use crate::inquiry::{InquiryTemplate, Intervals};
use crate::link;
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Create {
    data: Data,
    #[serde(default, deserialize_with = "present")]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    attributes: Attributes,
}

/// The `OpenAPI` allows null for each of these. The themes and the first step change only how the flow looks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    dead_code,
    reason = "themes and the first step are accepted and have no effect here"
)]
struct Attributes {
    template_id: Option<String>,
    inquiry_template_id: Option<String>,
    inquiry_template_version_id: Option<String>,
    reference_id: Option<String>,
    account_id: Option<String>,
    creator_email_address: Option<String>,
    theme_id: Option<String>,
    theme_set_id: Option<String>,
    redirect_uri: Option<String>,
    note: Option<String>,
    fields: Option<Map<String, Value>>,
    tags: Option<Vec<String>>,
    initial_step_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Meta {
    #[serde(deserialize_with = "present")]
    auto_create_account: Option<bool>,
    #[serde(deserialize_with = "present")]
    auto_create_account_type_id: Option<String>,
    #[serde(deserialize_with = "present")]
    auto_create_account_reference_id: Option<String>,
    #[serde(deserialize_with = "present")]
    auto_create_inquiry_session: Option<bool>,
    #[serde(deserialize_with = "present")]
    auto_create_one_time_link: Option<bool>,
    expiration_after_create_interval_seconds: Option<i64>,
    expiration_after_start_interval_seconds: Option<i64>,
    expiration_after_resume_interval_seconds: Option<i64>,
    one_time_link_expiration_seconds: Option<i64>,
}

/// Makes an inquiry, and a session or a one-time link if asked for.
pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    let Create {
        data: Data { attributes },
        meta,
    } = call.body()?;
    let meta = meta.unwrap_or_default();
    let new = new_inquiry(call.state, attributes, &meta)?;
    let id = call.state.create_inquiry(new);
    let answer_meta = extras(call.state, &id, &meta)?;
    let mut body = document::inquiry_body(call, &id)?;
    body["meta"] = answer_meta;
    Ok(Reply::created(body))
}

fn new_inquiry(
    state: &mut State,
    attributes: Attributes,
    meta: &Meta,
) -> Result<NewInquiry, ApiError> {
    let template = template(state, &attributes)?;
    let reference_id = meta
        .auto_create_account_reference_id
        .clone()
        .or(attributes.reference_id);
    let auto = meta.auto_create_account.unwrap_or(true);
    let account = match (attributes.account_id, &reference_id) {
        (Some(account), _) => Some(account),
        (None, Some(reference)) if auto => Some(state.account_of(reference)),
        (None, None) if auto => Some(state.id("act")),
        (None, _) => None,
    };
    Ok(NewInquiry {
        template,
        reference_id,
        account,
        note: attributes.note,
        tags: attributes.tags.unwrap_or_default(),
        creator: attributes.creator_email_address,
        redirect_uri: attributes.redirect_uri,
        fields: attributes.fields.unwrap_or_default(),
        intervals: intervals(meta)?,
        created_at: state.now,
    })
}

fn template(state: &State, attributes: &Attributes) -> Result<InquiryTemplate, ApiError> {
    let selectors = (
        &attributes.inquiry_template_id,
        &attributes.inquiry_template_version_id,
        &attributes.template_id,
    );
    match selectors {
        (Some(id), None, None) => state.latest_template(id).ok_or_else(ApiError::not_found),
        (None, Some(version), None) => {
            let holds = |template: &&crate::template::Template| {
                template.versions.iter().any(|known| known.id == *version)
            };
            let template = state
                .templates
                .iter()
                .find(holds)
                .ok_or_else(ApiError::not_found)?;
            Ok(InquiryTemplate::Dynamic {
                template: template.id.clone(),
                version: version.clone(),
            })
        }
        (None, None, Some(id)) if id.starts_with("tmpl_") => {
            Ok(InquiryTemplate::Legacy(id.clone()))
        }
        (None, None, Some(_)) => Err(ApiError::not_found()),
        _ => Err(ApiError::bad_request(
            "exactly one of data.attributes.inquiry-template-id, inquiry-template-version-id and template-id must be given",
        )),
    }
}

fn intervals(meta: &Meta) -> Result<Intervals, ApiError> {
    let seconds = |seconds: Option<i64>| match seconds {
        Some(seconds) if seconds <= 0 => Err(ApiError::bad_request(
            "meta expiration intervals must be greater than 0",
        )),
        seconds => Ok(seconds.map(SignedDuration::from_secs)),
    };
    let default = Intervals::default();
    Ok(Intervals {
        created: seconds(meta.expiration_after_create_interval_seconds)?.unwrap_or(default.created),
        started: seconds(meta.expiration_after_start_interval_seconds)?,
        resumed: seconds(meta.expiration_after_resume_interval_seconds)?.unwrap_or(default.resumed),
    })
}

/// The three keys are always there, null for what was not asked for.
fn extras(state: &mut State, id: &str, meta: &Meta) -> Result<Value, ApiError> {
    let token = if meta.auto_create_inquiry_session == Some(true) {
        let session = state.new_session(id)?;
        state.session_token(&session)
    } else {
        None
    };
    let urls = if meta.auto_create_one_time_link == Some(true) {
        let index = state.one_time_link(id, link::DEFAULT_LIFE)?;
        state.link_urls(index)
    } else {
        None
    };
    let (long, short) = urls.unzip();
    Ok(json!({ "session-token": token, "one-time-link": long, "one-time-link-short": short }))
}
