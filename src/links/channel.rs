//! How a link reaches the person.

/// The way of a link, from whoever made it to whoever opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Somebody on the staff copied it.
    Copy,
    /// Leftoff mailed it.
    Mail,
    /// It was made by a command.
    Cli,
    /// The person took it to another device.
    HandOff,
    /// It was made with many others.
    Bulk,
    /// The company's own software asked for it.
    Api,
    /// A policy made it.
    Policy,
    /// The person asked for it, having lost another.
    Recover,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 8] = [
        Self::Copy,
        Self::Mail,
        Self::Cli,
        Self::HandOff,
        Self::Bulk,
        Self::Api,
        Self::Policy,
        Self::Recover,
    ];

    /// The name in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Mail => "mail",
            Self::Cli => "cli",
            Self::HandOff => "hand-off",
            Self::Bulk => "bulk",
            Self::Api => "api",
            Self::Policy => "policy",
            Self::Recover => "recover",
        }
    }

    /// The channel of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}
