//! The budget of requests to Persona: work in the background leaves enough of it to the people at the portal.

use std::time::Duration;

use persona::{Client, RateLimit};

/// Percent of the window that only the portal may use; Persona advises to slow down below 15
/// (<https://docs.withpersona.com/rate-limiting>).
const RESERVED: u64 = 15;

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
}
