//! How much one address may ask for.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::Method,
    response::{IntoResponse as _, Response},
};
use axum_client_ip::ClientIp;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::{Clock as _, DefaultClock}};

use super::{AppState, Next};
use crate::{
    config,
    model::refusal::Refusal,
    portal::{acts::Refused, refused},
};

/// Counters by address, in memory.
#[derive(Debug)]
pub struct Limits {
    pages: DefaultKeyedRateLimiter<IpAddr>,
    acts: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limits {
    pub(super) fn new(settings: &config::Limits) -> Self {
        let limiter = |a_minute: u32| {
            RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN)))
        };
        Self { pages: limiter(settings.pages), acts: limiter(settings.acts) }
    }

    pub(super) fn forget_idle(&self) {
        for limiter in [&self.pages, &self.acts] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// Limits pages; a button's form counts as an act.
pub(super) async fn pages(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    let is_act = request.method() == Method::POST;
    let limiter = if is_act { &state.limits.acts } else { &state.limits.pages };
    match too_many(limiter, address) {
        Some(wait) => refused::answer(&state, request, Refusal::TooMany, Some(wait)).await,
        None => next.run(request).await,
    }
}

/// Limits server functions.
pub(super) async fn acts(
    State(state): State<AppState>,
    ClientIp(address): ClientIp,
    request: Request,
    next: Next,
) -> Response {
    match too_many(&state.limits.acts, address) {
        Some(wait) => Refused::new(Refusal::TooMany, Some(wait)).into_response(),
        None => next.run(request).await,
    }
}

fn too_many(limiter: &DefaultKeyedRateLimiter<IpAddr>, address: IpAddr) -> Option<Duration> {
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
