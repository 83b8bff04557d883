//! One struct for each section of the settings.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use axum_client_ip::ClientIpSource;
use ipnet::IpNet;
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use openidconnect::IssuerUrl;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
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

/// How Persona is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// The secret key.
    pub api_key: SecretString,
    /// Base of the REST API.
    pub api_url: Url,
    /// Host of the flow, as the SDK's option `host` takes it; a port only for `localhost`.
    pub flow_host: String,
    /// Hosts that one-time links may lead to; `*.` in front admits every subdomain.
    pub link_hosts: Vec<String>,
    /// Limit of one request, in seconds.
    pub timeout_seconds: u64,
    /// What Persona signs its webhooks with: two while one is rotated, none when there are no webhooks.
    #[serde(default, deserialize_with = "secrets")]
    pub webhook_secrets: Vec<SecretString>,
}

/// A list, or a text with commas between as it comes from a variable or a file.
fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SecretString>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        List(Vec<String>),
        Text(String),
    }
    let texts = match Given::deserialize(deserializer)? {
        Given::List(list) => list,
        Given::Text(text) => text.split(',').map(str::to_owned).collect(),
    };
    let trimmed = texts.iter().map(|text| text.trim());
    let given = trimmed.filter(|text| !text.is_empty());
    Ok(given.map(SecretString::from).collect())
}

impl Persona {
    /// The origin that the flow's frame is loaded from.
    ///
    /// The SDK speaks http only to `localhost` and https to everybody else.
    #[must_use]
    pub fn flow_origin(&self) -> String {
        let scheme = if self.flow_host.starts_with("localhost") {
            "http"
        } else {
            "https"
        };
        format!("{scheme}://{}", self.flow_host)
    }

    /// Limit of one request.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// Where state is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://path` or `postgres://user:password@host/name`. It may hold a password, so it is never logged.
    pub url: String,
}

/// What people see of the company.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// The company's name.
    pub name: String,
    /// File of the company's logo.
    pub logo: Option<PathBuf>,
    /// `#rrggbb` of buttons and links in light mode.
    pub accent: String,
    /// The same in dark mode.
    pub accent_dark: String,
    /// Where a person finds help.
    pub help_url: Option<Url>,
    /// Whom a person may write to.
    pub help_email: Option<String>,
    /// The company's privacy notice.
    pub privacy_url: Option<Url>,
    /// How long the check takes, in minutes.
    pub minutes: u32,
    /// The IANA name of the zone in which people are told times.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// Hosts that a return URL may lead to.
    pub return_hosts: Vec<String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Portal {
    /// The zone in which people are told times.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        // The settings were checked, so that there is such a zone.
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// Life of links.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Life of a link, in days.
    pub days: u32,
    /// Life of a hand-off to a phone, in minutes.
    pub hand_off_minutes: u32,
    /// Wrong factors before a link is locked.
    pub factor_attempts: u32,
}

impl Links {
    /// Life of a link.
    #[must_use]
    pub fn life(&self) -> Duration {
        Duration::from_secs(u64::from(self.days) * 24 * 60 * 60)
    }

    /// Life of a hand-off to a phone.
    #[must_use]
    pub fn hand_off_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.hand_off_minutes) * 60)
    }
}

/// How the staff works.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ops {
    /// Whether a password needs a second factor.
    pub second_factor: SecondFactor,
    /// How long somebody who does nothing stays signed in, in minutes.
    pub idle_minutes: u32,
    /// How long anybody stays signed in, in hours.
    pub session_hours: u32,
    /// How long a proof of who acts is good for the acts of admins, in minutes.
    pub proof_minutes: u32,
    /// Wrong passwords or codes for one address before it must wait; one more is let through each minute.
    pub sign_in_attempts: u32,
    /// How long somebody who began may take before the queue lists them, in hours.
    pub pending_hours: u32,
    /// How long somebody may take to begin before the queue lists them, in hours.
    pub created_hours: u32,
    /// How long a finished inquiry may wait for a decision before the queue lists it, in hours.
    pub undecided_hours: u32,
    /// How many inquiries somebody may act on at once; above it somebody else must approve.
    pub bulk_four_eyes: u32,
    /// Whoever was contacted within so many hours is left out of a bulk unless somebody says otherwise.
    pub contact_hours: u32,
}

/// Whether a password needs a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecondFactor {
    /// Whoever has none sets one up at the first sign-in.
    Required,
    /// Whoever has one is asked for it.
    Optional,
}

/// The provider through which staff may sign in by OpenID Connect.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The provider's issuer, kept letter by letter: it is compared so with what the provider says
    /// (<https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation>).
    pub issuer: IssuerUrl,
    /// Who we are to the provider.
    pub client_id: String,
    /// What proves it.
    pub client_secret: SecretString,
    /// The provider's name, as the button says it.
    pub name: String,
    /// Limit of one request, in seconds.
    #[serde(default = "Oidc::default_timeout_seconds")]
    pub timeout_seconds: u64,
}

impl Oidc {
    const fn default_timeout_seconds() -> u64 {
        10
    }

    /// Limit of one request.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// How mail leaves; without both nothing is mailed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://user:password@host`, or `smtp://…?tls=required` for STARTTLS. It holds a password.
    pub smtp_url: Option<SecretString>,
    /// Whom the mail is from: an address, with a name in front if wished.
    pub from: Option<Mailbox>,
}

/// How short messages leave: by a webhook to the company's own gateway. Without both nothing leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sms {
    /// Where the gateway listens. It may hold a password.
    pub url: Option<SecretString>,
    /// What the webhooks are signed with: `whsec_` and base64, as Standard Webhooks writes it.
    pub secret: Option<SecretString>,
    /// Limit of one request, in seconds.
    pub timeout_seconds: u64,
}

impl Default for Sms {
    fn default() -> Self {
        Self {
            url: None,
            secret: None,
            timeout_seconds: 10,
        }
    }
}

impl Sms {
    /// Limit of one request.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// How webhooks leave for the company's own systems.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deliveries {
    /// Networks of the company's own that webhooks may go to, and without https; every other private one is refused.
    pub allow_networks: Vec<IpNet>,
    /// Limit of one attempt, in seconds.
    pub timeout_seconds: u64,
    /// The waits between attempts, in seconds; after the last of them a delivery is given up.
    pub retry_seconds: Vec<u64>,
    /// How long an endpoint may do nothing but fail before nothing is sent to it any more, in hours.
    pub disable_after_hours: u32,
    /// Attempts that are under way at once.
    pub at_once: u32,
}

impl Default for Deliveries {
    fn default() -> Self {
        Self {
            allow_networks: Vec::new(),
            timeout_seconds: 15,
            retry_seconds: vec![5, 300, 1800, 7200, 18_000, 36_000, 36_000],
            disable_after_hours: 120,
            at_once: 16,
        }
    }
}

impl Deliveries {
    /// Limit of one attempt.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// How often somebody who lost their link may ask for another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recover {
    /// Requests of one address in an hour.
    pub an_hour: u32,
    /// How long after one link the next is sent for the same inquiry, in minutes.
    pub pause_minutes: u32,
    /// Links for one inquiry in a day.
    pub a_day: u32,
}

impl Default for Recover {
    fn default() -> Self {
        Self {
            an_hour: 10,
            pause_minutes: 15,
            a_day: 3,
        }
    }
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

/// How Persona's webhooks are watched.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// After so many minutes without a webhook there is an alarm; 0 for none.
    pub silent_minutes: u32,
}

/// How often is looked for what no webhook told of.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// From the start of one sweep to that of the next, in minutes; 0 for none but those that somebody starts.
    pub every_minutes: u32,
}

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
