//! How many requests are left in the current window.

use std::time::Duration;

use http::HeaderMap;
use serde::Deserialize;
use tokio::time::Instant;

use crate::document::Resource;
use crate::{Client, Error};

/// The request budget of the key's environment.
///
/// All keys of an environment share it: 300 requests in a minute by default in production
/// (docs.withpersona.com/rate-limiting).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests permitted in the window.
    pub limit: u32,
    /// Requests left in the window.
    pub remaining: u32,
    /// How long until the window resets, to the second.
    pub reset: Duration,
}

impl RateLimit {
    /// Reads `RateLimit-Limit`, `-Remaining` and `-Reset`; `None` unless all three are there.
    pub(crate) fn from_headers(headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            limit: number(headers, "ratelimit-limit")?,
            remaining: number(headers, "ratelimit-remaining")?,
            reset: reset(headers)?,
        })
    }
}

/// `RateLimit-Reset`, in seconds from now.
pub(crate) fn reset(headers: &HeaderMap) -> Option<Duration> {
    number(headers, "ratelimit-reset").map(|seconds| Duration::from_secs(seconds.into()))
}

fn number(headers: &HeaderMap, name: &str) -> Option<u32> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// A rate limit and the moment at which it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) rate_limit: RateLimit,
    pub(crate) at: Instant,
}

impl Seen {
    /// The same limit as of `now`: time went by since it was read.
    pub(crate) fn at(self, now: Instant) -> RateLimit {
        let reset = self
            .rate_limit
            .reset
            .saturating_sub(now.saturating_duration_since(self.at));
        RateLimit {
            reset,
            ..self.rate_limit
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Attributes {
    limit: u32,
    remaining: u32,
    seconds_to_reset: u64,
}

impl Client {
    /// Asks Persona for the current request budget; this costs a request itself.
    pub async fn rate_limits(&self) -> Result<Vec<RateLimit>, Error> {
        let call = crate::request::Call::get("rate_limits", &["rate-limits"]);
        let list: crate::document::List<Resource<Attributes>> = self.send(call).await?.json()?;
        let api = list
            .data
            .into_iter()
            .filter(|resource| resource.kind == "rate-limit/api");
        Ok(api
            .map(|Resource { attributes, .. }| RateLimit {
                limit: attributes.limit,
                remaining: attributes.remaining,
                reset: Duration::from_secs(attributes.seconds_to_reset),
            })
            .collect())
    }
}
