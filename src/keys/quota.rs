//! How much one key may ask for, and how much is left of it.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    DefaultKeyedRateLimiter, RateLimiter,
    clock::{Clock as _, DefaultClock, QuantaInstant},
    middleware::{StateInformationMiddleware, StateSnapshot},
    state::keyed::DefaultKeyedStateStore,
};

type Counted =
    RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// Counts requests by key, and refused keys by address, in memory; cheap to clone.
#[derive(Clone, Debug)]
pub struct Quota {
    by_key: Arc<Counted>,
    refused: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    limit: NonZeroU32,
}

/// What a key may still ask for after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Requests in a minute.
    pub limit: u32,
    /// Requests that would be let through at once now.
    pub remaining: u32,
    /// How long until all of them are there again.
    pub reset: Duration,
}

impl Quota {
    /// So many requests a minute for each key, and as many refusals for each address.
    #[must_use]
    pub fn new(a_minute: u32) -> Self {
        let limit = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
        let quota = governor::Quota::per_minute(limit);
        Self {
            by_key: Arc::new(
                RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>(),
            ),
            refused: Arc::new(RateLimiter::keyed(quota)),
            limit,
        }
    }

    /// Counts a request; what is left, or how long to wait when it is one too many.
    ///
    /// # Errors
    /// The wait.
    pub fn take(&self, key_id: &str) -> Result<Allowance, Duration> {
        match self.by_key.check_key(&key_id.to_owned()) {
            Ok(snapshot) => Ok(self.allowance(&snapshot)),
            Err(until) => Err(until.wait_time_from(now())),
        }
    }

    /// Counts a request without a good key; how long its address must wait when it is one too many.
    #[must_use]
    pub fn take_refused(&self, address: IpAddr) -> Option<Duration> {
        let refused = self.refused.check_key(&address).err()?;
        Some(refused.wait_time_from(now()))
    }

    /// What stands in the headers of a request that was one too many.
    #[must_use]
    pub const fn used_up(&self) -> Allowance {
        Allowance {
            limit: self.limit.get(),
            remaining: 0,
            reset: Duration::from_mins(1),
        }
    }

    /// Throws away the counts of those who stopped asking.
    pub fn forget_idle(&self) {
        self.by_key.retain_recent();
        self.by_key.shrink_to_fit();
        self.refused.retain_recent();
        self.refused.shrink_to_fit();
    }

    fn allowance(&self, snapshot: &StateSnapshot) -> Allowance {
        let remaining = snapshot.remaining_burst_capacity();
        let limit = self.limit.get();
        let used = limit.saturating_sub(remaining);
        Allowance {
            limit,
            remaining,
            reset: Duration::from_mins(1) * used / limit,
        }
    }
}

fn now() -> QuantaInstant {
    DefaultClock::default().now()
}
