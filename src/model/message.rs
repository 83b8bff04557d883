//! Messages to people: what they are, how they go, and where they stand.

/// Why somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// It brings a link that the company made.
    Link,
    /// It reminds the person of what they left unfinished.
    Reminder,
    /// It brings the link that the person asked for.
    Recovery,
}

/// The way of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageChannel {
    /// By e-mail.
    Mail,
    /// By the company's own gateway, to a telephone number.
    Sms,
}

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageState {
    /// Its time has not come.
    Waiting,
    /// It is being handed over.
    Sending,
    /// It was handed over.
    Sent,
    /// It was not taken, and is tried again.
    Failed,
    /// It was not taken, and is not tried again.
    GivenUp,
    /// It was not needed any more.
    Dropped,
}

impl MessageKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Link, Self::Reminder, Self::Recovery];

    /// The name in the database and for the gateway.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Reminder => "reminder",
            Self::Recovery => "recovery",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl MessageChannel {
    /// Every channel.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Sms];

    /// The name in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// The channel of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::GivenUp,
        Self::Dropped,
    ];

    /// The name in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
            Self::Dropped => "dropped",
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}
