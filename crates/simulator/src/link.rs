//! One-time links (docs.withpersona.com/inquiry-one-time-links).

use jiff::{SignedDuration, Timestamp};

/// A link's life if the caller names none.
pub(crate) const DEFAULT_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How long a link keeps working after its first use (docs.withpersona.com/resuming-inquiries).
const GRACE: SignedDuration = SignedDuration::from_mins(5);

/// One link, which leads into one session.
pub(crate) struct OneTimeLink {
    pub(crate) code: String,
    pub(crate) short_code: String,
    pub(crate) inquiry: String,
    pub(crate) session: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) used_at: Option<Timestamp>,
}

/// Why a link does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkRefusal {
    /// Nobody made such a code.
    Unknown,
    /// It was used, and the grace is over.
    Used,
    /// Its time ran out, or the inquiry expired since.
    Expired,
    /// The inquiry can't be entered any more.
    Closed,
}

impl OneTimeLink {
    /// Whether a new request for a link gets this one again.
    pub(crate) fn is_unused(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }

    /// Counts a visit.
    pub(crate) fn visit(&mut self, now: Timestamp) -> Result<(), LinkRefusal> {
        if now >= self.expires_at {
            return Err(LinkRefusal::Expired);
        }
        let first = *self.used_at.get_or_insert(now);
        if now.duration_since(first) > GRACE {
            return Err(LinkRefusal::Used);
        }
        Ok(())
    }
}
