//! Session tokens of visits under way: in memory only, so that a reload or a second tab needs no new session.
//!
//! Persona allows 25 sessions for one inquiry by default and advises to keep the token for the visit
//! (<https://docs.withpersona.com/ensuring-user-access-to-inquiries>).

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use moka::sync::Cache;
use persona::SessionToken;
use tokio::sync::Mutex;

/// How long a token is kept after it was last asked for.
const IDLE: Duration = Duration::from_hours(1);
/// Visits that are remembered at most; the longest idle are forgotten first.
const MOST: u64 = 100_000;
/// A token that ends sooner than this is not worth opening a flow with.
const MARGIN: Duration = Duration::from_mins(1);

/// The live session of one link: held locked while it is being renewed, so that two tabs share one.
pub type Slot = Arc<Mutex<Option<LiveSession>>>;

/// A session token and what is known of its end.
#[derive(Clone, Debug)]
pub struct LiveSession {
    /// The token.
    pub token: SessionToken,
    /// When the inquiry expires, and with it the session.
    pub until: Option<Timestamp>,
}

impl LiveSession {
    /// Whether a flow can still be opened with it.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now + MARGIN < until)
    }
}

/// The live sessions of all links.
#[derive(Clone, Debug)]
pub struct LiveSessions(Cache<String, Slot>);

impl LiveSessions {
    /// The place of a link's session.
    #[must_use]
    pub fn slot(&self, link_id: &str) -> Slot {
        self.0.get_with(link_id.to_owned(), Slot::default)
    }

    /// Forgets a link's session, because the flow said that it is not valid or the device changed.
    pub fn forget(&self, link_id: &str) {
        self.0.invalidate(link_id);
    }
}

impl Default for LiveSessions {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(MOST)
                .time_to_idle(IDLE)
                .build(),
        )
    }
}
