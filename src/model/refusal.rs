//! Why a person's act was not carried out, as the server tells the browser.

use serde::{Deserialize, Serialize};

/// The reasons; each has its own words, its own HTTP status and its own way forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No such link.
    UnknownLink,
    /// The link's time is over.
    LinkExpired,
    /// The company took the link back.
    LinkRevoked,
    /// The link belongs to another device and has no factor to prove a new one by.
    OtherDevice,
    /// The link asks for its factor, which was not given.
    FactorNeeded,
    /// The factor that was given is not the one that Persona knows.
    FactorWrong,
    /// Too many wrong factors: the link is locked.
    FactorLocked,
    /// The inquiry is finished or redacted; its page says how.
    Settled,
    /// Persona will not open the inquiry again, although it is not finished.
    NotResumable,
    /// The act came from another site.
    ForeignOrigin,
    /// What was sent cannot be read.
    BadRequest,
    /// What was sent is longer than anything of ours.
    TooLong,
    /// Too many acts in too little time.
    TooMany,
    /// Persona is down, slow, or limits our requests.
    PersonaUnavailable,
    /// Our own fault; the cause is in the log.
    Internal,
}

impl Refusal {
    /// Every refusal, in the order of declaration.
    pub const ALL: [Self; 15] = [
        Self::UnknownLink,
        Self::LinkExpired,
        Self::LinkRevoked,
        Self::OtherDevice,
        Self::FactorNeeded,
        Self::FactorWrong,
        Self::FactorLocked,
        Self::Settled,
        Self::NotResumable,
        Self::ForeignOrigin,
        Self::BadRequest,
        Self::TooLong,
        Self::TooMany,
        Self::PersonaUnavailable,
        Self::Internal,
    ];

    /// The name on the wire, in the log and in the keys of the words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownLink => "unknown-link",
            Self::LinkExpired => "link-expired",
            Self::LinkRevoked => "link-revoked",
            Self::OtherDevice => "other-device",
            Self::FactorNeeded => "factor-needed",
            Self::FactorWrong => "factor-wrong",
            Self::FactorLocked => "factor-locked",
            Self::Settled => "settled",
            Self::NotResumable => "not-resumable",
            Self::ForeignOrigin => "foreign-origin",
            Self::BadRequest => "bad-request",
            Self::TooLong => "too-long",
            Self::TooMany => "too-many",
            Self::PersonaUnavailable => "persona-unavailable",
            Self::Internal => "internal",
        }
    }

    /// The refusal that a code names.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code)
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::OtherDevice
            | Self::FactorNeeded
            | Self::FactorWrong
            | Self::FactorLocked
            | Self::ForeignOrigin => 403,
            Self::UnknownLink => 404,
            Self::Settled | Self::NotResumable => 409,
            Self::LinkExpired | Self::LinkRevoked => 410,
            Self::TooLong => 413,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::PersonaUnavailable => 503,
        }
    }

    /// Whether the person can do something about it on the page where they are.
    #[must_use]
    pub const fn stays_on_page(self) -> bool {
        self.is_passing() || matches!(self, Self::FactorNeeded | Self::FactorWrong)
    }

    /// Whether the link is of no more use here, so that the person needs another.
    #[must_use]
    pub const fn ends_link(self) -> bool {
        matches!(
            self,
            Self::UnknownLink
                | Self::LinkExpired
                | Self::LinkRevoked
                | Self::OtherDevice
                | Self::FactorLocked
        )
    }

    /// Whether the link's page tells it by itself, from what is stored.
    #[must_use]
    pub const fn is_on_link(self) -> bool {
        matches!(
            self,
            Self::UnknownLink
                | Self::LinkExpired
                | Self::LinkRevoked
                | Self::OtherDevice
                | Self::FactorLocked
                | Self::Settled
        )
    }

    /// Whether the same act may succeed a little later, so that the person stays where they are.
    #[must_use]
    pub const fn is_passing(self) -> bool {
        matches!(
            self,
            Self::TooMany | Self::PersonaUnavailable | Self::Internal
        )
    }
}
