//! Where a link stands.

use crate::store::links::LinkRow;

/// What can become of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody opened it yet.
    Open,
    /// It belongs to a device.
    Bound,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl Standing {
    /// The name in commands and on pages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Bound => "bound",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }

    /// Whether it still leads to the inquiry.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Open | Self::Bound)
    }
}

impl LinkRow {
    /// Where the link stands at a time, in ms since 1970.
    #[must_use]
    pub const fn standing(&self, now: i64) -> Standing {
        if self.revoked_at.is_some() {
            Standing::Revoked
        } else if self.expires_at <= now {
            Standing::Expired
        } else if self.device_hash.is_some() {
            Standing::Bound
        } else {
            Standing::Open
        }
    }
}
