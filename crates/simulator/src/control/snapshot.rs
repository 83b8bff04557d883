//! What tests see of an inquiry without asking the API.

use jiff::Timestamp;
use serde::Serialize;

use crate::inquiry::{Inquiry, InquiryTemplate};
use crate::state::State;
use crate::status::Status;

/// An inquiry as it is now.
#[derive(Clone, Debug, Serialize)]
pub struct InquirySnapshot {
    /// Its ID.
    pub id: String,
    /// Where it stands.
    pub status: Status,
    /// Whether it was redacted.
    pub redacted: bool,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it expires, or would have.
    pub expires_at: Option<Timestamp>,
    /// The version that it is pinned to; `None` for a legacy template.
    pub template_version: Option<String>,
    /// Its sessions, oldest first.
    pub sessions: Vec<SessionSnapshot>,
}

/// A session as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionSnapshot {
    /// Its ID.
    pub id: String,
    /// `new`, `active` or `expired`.
    pub status: &'static str,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// The snapshot of one inquiry.
pub(crate) fn of(state: &State, id: &str) -> Option<InquirySnapshot> {
    state
        .inquiries
        .get(id)
        .map(|inquiry| snapshot(state, inquiry))
}

/// Snapshots of all inquiries, newest first.
pub(crate) fn all(state: &State) -> Vec<InquirySnapshot> {
    let mut all: Vec<_> = state
        .inquiries
        .values()
        .map(|inquiry| snapshot(state, inquiry))
        .collect();
    all.sort_unstable_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    all
}

fn snapshot(state: &State, inquiry: &Inquiry) -> InquirySnapshot {
    let sessions = inquiry
        .sessions
        .iter()
        .filter_map(|id| state.sessions.get(id));
    InquirySnapshot {
        id: inquiry.id.clone(),
        status: inquiry.status,
        redacted: inquiry.redacted_at.is_some(),
        reference_id: inquiry.reference_id.clone(),
        created_at: inquiry.created_at,
        expires_at: inquiry.expires_at,
        template_version: match &inquiry.template {
            InquiryTemplate::Dynamic { version, .. } => Some(version.clone()),
            InquiryTemplate::Legacy(_) => None,
        },
        sessions: sessions
            .map(|session| SessionSnapshot {
                id: session.id.clone(),
                status: session.status(state.now),
                created_at: session.created_at,
                expires_at: session.expires_at,
            })
            .collect(),
    }
}
