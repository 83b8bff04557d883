//! Acts on many inquiries at once: what they do, where they stand, and what became of each inquiry.

use super::reason::{Reason, TO_END, TO_RESUME};

/// What a bulk does with each inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkAct {
    /// Opens it again if it expired, and makes a link.
    Resume,
    /// Takes its open links back.
    RevokeLinks,
    /// Ends it.
    Expire,
}

/// Where a bulk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkState {
    /// Nobody confirmed it yet.
    Draft,
    /// Somebody else than its maker must look at it.
    WaitingApproval,
    /// It is carried out.
    Running,
    /// It waits until somebody lets it go on.
    Paused,
    /// Nothing is left to do.
    Done,
    /// Somebody ended it before its end.
    Cancelled,
}

/// What will happen to an inquiry, or why nothing will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The act is carried out.
    Included,
    /// The person is done.
    Finished,
    /// Persona erased its data.
    Redacted,
    /// All its sessions are used.
    SessionCap,
    /// Its template was published anew since.
    Outdated,
    /// Somebody wrote to the person lately.
    Contacted,
    /// Its time is over already.
    Expired,
    /// It has no open link.
    NoLinks,
}

/// What became of an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// Its turn has not come.
    Waiting,
    /// It was done.
    Done,
    /// There was nothing to do any more.
    Skipped,
    /// It could not be done.
    Failed,
    /// It was left out from the beginning.
    LeftOut,
}

macro_rules! codes {
    ($name:ident: $($variant:ident = $code:literal, $words:literal;)*) => {
        impl $name {
            /// Every one, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the database and in URLs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// What it is called on pages.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),* }
            }

            /// The one of a name.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes!(BulkAct:
    Resume = "resume", "Make links";
    RevokeLinks = "revoke-links", "Revoke links";
    Expire = "expire", "Expire inquiries";
);
codes!(BulkState:
    Draft = "draft", "Draft";
    WaitingApproval = "waiting-approval", "Waits for approval";
    Running = "running", "Running";
    Paused = "paused", "Paused";
    Done = "done", "Done";
    Cancelled = "cancelled", "Cancelled";
);
codes!(Verdict:
    Included = "included", "Included";
    Finished = "finished", "Finished: the person has nothing more to do";
    Redacted = "redacted", "Redacted: Persona erased its data";
    SessionCap = "session-cap", "All 25 sessions are used: a new inquiry is the way forward";
    Outdated = "outdated", "Its template was published anew since: a new inquiry is better";
    Contacted = "contacted", "Contacted lately";
    Expired = "expired", "Expired already";
    NoLinks = "no-links", "No open link";
);
codes!(RowState:
    Waiting = "waiting", "Waiting";
    Done = "done", "Done";
    Skipped = "skipped", "Skipped";
    Failed = "failed", "Failed";
    LeftOut = "left-out", "Left out";
);

impl BulkAct {
    /// The reasons that there can be for it.
    #[must_use]
    pub const fn reasons(self) -> &'static [Reason] {
        match self {
            Self::Resume => &TO_RESUME,
            Self::RevokeLinks | Self::Expire => &TO_END,
        }
    }
}

impl BulkState {
    /// Whether nothing can happen to it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}
