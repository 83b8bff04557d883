//! Why the staff acts on an inquiry: the reasons that they choose from.

/// A reason, beside the note in the operator's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The person asked for help.
    PersonAsked,
    /// The inquiry's time was over before the person was done.
    RanOut,
    /// The person lost the session or the device.
    SessionLost,
    /// The flow did not open, or broke.
    TechnicalTrouble,
    /// The check is needed by a date.
    Deadline,
    /// It went to somebody else.
    WrongPerson,
    /// Somebody may be using it who should not.
    SuspectedMisuse,
    /// It was made by mistake.
    Mistake,
    /// Nobody needs it any more.
    NoLongerNeeded,
    /// Something else; the note says what.
    Other,
}

/// Reasons to resume.
pub const TO_RESUME: [Reason; 6] = [
    Reason::PersonAsked,
    Reason::RanOut,
    Reason::SessionLost,
    Reason::TechnicalTrouble,
    Reason::Deadline,
    Reason::Other,
];

/// Reasons to take something back.
pub const TO_END: [Reason; 6] = [
    Reason::PersonAsked,
    Reason::WrongPerson,
    Reason::SuspectedMisuse,
    Reason::Mistake,
    Reason::NoLongerNeeded,
    Reason::Other,
];

impl Reason {
    /// The name in the database and in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonAsked => "person-asked",
            Self::RanOut => "ran-out",
            Self::SessionLost => "session-lost",
            Self::TechnicalTrouble => "technical-trouble",
            Self::Deadline => "deadline",
            Self::WrongPerson => "wrong-person",
            Self::SuspectedMisuse => "suspected-misuse",
            Self::Mistake => "mistake",
            Self::NoLongerNeeded => "no-longer-needed",
            Self::Other => "other",
        }
    }

    /// What it is called on pages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::PersonAsked => "The person asked for it",
            Self::RanOut => "The time ran out",
            Self::SessionLost => "Session or device lost",
            Self::TechnicalTrouble => "Technical trouble",
            Self::Deadline => "Needed by a date",
            Self::WrongPerson => "Sent to the wrong person",
            Self::SuspectedMisuse => "Suspected misuse",
            Self::Mistake => "Made by mistake",
            Self::NoLongerNeeded => "No longer needed",
            Self::Other => "Something else",
        }
    }

    /// The reason of this name among some.
    #[must_use]
    pub fn among(reasons: &[Self], code: &str) -> Option<Self> {
        reasons.iter().copied().find(|reason| reason.code() == code)
    }

    /// What a stored code is called; a reason that came from elsewhere speaks for itself.
    #[must_use]
    pub fn words(code: &str) -> &str {
        let known = TO_RESUME.iter().chain(&TO_END);
        let mut known = known.filter(|reason| reason.code() == code);
        known.next().map_or(code, |reason| reason.title())
    }
}
