//! The clock of the simulated Persona: it runs with the wall clock, and it can be moved forward.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// A clock that tests move instead of waiting.
pub(crate) struct Clock {
    origin: Timestamp,
    running_since: Option<Instant>,
    forward: SignedDuration,
}

impl Clock {
    /// A clock that shows `start` now and stands still if `frozen`.
    pub(crate) fn new(start: Option<Timestamp>, frozen: bool) -> Self {
        Self {
            origin: start.unwrap_or_else(wall_clock),
            running_since: (!frozen).then(Instant::now),
            forward: SignedDuration::ZERO,
        }
    }

    /// The simulated time in whole milliseconds, which is what Persona's timestamps carry.
    pub(crate) fn now(&self) -> Timestamp {
        let now = later(self.unmoved(), self.forward);
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The time as it would be if nobody had moved the clock. Webhook signatures carry it: their receiver compares it with
    /// a clock that did not move.
    pub(crate) fn unmoved(&self) -> Timestamp {
        let ran = self
            .running_since
            .map_or(Duration::ZERO, |since| since.elapsed());
        later(self.origin, signed(ran))
    }

    /// Takes the time that the clock shows for the time that it would show if nobody had moved it.
    pub(crate) fn adopt(&mut self) {
        self.origin = later(self.origin, self.forward);
        self.forward = SignedDuration::ZERO;
    }

    /// Moves the clock forward; there is no way back.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.forward = self.forward.saturating_add(signed(by));
    }
}

/// `time` plus `by`, stopping at the end of time instead of failing.
pub(crate) fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the simulator reads the wall clock"
)]
fn wall_clock() -> Timestamp {
    Timestamp::now()
}
