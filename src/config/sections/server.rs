//! How we listen, where state is kept, and how much one address may ask for.

use std::{net::SocketAddr, time::Duration};

use axum_client_ip::ClientIpSource;
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// How the client's address is known; see `axum-client-ip` for the names.
pub type ClientIp = ClientIpSource;

/// How we listen and are reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The address that people see; the origin that acts must come from.
    pub public_url: Url,
    /// Where the client's address is read from.
    pub client_ip: ClientIp,
    /// What the second factors of the staff are sealed with; at least 32 characters.
    pub secret: SecretString,
    /// How long it goes on taking requests after it was told to stop, in seconds.
    #[serde(default)]
    pub drain_seconds: u64,
    /// How long requests under way may take from then on, in seconds.
    #[serde(default = "Server::default_stop_seconds")]
    pub stop_seconds: u64,
}

impl Server {
    const fn default_stop_seconds() -> u64 {
        20
    }

    /// How long it goes on taking requests after it was told to stop.
    #[must_use]
    pub const fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }

    /// How long requests under way may take from then on.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        Duration::from_secs(self.stop_seconds)
    }
}

/// Where state is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://path` or `postgres://user:password@host/name`. It may hold a password, so it is never logged.
    pub url: String,
}

/// How many requests a minute one address may make.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Pages and their files.
    pub pages: u32,
    /// Acts: everything that is sent by a button.
    pub acts: u32,
    /// What one key of the API may ask for, whatever its address.
    pub api: u32,
}
