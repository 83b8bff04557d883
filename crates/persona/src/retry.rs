//! When a failed call is sent again, and after how long.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use tokio::time::Instant;

use crate::Error;
use crate::builder::Limits;
use crate::request::Repeat;

/// The retries that one call has left.
pub(crate) struct Retries {
    delays: ExponentialBackoff,
    repeat: Repeat,
    max_wait: Duration,
    started: Instant,
    deadline: Duration,
}

impl Retries {
    pub(crate) fn new(limits: &Limits, repeat: Repeat, now: Instant) -> Self {
        let delays = ExponentialBuilder::default()
            .with_min_delay(limits.retry_delay)
            .with_max_times(limits.max_retries as usize)
            .with_jitter()
            .build();
        Self {
            delays,
            repeat,
            max_wait: limits.max_retry_wait,
            started: now,
            deadline: limits.deadline,
        }
    }

    /// How much of the whole call's time is left.
    pub(crate) fn left(&self, now: Instant) -> Duration {
        self.deadline
            .saturating_sub(now.saturating_duration_since(self.started))
    }

    /// How long to wait before the call is sent again; `None` to give up.
    pub(crate) fn wait_after(&mut self, error: &Error, now: Instant) -> Option<Duration> {
        if !may_repeat(self.repeat, error) {
            return None;
        }
        let delay = self.delays.next()?;
        let wait = match error {
            // The jittered delay comes on top, or all who were limited would be back in the same instant.
            Error::RateLimited {
                retry_after: Some(reset),
                ..
            } if *reset <= self.max_wait => *reset + delay,
            Error::RateLimited {
                retry_after: Some(_),
                ..
            } => return None,
            _ => delay.min(self.max_wait),
        };
        (wait < self.left(now)).then_some(wait)
    }
}

/// Whether sending again can do no harm (docs.withpersona.com/idempotence).
fn may_repeat(repeat: Repeat, error: &Error) -> bool {
    match error {
        // Nothing was sent, or it was turned away before anything looked at it.
        Error::Connect(_) | Error::RateLimited { .. } => true,
        // The key finds the first answer again, if there was one.
        Error::Network(_) | Error::MalformedAnswer { .. } => repeat != Repeat::Unsent,
        // With a key Persona would replay a stored failure, or meet the first attempt still at work.
        Error::Server { .. } | Error::Timeout => repeat == Repeat::Always,
        _ => false,
    }
}
