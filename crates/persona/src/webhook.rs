//! Verification of the webhooks that Persona sends.
//!
//! ```
//! use std::time::Duration;
//!
//! use persona::webhook::{Verifier, WebhookError};
//!
//! let verifier = Verifier::new(vec!["wbhsec_example".into()], Duration::from_mins(5));
//! let now = "2026-01-01T00:00:00Z".parse().unwrap();
//! let forged = verifier.verify("t=1767225600,v1=00", b"{}", now);
//! assert!(matches!(forged, Err(WebhookError::Mismatch)));
//! ```

use std::fmt;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use crate::Event;
use crate::document::{Resource, Single};
use crate::signature::{SignatureSet, parse};

/// Checks that a webhook comes from Persona and is recent (docs.withpersona.com/webhooks-best-practices).
pub struct Verifier {
    secrets: Vec<SecretString>,
    tolerance: Duration,
}

/// A webhook that Persona signed.
#[derive(Clone, Debug)]
pub struct VerifiedEvent {
    /// What it says.
    pub event: Event,
    /// When this delivery of it was signed; each retry is signed anew.
    pub signed_at: Timestamp,
}

/// Why a webhook is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// No secret is configured, or only empty ones, with which anybody could sign.
    #[error("no webhook secret is configured")]
    NoSecret,
    /// The header is empty, too long, or has no set with both a time and a signature.
    #[error("the Persona-Signature header cannot be read")]
    MalformedHeader,
    /// No signature fits any secret: a forgery, a changed body, or a secret that is not configured.
    #[error("no signature of the webhook fits a configured secret")]
    Mismatch,
    /// The signature is right but older than the tolerance: a replay, or a delivery that was held up.
    #[error("the webhook was signed {} s ago", age.as_secs())]
    TooOld {
        /// How long ago it was signed.
        age: Duration,
    },
    /// The signature is right but from the future: one of the clocks is wrong.
    #[error("the webhook was signed {} s in the future", ahead.as_secs())]
    TooNew {
        /// How far ahead its time is.
        ahead: Duration,
    },
    /// The signature is right, but the body is no event.
    #[error("the body of the webhook cannot be used: {what}")]
    MalformedBody {
        /// What is wrong with it, without any of its content.
        what: String,
    },
}

impl Verifier {
    /// Takes the secrets whole, with their `wbhsec_` prefix: two during a rotation. Empty ones are left out.
    ///
    /// Persona names no tolerance; five minutes is common.
    #[must_use]
    pub fn new(secrets: Vec<SecretString>, tolerance: Duration) -> Self {
        let secrets = secrets
            .into_iter()
            .filter(|secret| !secret.expose_secret().is_empty())
            .collect();
        Self { secrets, tolerance }
    }

    /// Checks the `Persona-Signature` header against the raw body, byte for byte as it came in.
    ///
    /// The header holds several sets while a secret is rotated; one that fits a secret and is recent is enough.
    pub fn verify(
        &self,
        header: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<VerifiedEvent, WebhookError> {
        if self.secrets.is_empty() {
            return Err(WebhookError::NoSecret);
        }
        let sets = parse(header).ok_or(WebhookError::MalformedHeader)?;
        let mut refusal = WebhookError::Mismatch;
        for set in sets.iter().filter(|set| self.is_signed(set, body)) {
            match self.check_age(set.time, now) {
                Ok(()) => {
                    return Ok(VerifiedEvent {
                        event: read_event(body)?,
                        signed_at: set.time,
                    });
                }
                Err(error) => refusal = error,
            }
        }
        Err(refusal)
    }

    /// Compares in constant time, each set with its own time.
    fn is_signed(&self, set: &SignatureSet<'_>, body: &[u8]) -> bool {
        self.secrets.iter().any(|secret| {
            let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
                return false;
            };
            let mac = mac
                .chain_update(set.signed_time)
                .chain_update(b".")
                .chain_update(body);
            set.signatures
                .iter()
                .any(|signature| mac.clone().verify_slice(signature).is_ok())
        })
    }

    fn check_age(&self, signed: Timestamp, now: Timestamp) -> Result<(), WebhookError> {
        let age = now.duration_since(signed);
        let distance = age.unsigned_abs();
        if distance <= self.tolerance {
            Ok(())
        } else if age.is_negative() {
            Err(WebhookError::TooNew { ahead: distance })
        } else {
            Err(WebhookError::TooOld { age: distance })
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.secrets.len();
        f.debug_struct("Verifier")
            .field("secrets", &count)
            .field("tolerance", &self.tolerance)
            .finish()
    }
}

/// A parser's own message would quote the body, so only its kind is passed on.
fn read_event(body: &[u8]) -> Result<Event, WebhookError> {
    let malformed = |what: String| WebhookError::MalformedBody { what };
    let document: Single<Resource<Value>> =
        serde_json::from_slice(body).map_err(|_| malformed("it is no event in JSON".to_owned()))?;
    Event::read(document.data).map_err(malformed)
}
