//! What we keep of an inquiry and of its template.

use persona::{Inquiry, Template};

use crate::store::{inquiries::InquiryRow, templates::TemplateRow};

/// What we keep of an inquiry that was asked for at this time, in ms since 1970.
#[must_use]
pub fn row(inquiry: &Inquiry, read_at: i64) -> InquiryRow {
    let attributes = &inquiry.attributes;
    let ms = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_millisecond);
    InquiryRow {
        id: inquiry.id.to_string(),
        status: attributes.status.as_str().to_owned(),
        redacted_at: ms(attributes.redacted_at),
        expires_at: ms(attributes.expires_at),
        template_id: inquiry.template_id.as_ref().map(ToString::to_string),
        template_version_id: inquiry
            .template_version_id
            .as_ref()
            .map(ToString::to_string),
        reference_id: attributes.reference_id.clone(),
        account_id: inquiry.account_id.as_ref().map(ToString::to_string),
        created_at: ms(attributes.created_at),
        started_at: ms(attributes.started_at),
        expired_at: ms(attributes.expired_at),
        finished_at: ms(attributes.completed_at).max(ms(attributes.marked_for_review_at)),
        step: attributes.next_step_name.clone(),
        sessions: i64::try_from(inquiry.session_ids.len()).unwrap_or(i64::MAX),
        updated_at: ms(attributes.updated_at),
        read_at,
        ..InquiryRow::default()
    }
}

/// What we keep of a template that came in a list.
pub(super) fn listed(template: &Template, read_at: i64) -> TemplateRow {
    let latest = template.latest_published_version.as_ref();
    TemplateRow {
        id: template.id.to_string(),
        name: template.attributes.name.clone(),
        latest_version_id: latest.map(ToString::to_string),
        read_at,
    }
}

/// What we keep of a template that came along with an inquiry.
pub(super) fn included(id: &str, inquiry: &Inquiry, read_at: i64) -> TemplateRow {
    let latest = inquiry.latest_published_version.as_ref();
    TemplateRow {
        id: id.to_owned(),
        name: inquiry.template_name.clone(),
        latest_version_id: latest.map(ToString::to_string),
        read_at,
    }
}
