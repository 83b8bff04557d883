//! Inquiry statuses in Persona's words (docs.withpersona.com/model-lifecycle).

use serde::{Deserialize, Serialize};

/// Where an inquiry stands. There is no status for redaction: a redacted inquiry keeps the one it had.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Made; stays so until the person begins, even if the flow was opened.
    #[default]
    Created,
    /// Begun.
    Pending,
    /// The person reached the success screen.
    Completed,
    /// The person reached the fail screen.
    Failed,
    /// An interval ran out, or expire was called.
    Expired,
    /// Waits for a reviewer.
    NeedsReview,
    /// Decided for.
    Approved,
    /// Decided against.
    Declined,
}

impl Status {
    /// All statuses, in the order of the lifecycle.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Pending,
        Self::Completed,
        Self::Failed,
        Self::Expired,
        Self::NeedsReview,
        Self::Approved,
        Self::Declined,
    ];

    /// The value on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::NeedsReview => "needs_review",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }

    /// Whether the person can still get on with it.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Pending)
    }

    /// Whether it was decided.
    pub(crate) fn is_decided(self) -> bool {
        matches!(self, Self::Approved | Self::Declined)
    }

    /// The event that Persona emits on entering it (docs.withpersona.com/events).
    pub(crate) fn event(self) -> &'static str {
        match self {
            Self::Created => "inquiry.created",
            Self::Pending => "inquiry.started",
            Self::Completed => "inquiry.completed",
            Self::Failed => "inquiry.failed",
            Self::Expired => "inquiry.expired",
            Self::NeedsReview => "inquiry.marked-for-review",
            Self::Approved => "inquiry.approved",
            Self::Declined => "inquiry.declined",
        }
    }
}
