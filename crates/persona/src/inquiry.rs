//! An inquiry as Persona describes it.

use std::fmt;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::document::{Relationships, Resource, null_as_default};
use crate::{AccountId, InquiryId, InquiryStatus, SessionId, TemplateId, TemplateVersionId};

/// An inquiry: one identity check of one person.
///
/// Debug output leaves out everything that may hold personal data.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inquiry {
    /// The inquiry's identifier.
    pub id: InquiryId,
    /// The attributes that the answer held.
    pub attributes: InquiryAttributes,
    /// The template; the legacy one for an inquiry of the deprecated kind.
    pub template_id: Option<TemplateId>,
    /// The version of the template to which the inquiry is pinned for good.
    pub template_version_id: Option<TemplateVersionId>,
    /// The template's newest published version, known only when the answer included the template.
    pub latest_published_version: Option<TemplateVersionId>,
    /// The template's name, known only when the answer included the template.
    pub template_name: Option<String>,
    /// The account of the person.
    pub account_id: Option<AccountId>,
    /// Every session of the inquiry, live or over.
    pub session_ids: Vec<SessionId>,
}

impl Inquiry {
    /// The value of one of the inquiry's fields, such as `birthdate`; `None` when it is absent or null.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Value> {
        self.attributes
            .fields
            .get(key)?
            .get("value")
            .filter(|value| !value.is_null())
    }

    /// Whether the inquiry was redacted; its status does not tell (docs.withpersona.com/api-reference/inquiries).
    #[must_use]
    pub fn is_redacted(&self) -> bool {
        self.attributes.redacted_at.is_some()
    }

    /// Whether the template was published anew since the inquiry was made, so that Persona advises a new inquiry
    /// instead of resuming this one (docs.withpersona.com/resuming-inquiries). `None` when the answer does not tell.
    #[must_use]
    pub fn has_outdated_template(&self) -> Option<bool> {
        Some(self.latest_published_version.as_ref()? != self.template_version_id.as_ref()?)
    }

    /// Reads an object and what came along with it; the error says what is wrong without quoting any of it.
    pub(crate) fn read(
        resource: Resource<InquiryAttributes>,
        included: &[Value],
    ) -> Result<Self, String> {
        let mut inquiry = Self::from_resource(resource)?;
        let template = included_template(included, inquiry.template_id.as_ref());
        inquiry.latest_published_version = template.and_then(latest_published_version);
        inquiry.template_name =
            template.and_then(|template| Some(template["attributes"]["name"].as_str()?.to_owned()));
        Ok(inquiry)
    }

    fn from_resource(resource: Resource<InquiryAttributes>) -> Result<Self, String> {
        let Resource {
            kind,
            id,
            attributes,
            relationships,
        } = resource;
        if kind != "inquiry" {
            return Err("the object is not an inquiry".to_owned());
        }
        Ok(Self {
            id: InquiryId::parse(id).map_err(|error| error.to_string())?,
            attributes,
            template_id: template_id(&relationships),
            template_version_id: relationships.one("inquiry-template-version"),
            latest_published_version: None,
            template_name: None,
            account_id: relationships.one("account"),
            session_ids: relationships.many("sessions"),
        })
    }
}

fn template_id(relationships: &Relationships) -> Option<TemplateId> {
    relationships
        .one("inquiry-template")
        .or_else(|| relationships.one("template"))
}

fn included_template<'a>(included: &'a [Value], id: Option<&TemplateId>) -> Option<&'a Value> {
    let id = id.map(TemplateId::as_str);
    let mut templates = included
        .iter()
        .filter(|object| object["type"] == "inquiry-template");
    templates.find(|template| template["id"].as_str() == id)
}

fn latest_published_version(template: &Value) -> Option<TemplateVersionId> {
    let id = template["relationships"]["latest-published-version"]["data"]["id"].as_str()?;
    TemplateVersionId::parse(id).ok()
}

/// The attributes of an inquiry in API version 2025-12-08
/// (docs.withpersona.com/api-reference/inquiries/retrieve-an-inquiry).
///
/// All but the status are absent when the [`Shape`](crate::Shape) of the call did not ask for them.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct InquiryAttributes {
    /// Where the inquiry stands.
    pub status: InquiryStatus,
    /// The company's own name for the person.
    #[serde(default)]
    pub reference_id: Option<String>,
    /// Free text of the company's staff.
    #[serde(default)]
    pub note: Option<String>,
    /// Risk signals; their keys are not enumerated.
    #[serde(default, deserialize_with = "null_as_default")]
    pub behaviors: Map<String, Value>,
    /// The names of the inquiry's tags.
    #[serde(default, deserialize_with = "tags")]
    pub tags: Vec<String>,
    /// The e-mail address of whoever made the inquiry.
    #[serde(default)]
    pub creator: Option<String>,
    /// Free text of the reviewer.
    #[serde(default)]
    pub reviewer_comment: Option<String>,
    /// When the inquiry was made.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When anything about it last changed.
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// When the person submitted something first.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// When it will expire unless it is finished.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// When the person reached the success screen.
    #[serde(default)]
    pub completed_at: Option<Timestamp>,
    /// When it failed; normally absent on a declined inquiry.
    #[serde(default)]
    pub failed_at: Option<Timestamp>,
    /// When it was put up for a human decision.
    #[serde(default)]
    pub marked_for_review_at: Option<Timestamp>,
    /// When it was approved or declined.
    #[serde(default)]
    pub decisioned_at: Option<Timestamp>,
    /// When it expired.
    #[serde(default)]
    pub expired_at: Option<Timestamp>,
    /// When its personal data was erased; the only sign of that.
    #[serde(default)]
    pub redacted_at: Option<Timestamp>,
    /// The step that the person saw last.
    #[serde(default)]
    pub previous_step_name: Option<String>,
    /// The step at which the person goes on.
    #[serde(default)]
    pub next_step_name: Option<String>,
    /// Personal data, as `{"<key>": {"type": …, "value": …}}`; the keys are the template's own.
    #[serde(default, deserialize_with = "null_as_default")]
    pub fields: Map<String, Value>,
}

/// A tag may be null in Persona's schema; such a tag says nothing.
fn tags<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let tags: Option<Vec<Option<String>>> = Option::deserialize(deserializer)?;
    Ok(tags.into_iter().flatten().flatten().collect())
}

impl fmt::Debug for InquiryAttributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InquiryAttributes")
            .field("status", &self.status)
            .field("created_at", &self.created_at)
            .field("started_at", &self.started_at)
            .field("expires_at", &self.expires_at)
            .field("expired_at", &self.expired_at)
            .field("redacted_at", &self.redacted_at)
            .field("next_step_name", &self.next_step_name)
            .finish_non_exhaustive()
    }
}
