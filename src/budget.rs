//! The budget of requests to Persona: work in the background leaves enough of it to the people at the portal.

use std::time::Duration;

use persona::{Client, Error, RateLimit};

/// Percent of the window that only the portal may use; Persona advises to slow down below 15
/// (<https://docs.withpersona.com/rate-limiting>).
const RESERVED: u64 = 15;
/// The wait after a first failure; it doubles from one to the next.
const REST: Duration = Duration::from_secs(5);
/// The longest wait: an outage is noticed to be over within it.
const LONGEST_REST: Duration = Duration::from_mins(5);
/// The wait after a 429 that does not say how long: Persona's window.
const WINDOW: Duration = Duration::from_mins(1);

/// What is left for work in the background; cheap to clone.
#[derive(Clone, Debug)]
pub struct Budget(Client);

impl Budget {
    /// The budget of this client's key.
    #[must_use]
    pub const fn new(persona: Client) -> Self {
        Self(persona)
    }

    /// How long work in the background must wait before its next request; none when it may ask now.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.0.last_rate_limit().and_then(wait)
    }
}

fn wait(seen: RateLimit) -> Option<Duration> {
    let is_low = u64::from(seen.remaining) * 100 <= u64::from(seen.limit) * RESERVED;
    (is_low && !seen.reset.is_zero()).then_some(seen.reset)
}

/// How long to wait after a failure; none for one that waiting does not mend. The client sent the request again
/// already, so nonsense that is left is not a slip.
#[must_use]
pub fn rest(error: &Error, failures: i64) -> Option<Duration> {
    match error {
        Error::RateLimited { retry_after, .. } => Some(retry_after.unwrap_or(WINDOW).max(REST)),
        Error::Server { .. } | Error::Timeout | Error::Connect(_) | Error::Network(_) => {
            let doublings = u32::try_from(failures).unwrap_or(u32::MAX).min(6);
            Some(LONGEST_REST.min(REST * 2_u32.pow(doublings)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_a_window_is_the_portals() {
        let seen = |remaining, seconds| RateLimit {
            limit: 300,
            remaining,
            reset: Duration::from_secs(seconds),
        };
        assert_eq!(wait(seen(46, 20)), None);
        assert_eq!(wait(seen(45, 20)), Some(Duration::from_secs(20)));
        assert_eq!(wait(seen(0, 0)), None, "the window is over");
    }

    #[test]
    fn rests_grow_to_a_bound_and_a_wrong_key_is_no_reason_to_rest() {
        let rests = [0, 1, 5, 6, 60].map(|failures| rest(&Error::Timeout, failures));
        let seconds = [5, 10, 160, 300, 300].map(|rest| Some(Duration::from_secs(rest)));
        assert_eq!(rests, seconds);
        let limited = |seconds| Error::RateLimited {
            retry_after: Some(Duration::from_secs(seconds)),
            request_id: None,
        };
        assert_eq!(rest(&limited(40), 0), Some(Duration::from_secs(40)));
        assert_eq!(rest(&limited(0), 0), Some(REST));
        let wrong_key = Error::Unauthorized { request_id: None };
        assert_eq!(rest(&wrong_key, 0), None);
    }
}
