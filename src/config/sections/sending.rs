//! What leaves: mail, short messages, webhooks.

use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use secrecy::SecretString;
use serde::Deserialize;

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
