//! Policies: what Leftoff does by itself, and why it does not.

/// What a policy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyAct {
    /// Opens an expired inquiry again and sends the person a link.
    Resume,
    /// Reminds the person of what they left unfinished.
    Remind,
}

/// What came of a step of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// It was begun.
    Acting,
    /// The message is made.
    Done,
    /// Something stood against it.
    Stopped,
    /// It did not succeed.
    Failed,
}

/// What stands against a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The template was published anew since the inquiry was made.
    Outdated,
    /// The sessions that Persona allows are used up.
    SessionCap,
    /// The person got as many messages as they may get in all.
    CapTotal,
    /// The person was done when Persona was asked.
    Finished,
    /// The policy, or all of them, were turned off meanwhile.
    SwitchedOff,
}

impl PolicyAct {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Resume, Self::Remind];

    /// The name in the database and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::Remind => "remind",
        }
    }

    /// The act of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

impl StepState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Acting, Self::Done, Self::Stopped, Self::Failed];

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Acting => "acting",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Obstacle {
    /// Every obstacle.
    pub const ALL: [Self; 5] = [
        Self::Outdated,
        Self::SessionCap,
        Self::CapTotal,
        Self::Finished,
        Self::SwitchedOff,
    ];

    /// The name in the database and in the ledger.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Outdated => "outdated",
            Self::SessionCap => "session-cap",
            Self::CapTotal => "cap-total",
            Self::Finished => "finished",
            Self::SwitchedOff => "switched-off",
        }
    }

    /// What it is called on pages.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Outdated => "The template was published anew",
            Self::SessionCap => "Its sessions are used up",
            Self::CapTotal => "The person got enough messages",
            Self::Finished => "The person was done already",
            Self::SwitchedOff => "The policy was turned off meanwhile",
        }
    }

    /// The obstacle of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|obstacle| obstacle.code() == code)
    }
}
