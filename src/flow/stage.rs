//! Where a visit stands. The page shows the words of its stage; see `style/flow.css`.

use crate::model::{refusal::Refusal, trouble::Trouble};

/// The stages of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was pressed yet.
    Ready,
    /// The server resumes the inquiry.
    Working,
    /// Persona's page loads in the dialog.
    Loading,
    /// The flow is on.
    Flow,
    /// The server reads what became of the inquiry.
    Checking,
    /// The flow ended, but Persona does not say so yet.
    Waiting,
    /// Our own server cannot be reached.
    Offline,
    /// Something went wrong in the browser.
    Trouble(Trouble),
    /// The server said no, and the person can do something about it here.
    Refused(Refusal),
}

impl Stage {
    /// The value of the attribute `data-stage`, and the end of the words' keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Working => "working",
            Self::Loading => "loading",
            Self::Flow => "flow",
            Self::Checking => "checking",
            Self::Waiting => "waiting",
            Self::Offline => "offline",
            Self::Trouble(trouble) => trouble.code(),
            Self::Refused(refusal) => refusal.code(),
        }
    }
}
