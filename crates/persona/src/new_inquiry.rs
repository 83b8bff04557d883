//! What is sent to make or change an inquiry.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::{AccountId, TemplateId, TemplateVersionId};

/// A new inquiry (docs.withpersona.com/api-reference/inquiries/create-an-inquiry).
#[derive(Clone, Default)]
pub struct NewInquiry {
    /// The template; give this or a version.
    pub template_id: Option<TemplateId>,
    /// One version of a template, instead of its latest.
    pub template_version_id: Option<TemplateVersionId>,
    /// The account of the person, when it is known.
    pub account_id: Option<AccountId>,
    /// The company's own name for the person; the account with this reference ID is found or made.
    pub reference_id: Option<String>,
    /// Where the hosted flow leads when it is done.
    pub redirect_uri: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Field values to begin with, each under its key; personal data, which Debug output hides.
    pub fields: Map<String, Value>,
    /// Names of tags.
    pub tags: Vec<String>,
    /// Make a session at once and return its token.
    pub with_session: bool,
    /// Make a one-time link at once and return it.
    pub with_one_time_link: bool,
    /// Life of the inquiry until it is started, in whole seconds; the template's setting by default.
    pub expires_after_create: Option<Duration>,
    /// Life of the inquiry once it is started.
    pub expires_after_start: Option<Duration>,
    /// Life of the inquiry once it is resumed.
    pub expires_after_resume: Option<Duration>,
}

impl NewInquiry {
    /// An inquiry from a template's latest version.
    #[must_use]
    pub fn from_template(template_id: TemplateId) -> Self {
        Self {
            template_id: Some(template_id),
            ..Self::default()
        }
    }

    /// The body of the request; what is not set is not sent.
    pub(crate) fn body(&self) -> Value {
        let attributes = json!({
            self.template_key(): self.template_id,
            "inquiry-template-version-id": self.template_version_id,
            "account-id": self.account_id,
            "redirect-uri": self.redirect_uri,
            "note": self.note,
            "fields": Some(&self.fields).filter(|fields| !fields.is_empty()),
            "tags": Some(&self.tags).filter(|tags| !tags.is_empty()),
        });
        json!({ "data": { "attributes": without_nulls(attributes) }, "meta": without_nulls(self.meta()) })
    }

    fn meta(&self) -> Value {
        json!({
            "auto-create-account-reference-id": self.reference_id,
            "auto-create-inquiry-session": self.with_session.then_some(true),
            "auto-create-one-time-link": self.with_one_time_link.then_some(true),
            "expiration-after-create-interval-seconds": self.expires_after_create.map(|life| life.as_secs()),
            "expiration-after-start-interval-seconds": self.expires_after_start.map(|life| life.as_secs()),
            "expiration-after-resume-interval-seconds": self.expires_after_resume.map(|life| life.as_secs()),
        })
    }

    /// Legacy templates have an attribute of their own.
    fn template_key(&self) -> &'static str {
        let legacy = self
            .template_id
            .as_ref()
            .is_some_and(|id| id.as_str().starts_with("tmpl_"));
        if legacy {
            "template-id"
        } else {
            "inquiry-template-id"
        }
    }
}

impl fmt::Debug for NewInquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewInquiry")
            .field("template_id", &self.template_id)
            .field("template_version_id", &self.template_version_id)
            .field("account_id", &self.account_id)
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}

/// A change to an inquiry in any status; what is `None` stays as it is
/// (docs.withpersona.com/api-reference/inquiries/update-an-inquiry).
#[derive(Clone, Default)]
pub struct InquiryPatch {
    /// Where the hosted flow leads when it is done.
    pub redirect_uri: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// The names of all tags that the inquiry shall have.
    pub tags: Option<Vec<String>>,
    /// Field values to set, each under its key; personal data, which Debug output hides.
    pub fields: Option<Map<String, Value>>,
}

impl InquiryPatch {
    /// The body of the request; what is not set is not sent.
    pub(crate) fn body(&self) -> Value {
        let attributes = json!({
            "redirect-uri": self.redirect_uri,
            "note": self.note,
            "tags": self.tags,
            "fields": self.fields,
        });
        json!({ "data": { "attributes": without_nulls(attributes) } })
    }
}

impl fmt::Debug for InquiryPatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InquiryPatch")
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}

fn without_nulls(mut object: Value) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    object
}
