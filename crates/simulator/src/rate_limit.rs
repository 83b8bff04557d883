//! The request limit: a fixed window that opens with the first request (docs.withpersona.com/rate-limiting).

use jiff::{SignedDuration, Timestamp};

/// The window's length.
const WINDOW: SignedDuration = SignedDuration::from_secs(60);

/// One environment's request window.
pub(crate) struct RateLimiter {
    limit: u32,
    opened_at: Timestamp,
    used: u32,
}

/// Where the window stands after a request.
#[derive(Clone, Copy)]
pub(crate) struct RateLimit {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Seconds until the window ends.
    pub(crate) reset: i64,
    /// Whether this request was one too many.
    pub(crate) exceeded: bool,
}

impl RateLimiter {
    /// A limiter for `limit` requests a minute.
    pub(crate) fn new(limit: u32) -> Self {
        Self {
            limit,
            opened_at: Timestamp::MIN,
            used: 0,
        }
    }

    /// Counts one request.
    pub(crate) fn count(&mut self, now: Timestamp) -> RateLimit {
        if now.duration_since(self.opened_at) >= WINDOW {
            self.opened_at = now;
            self.used = 0;
        }
        let exceeded = self.used >= self.limit;
        self.used = self.used.saturating_add(1);
        RateLimit {
            exceeded,
            ..self.peek(now)
        }
    }

    /// Where the window stands, without counting.
    pub(crate) fn peek(&self, now: Timestamp) -> RateLimit {
        let left = WINDOW - now.duration_since(self.opened_at);
        RateLimit {
            limit: self.limit,
            remaining: self.limit.saturating_sub(self.used),
            reset: left.as_secs() + i64::from(left.subsec_nanos() > 0),
            exceeded: false,
        }
    }
}
