//! How much one key may ask for, and how much is left of it.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    DefaultKeyedRateLimiter, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use moka::sync::Cache;
use tokio::sync::Mutex;

use crate::{
    clock::Clock,
    failure::Failure,
    store::{
        Store,
        tries::{self, Taken},
    },
};

/// The time in which a key may ask for its number.
const WINDOW: Duration = Duration::from_mins(1);
/// A process takes this part of what a key may ask for at a time, so that not each request has to write.
const PART: u32 = 20;
/// Keys whose part is held at most.
const HELD: u64 = 10_000;

/// Counts requests by key, for every process alike, and refused keys by address, in memory; cheap to clone.
#[derive(Clone, Debug)]
pub struct Quota {
    store: Store,
    clock: Clock,
    parts: Cache<String, Arc<Mutex<Part>>>,
    refused: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    limit: NonZeroU32,
}

/// What this process holds of what a key may ask for; times are in ms since 1970.
#[derive(Debug, Default)]
struct Part {
    count: u32,
    /// What was left beside it when it was taken.
    left: u32,
    /// When as much has come back: a part that was not used by then is given up.
    until: i64,
    /// When all is there again.
    full_at: i64,
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
    pub fn new(store: Store, clock: Clock, a_minute: u32) -> Self {
        let limit = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
        Self {
            store,
            clock,
            parts: Cache::builder()
                .max_capacity(HELD)
                .time_to_idle(WINDOW)
                .build(),
            refused: Arc::new(RateLimiter::keyed(governor::Quota::per_minute(limit))),
            limit,
        }
    }

    /// Counts a request; what is left, or how long to wait when it is one too many.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take(&self, key_id: &str) -> Result<Result<Allowance, Duration>, Failure> {
        let part = self.parts.get_with_by_ref(key_id, Arc::default);
        let mut part = part.lock().await;
        let now = self.clock.now_ms();
        if part.count == 0 || part.until <= now {
            let taken = self.take_part(key_id, now).await?;
            if taken.count == 0 {
                return Ok(Err(taken.wait));
            }
            *part = self.part(taken, now);
        }
        part.count -= 1;
        Ok(Ok(Allowance {
            limit: self.limit.get(),
            remaining: part.left.saturating_add(part.count),
            reset: Duration::from_millis((part.full_at - now).max(0).unsigned_abs()),
        }))
    }

    /// Counts a request without a good key; how long its address must wait when it is one too many.
    #[must_use]
    pub fn take_refused(&self, address: IpAddr) -> Option<Duration> {
        let refused = self.refused.check_key(&address).err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()))
    }

    /// What stands in the headers of a request that was one too many.
    #[must_use]
    pub const fn used_up(&self) -> Allowance {
        Allowance {
            limit: self.limit.get(),
            remaining: 0,
            reset: WINDOW,
        }
    }

    /// Throws away the counts of addresses that stopped asking.
    pub fn forget_idle(&self) {
        self.refused.retain_recent();
        self.refused.shrink_to_fit();
    }

    async fn take_part(&self, key_id: &str, now: i64) -> Result<Taken, Failure> {
        let allowance = tries::Allowance {
            limit: self.limit.get(),
            window: WINDOW,
        };
        let most = (self.limit.get() / PART).max(1);
        let who = ("api-key", key_id);
        Ok(self.store.take_tries(who, allowance, most, now).await?)
    }

    fn part(&self, taken: Taken, now: i64) -> Part {
        let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        Part {
            count: taken.count,
            left: taken.left,
            until: now + ms(WINDOW * taken.count / self.limit.get()).max(1),
            full_at: now + ms(taken.reset),
        }
    }
}
