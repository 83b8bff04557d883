//! Secrets that Persona hands out: the session token and link addresses.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

/// The token that lets a browser go on with a pending inquiry.
///
/// It opens the inquiry's personal data to whoever holds it, for as long as its session lives
/// (docs.withpersona.com/inquiry-sessions). Debug output hides it.
#[derive(Clone)]
pub struct SessionToken(SecretString);

impl SessionToken {
    /// Wraps a token, such as one kept for the same visit.
    #[must_use]
    pub fn new(token: SecretString) -> Self {
        Self(token)
    }

    /// The token itself, to hand to the browser and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// When the token seems to lapse: the unverified `exp` claim of the JWT.
    ///
    /// The claims are undocumented and the signature is Persona's alone to check, so `None` and wrong values must do
    /// no harm: use it to decide on asking for a new token early, never to grant anything.
    #[must_use]
    pub fn expires_hint(&self) -> Option<Timestamp> {
        let payload = self.expose().split('.').nth(1)?;
        let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        Timestamp::from_second(claims.exp).ok()
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(hidden)")
    }
}

#[derive(Deserialize)]
struct Claims {
    exp: i64,
}

/// A web address that is itself a secret, because opening it opens an inquiry. Debug output hides it.
#[derive(Clone)]
pub struct SecretUrl(SecretString);

impl SecretUrl {
    /// `None` when the text is no absolute `http` or `https` address, as a browser must never be sent to another kind.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        (matches!(url.scheme(), "https" | "http") && url.has_host())
            .then(|| Self(url.as_str().into()))
    }

    /// The address itself, to hand to the person and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretUrl(hidden)")
    }
}
