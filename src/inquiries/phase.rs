//! What can be done with an inquiry, by its status.

use persona::InquiryStatus;

/// The phases that decide what a person is shown.
///
/// Which statuses can be resumed: <https://docs.withpersona.com/errors> and
/// <https://docs.withpersona.com/resuming-inquiries>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Never started: opens without a session token.
    Created,
    /// Started: opens with a session token.
    Pending,
    /// Its time is over: must be resumed before it opens.
    Expired,
    /// The person is done and nothing is decided yet.
    Completed,
    /// Somebody at the company is looking at it.
    InReview,
    /// Passed.
    Approved,
    /// Not passed, by a decision.
    Declined,
    /// Not passed, by the flow itself.
    Failed,
    /// Its data were deleted.
    Redacted,
    /// A status that is newer than this program.
    Unknown,
}

impl Phase {
    /// The phase of a status. Redaction leaves the status as it was, so it is asked for separately.
    #[must_use]
    pub const fn of(status: &InquiryStatus, is_redacted: bool) -> Self {
        if is_redacted {
            return Self::Redacted;
        }
        match status {
            InquiryStatus::Created => Self::Created,
            InquiryStatus::Pending => Self::Pending,
            InquiryStatus::Expired => Self::Expired,
            InquiryStatus::Completed => Self::Completed,
            InquiryStatus::NeedsReview => Self::InReview,
            InquiryStatus::Approved => Self::Approved,
            InquiryStatus::Declined => Self::Declined,
            InquiryStatus::Failed => Self::Failed,
            InquiryStatus::Other(_) => Self::Unknown,
        }
    }

    /// Whether the person has nothing more to do.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(
            self,
            Self::Created | Self::Pending | Self::Expired | Self::Unknown
        )
    }

    /// Whether the person reached the end of the flow, so that a receipt is due.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        self.is_settled() && !matches!(self, Self::Redacted)
    }

    /// Whether the person can go on only with the company's help.
    #[must_use]
    pub const fn needs_help(self) -> bool {
        matches!(self, Self::Declined | Self::Failed | Self::Redacted)
    }

    /// Whether somebody may still decide.
    #[must_use]
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Completed | Self::InReview)
    }

    /// The name in the keys of the words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending => "pending",
            Self::Expired => "expired",
            Self::Completed => "completed",
            Self::InReview => "in-review",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Redacted => "redacted",
            Self::Unknown => "unknown",
        }
    }
}
