//! What we keep of an inquiry as an event shows it: status, IDs and times. Everything else is dropped before it is stored.

use persona::Inquiry;
use serde::{Deserialize, Serialize};

use super::row;
use crate::{
    model::event::{REDACTED, position},
    store::{events::EventRow, inquiries::InquiryRow},
};

/// An inquiry at the time of an event; times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Said {
    /// Persona's status.
    pub status: String,
    /// When Persona last changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<i64>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<i64>,
    /// When the person submitted something first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<i64>,
    /// When it expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// When its time was over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<i64>,
    /// When the person reached the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<i64>,
    /// When it was decided or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<i64>,
    /// When Persona redacted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redacted_at: Option<i64>,
    /// Its template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
    /// The version of the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_version_id: Option<String>,
    /// The company's own name for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_id: Option<String>,
    /// Persona's account of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    /// The step at which the person goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Sessions that it had.
    pub sessions: i64,
}

impl Said {
    /// What an event with this name, of this time, shows of an inquiry.
    #[must_use]
    pub fn of(inquiry: &Inquiry, name: &str, at: i64) -> Self {
        let ms = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_millisecond);
        let attributes = &inquiry.attributes;
        let row = row(inquiry, at);
        Self {
            // A webhook may be set up to leave this out, and the status does not tell.
            redacted_at: row.redacted_at.or((name == REDACTED).then_some(at)),
            decided_at: ms(attributes.decisioned_at).or(ms(attributes.failed_at)),
            status: row.status,
            updated_at: row.updated_at,
            created_at: row.created_at,
            started_at: row.started_at,
            expires_at: row.expires_at,
            expired_at: row.expired_at,
            finished_at: row.finished_at,
            template_id: row.template_id,
            template_version_id: row.template_version_id,
            reference_id: row.reference_id,
            account_id: row.account_id,
            step: row.step,
            sessions: row.sessions,
        }
    }

    /// What an event said; none when it showed no inquiry.
    #[must_use]
    pub fn read(event: &EventRow) -> Option<Self> {
        serde_json::from_str(event.said.as_deref()?).ok()
    }

    /// As the table keeps it.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// Where the inquiry stands among those of the same millisecond.
    #[must_use]
    pub fn position(&self) -> i64 {
        position(&self.status, self.redacted_at.is_some())
    }

    /// The inquiry as the event shows it.
    pub(super) fn row(self, id: &str, event: &EventRow) -> InquiryRow {
        InquiryRow {
            id: id.to_owned(),
            status: self.status,
            redacted_at: self.redacted_at,
            expires_at: self.expires_at,
            template_id: self.template_id,
            template_version_id: self.template_version_id,
            reference_id: self.reference_id,
            account_id: self.account_id,
            created_at: self.created_at,
            started_at: self.started_at,
            expired_at: self.expired_at,
            finished_at: self.finished_at,
            step: self.step,
            sessions: self.sessions,
            updated_at: self.updated_at.or(Some(event.at)),
            event_id: Some(event.id.clone()),
            read_at: event.at,
            ..InquiryRow::default()
        }
    }
}
