//! How much one address may ask for.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use crate::config;

/// Counts by address, in memory.
#[derive(Debug)]
pub struct Limits {
    pages: DefaultKeyedRateLimiter<IpAddr>,
    acts: DefaultKeyedRateLimiter<IpAddr>,
    recoveries: DefaultKeyedRateLimiter<IpAddr>,
    refused: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limits {
    /// Limits as the settings say.
    #[must_use]
    pub fn new(settings: &config::Limits, recover: &config::Recover) -> Self {
        let most = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let limiter = |a_minute: u32| RateLimiter::keyed(Quota::per_minute(most(a_minute)));
        Self {
            pages: limiter(settings.pages),
            acts: limiter(settings.acts),
            recoveries: RateLimiter::keyed(Quota::per_hour(most(recover.an_hour))),
            refused: limiter(settings.acts),
        }
    }

    /// Counts a page; how long to wait when it is one too many.
    #[must_use]
    pub fn take_page(&self, address: IpAddr) -> Option<Duration> {
        take(&self.pages, address)
    }

    /// Counts an act; how long to wait when it is one too many.
    #[must_use]
    pub fn take_act(&self, address: IpAddr) -> Option<Duration> {
        take(&self.acts, address)
    }

    /// Counts a request for a new link; how long to wait when it is one too many.
    #[must_use]
    pub fn take_recovery(&self, address: IpAddr) -> Option<Duration> {
        take(&self.recoveries, address)
    }

    /// Counts a webhook that was refused; how long to be quiet about it when it is one too many.
    #[must_use]
    pub fn take_refused(&self, address: IpAddr) -> Option<Duration> {
        take(&self.refused, address)
    }

    /// Throws away the counts of addresses that stopped asking.
    pub fn forget_idle(&self) {
        for limiter in [&self.pages, &self.acts, &self.recoveries, &self.refused] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn take(limiter: &DefaultKeyedRateLimiter<IpAddr>, address: IpAddr) -> Option<Duration> {
    let refused = limiter.check_key(&household(address)).err()?;
    Some(refused.wait_time_from(DefaultClock::default().now()))
}

/// One household has a whole /64 of IPv6.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let mask = u128::MAX << 64;
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn neighbours_in_one_64_count_as_one() {
        let address = |text: &str| household(text.parse().unwrap());
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_ne!(address("192.0.2.1"), address("192.0.2.2"));
    }
}
