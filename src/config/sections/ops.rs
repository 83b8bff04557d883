//! How the staff works and signs in.

use std::time::Duration;

use openidconnect::IssuerUrl;
use secrecy::SecretString;
use serde::Deserialize;

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
