//! An inquiry: one person's identity check, with everything that Persona's `inquiry` object shows.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::status::Status;

/// Both the expiry from creation and the one from resume, by default (docs.withpersona.com/inquiry-expiration).
pub(crate) const DEFAULT_EXPIRY: SignedDuration = SignedDuration::from_hours(24);

/// One inquiry.
pub(crate) struct Inquiry {
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) reference_id: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) creator: String,
    pub(crate) reviewer_comment: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) failed_at: Option<Timestamp>,
    pub(crate) marked_for_review_at: Option<Timestamp>,
    pub(crate) decisioned_at: Option<Timestamp>,
    pub(crate) expired_at: Option<Timestamp>,
    pub(crate) redacted_at: Option<Timestamp>,
    pub(crate) fields: Map<String, Value>,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) template: InquiryTemplate,
    /// The session IDs, oldest first, ended ones too: the cap counts them all.
    pub(crate) sessions: Vec<String>,
    pub(crate) intervals: Intervals,
}

/// Which template an inquiry was made from.
#[derive(Clone)]
pub(crate) enum InquiryTemplate {
    /// A Dynamic Flow template, pinned to the version that was published at the time.
    Dynamic { template: String, version: String },
    /// A legacy template, `tmpl_…`.
    Legacy(String),
}

/// How long an inquiry lives from each of its turns.
#[derive(Clone, Copy)]
pub(crate) struct Intervals {
    pub(crate) created: SignedDuration,
    /// `None` lets the clock that runs since creation run on.
    pub(crate) started: Option<SignedDuration>,
    pub(crate) resumed: SignedDuration,
}

impl Default for Intervals {
    fn default() -> Self {
        Self {
            created: DEFAULT_EXPIRY,
            started: None,
            resumed: DEFAULT_EXPIRY,
        }
    }
}

impl Inquiry {
    /// Takes bare values, as the API does on a write, into Persona's `{type, value}` form.
    pub(crate) fn write_fields(&mut self, values: &Map<String, Value>) {
        for (key, value) in values {
            self.fields.insert(key.clone(), field(key, value));
        }
    }

    /// The invented person who finished the check; what was known already stays.
    pub(crate) fn invent_person(&mut self) {
        let person = [
            ("name-first", "Alexandra"),
            ("name-last", "Sample"),
            ("birthdate", "1990-01-31"),
            ("address-street-1", "600 California Street"),
            ("address-city", "San Francisco"),
            ("address-country-code", "US"),
        ];
        for (key, value) in person {
            let unknown = self
                .fields
                .get(key)
                .is_none_or(|known| known["value"].is_null());
            if unknown {
                self.fields
                    .insert(key.to_owned(), field(key, &json!(value)));
            }
        }
    }

    /// The step before and the step to come, as a flow that asks for a document would name them.
    pub(crate) fn steps(&self) -> (Option<&'static str>, Option<&'static str>) {
        match self.status {
            Status::Created => (None, Some("start")),
            Status::Expired if self.started_at.is_none() => (None, Some("start")),
            Status::Pending | Status::Expired => {
                (Some("start"), Some("verification_government_id"))
            }
            _ => (Some("verification_government_id"), None),
        }
    }
}

fn field(key: &str, value: &Value) -> Value {
    let kind = match value {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Array(_) => "array",
        Value::Object(_) => "hash",
        _ if key.ends_with("birthdate") || key.ends_with("date") => "date",
        _ => "string",
    };
    json!({ "type": kind, "value": value })
}
