//! What an inquiry of a test or a demo begins as.

use std::cmp::Reverse;
use std::time::Duration;

use jiff::SignedDuration;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::clock::later;
use crate::creation::NewInquiry;
use crate::inquiry::{InquiryTemplate, Intervals};
use crate::state::State;
use crate::status::Status;
use crate::template::DEFAULT_TEMPLATE;

/// An inquiry to be. Its expiry follows from its age, so one that is open and older than a day expires at once unless
/// `expires_in` says otherwise.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// Where it stands; every status but `created` was `pending` before.
    pub status: Status,
    /// The template, made if it is new; [`DEFAULT_TEMPLATE`] if `None`.
    pub template: Option<String>,
    /// Bare values by key, such as `birthdate`.
    pub fields: Map<String, Value>,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// How long ago it was made; seconds as `age_seconds` in JSON.
    #[serde(rename = "age_seconds", deserialize_with = "seconds")]
    pub age: Duration,
    /// How long it lives from now, if not by its age; seconds as `expires_in_seconds` in JSON.
    #[serde(rename = "expires_in_seconds", deserialize_with = "maybe_seconds")]
    pub expires_in: Option<Duration>,
    /// Where the hosted flow leads in the end.
    pub redirect_uri: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// How many ended sessions it has; 25 are the most it may have.
    pub ended_sessions: usize,
    /// Whether it is redacted.
    pub redacted: bool,
}

impl Seed {
    /// Makes the inquiry and gives its ID.
    pub(crate) fn plant(&self, state: &mut State) -> String {
        let new = self.new_inquiry(state);
        let created_at = new.created_at;
        let id = state.create_inquiry(new);
        if self.status != Status::Created {
            state.move_to(&id, Status::Pending, created_at);
        }
        for _ in 0..self.ended_sessions {
            if let Ok(session) = state.new_session(&id) {
                state.end_session(&session, state.now);
            }
        }
        self.finish(state, &id);
        id
    }

    fn new_inquiry(&self, state: &mut State) -> NewInquiry {
        let template = self.template.as_deref().unwrap_or(DEFAULT_TEMPLATE);
        let account = self
            .reference_id
            .as_deref()
            .map(|reference| state.account_of(reference));
        NewInquiry {
            template: dynamic(state, template),
            reference_id: self.reference_id.clone(),
            account,
            note: self.note.clone(),
            tags: self.tags.clone(),
            creator: None,
            redirect_uri: self.redirect_uri.clone(),
            fields: self.fields.clone(),
            intervals: Intervals::default(),
            created_at: later(state.now, -signed(self.age)),
        }
    }

    /// Brings it to its status and sets its expiry.
    fn finish(&self, state: &mut State, id: &str) {
        let now = state.now;
        let expires_in = self.expires_in.map(|left| later(now, signed(left)));
        let Some(inquiry) = state.inquiries.get_mut(id) else {
            return;
        };
        inquiry.expires_at = expires_in.or(inquiry.expires_at);
        let expires_at = inquiry.expires_at.unwrap_or(now);
        match self.status {
            Status::Created | Status::Pending => {
                state.deadlines.push(Reverse((expires_at, id.to_owned())));
            }
            Status::Expired => state.move_to(id, Status::Expired, expires_at.min(now)),
            Status::Approved | Status::Declined | Status::NeedsReview => {
                state.move_to(id, Status::Completed, now);
                state.move_to(id, self.status, now);
            }
            status => state.move_to(id, status, now),
        }
        if self.redacted {
            let _ = state.redact(id);
        }
    }
}

fn dynamic(state: &mut State, id: &str) -> InquiryTemplate {
    state
        .latest_template(id)
        .unwrap_or_else(|| InquiryTemplate::Dynamic {
            template: id.to_owned(),
            version: state.publish_template(id),
        })
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_secs)
}

fn maybe_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    Option::<u64>::deserialize(deserializer).map(|seconds| seconds.map(Duration::from_secs))
}
