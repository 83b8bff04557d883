//! An inquiry session: one device's access to an inquiry (docs.withpersona.com/inquiry-sessions).

use jiff::Timestamp;

/// The most sessions that one inquiry may have; Persona's default (help article 5TKUNJRjtKqtwU02Z5Ka1X).
pub(crate) const LIMIT: usize = 25;

/// One session.
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) inquiry: String,
    pub(crate) created_at: Timestamp,
    pub(crate) started_at: Option<Timestamp>,
    /// Set when it was ended before its time.
    pub(crate) ended_at: Option<Timestamp>,
    /// The inquiry's expiry when the session was made; a later resume does not move it.
    pub(crate) expires_at: Timestamp,
    pub(crate) user_agent: Option<String>,
}

impl Session {
    /// When it ended, if that lies behind.
    pub(crate) fn expired_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.ended_at
            .or_else(|| (self.expires_at <= now).then_some(self.expires_at))
    }

    /// Whether it still opens the flow.
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        self.expired_at(now).is_none()
    }

    /// The status on the wire.
    pub(crate) fn status(&self, now: Timestamp) -> &'static str {
        match (self.expired_at(now), self.started_at) {
            (Some(_), _) => "expired",
            (None, Some(_)) => "active",
            (None, None) => "new",
        }
    }
}
