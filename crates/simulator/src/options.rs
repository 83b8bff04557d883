//! What a simulator is started with.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use url::Url;

/// How to start a [`Simulator`](crate::Simulator).
///
/// Holds the API key, so it has no `Debug`.
#[derive(Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Base of the links that it hands out; `http://localhost:PORT` if `None`.
    pub public_url: Option<Url>,
    /// The one key that is let in. A `persona_production_` prefix makes this a production environment.
    pub api_key: String,
    /// A second key that may only read; a write with it is answered with 403.
    pub read_only_api_key: Option<String>,
    /// Requests per minute and environment; Persona's default is 300 (docs.withpersona.com/rate-limiting).
    pub rate_limit_per_minute: u32,
    /// Where events are sent, if anywhere.
    pub webhook: Option<WebhookTarget>,
    /// Whether webhooks are signed at the simulated time, for a receiver whose clock is moved along with it.
    pub signs_by_moved_clock: bool,
    /// The time that the clock shows at the start; the wall clock's if `None`.
    pub start_time: Option<Timestamp>,
    /// Whether the clock moves only when told to.
    pub frozen_clock: bool,
    /// Seed of every identifier and code, for runs that repeat exactly; random if `None`.
    pub random_seed: Option<u64>,
    /// Whether an address that other machines reach is allowed. The control API has no key, so think first.
    pub allow_non_loopback: bool,
}

/// An endpoint that gets signed events.
#[derive(Clone)]
pub struct WebhookTarget {
    /// Where events are posted.
    pub url: Url,
    /// The signing secret, with its `wbhsec_` prefix if it has one.
    pub secret: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            addr: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            public_url: None,
            api_key: "persona_sandbox_simulator".to_owned(),
            read_only_api_key: None,
            rate_limit_per_minute: 300,
            webhook: None,
            signs_by_moved_clock: false,
            start_time: None,
            frozen_clock: false,
            random_seed: None,
            allow_non_loopback: false,
        }
    }
}
