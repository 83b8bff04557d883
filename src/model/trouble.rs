//! What went wrong in the browser on the way to a finished flow.

use serde::{Deserialize, Serialize};

/// Trouble that the page noticed; a hint for staff, never a verdict on the inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// The person closed the flow.
    Cancelled,
    /// The flow said that its session is not valid (`unauthenticated`, 409).
    SessionLost,
    /// The flow reported another error.
    FlowError,
    /// The camera was refused or did not start.
    CameraDenied,
    /// Persona's page did not load in time: blocked, denied or slow.
    FrameStalled,
    /// Persona's script did not load or did not run.
    ScriptBlocked,
}

impl Trouble {
    /// Every trouble, in the order of declaration.
    pub const ALL: [Self; 6] = [
        Self::Cancelled,
        Self::SessionLost,
        Self::FlowError,
        Self::CameraDenied,
        Self::FrameStalled,
        Self::ScriptBlocked,
    ];

    /// The name on the wire, in the ledger and in the keys of the words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::SessionLost => "session-lost",
            Self::FlowError => "flow-error",
            Self::CameraDenied => "camera-denied",
            Self::FrameStalled => "frame-stalled",
            Self::ScriptBlocked => "script-blocked",
        }
    }
}
