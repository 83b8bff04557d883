//! What those who run Leftoff see of it: its log, its figures, its traces.

use std::net::SocketAddr;

use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

/// What is logged, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// One line of text, or one JSON object, for each event.
    pub format: LogFormat,
    /// Filter in the syntax of `tracing-subscriber`.
    pub filter: String,
    /// How much of a client's address a line about its request tells.
    #[serde(default)]
    pub client_address: ClientAddress,
}

/// How much of a client's address is logged. An address is personal data, so none is logged unless somebody says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientAddress {
    /// Nothing.
    #[default]
    None,
    /// The network alone: /24 of IPv4, /48 of IPv6.
    Network,
    /// All of it.
    Full,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Where figures are served for Prometheus.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Where to listen, apart from the public address; nowhere when absent.
    pub addr: Option<SocketAddr>,
}

/// Where traces are sent by OTLP.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telemetry {
    /// The collector's base address, such as `http://localhost:4318`; nothing is sent when absent.
    pub otlp_endpoint: Option<Url>,
    /// Headers that the collector asks for, as `name=value,name=value`.
    pub otlp_headers: Option<SecretString>,
}
