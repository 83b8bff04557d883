//! A sign-in under way: what the browser keeps while the person is at the provider.

use std::{fmt, time::Duration};

use jiff::Timestamp;
use openidconnect::{AuthorizationCode, CsrfToken, IssuerUrl, Nonce};
use serde::{Deserialize, Serialize};
use url::Url;

use super::error::OidcError;
use crate::secret::same;

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// Where to send the browser. It holds the state and the nonce, so it goes into no log.
    pub url: Url,
    /// What to keep until the browser comes back.
    pub pending: Pending,
}

/// The secrets of a sign-in under way. It travels in a short-lived `__Host-` cookie; `Debug` shows nothing of it.
#[derive(Serialize, Deserialize)]
pub struct Pending {
    pub(super) state: CsrfToken,
    pub(super) nonce: Nonce,
    /// The PKCE code verifier (RFC 7636).
    pub(super) verifier: String,
    pub(super) began_at: Timestamp,
    /// How long ago the person may have proved who they are, in seconds; `None` when it does not matter.
    pub(super) max_age: Option<u64>,
}

impl Pending {
    /// How long a person may take at the provider.
    pub const LIFE: Duration = Duration::from_mins(10);

    /// Takes the code out of what the browser brought back, if that answers this sign-in.
    pub(super) fn accept(
        &self,
        callback: &Callback,
        issuer: &IssuerUrl,
        now: Timestamp,
    ) -> Result<AuthorizationCode, OidcError> {
        if !same(self.state.secret(), &callback.state) {
            return Err(OidcError::ForeignState);
        }
        if callback
            .iss
            .as_ref()
            .is_some_and(|iss| iss != issuer.as_str())
        {
            return Err(OidcError::ForeignIssuer);
        }
        if now > self.began_at + Self::LIFE {
            return Err(OidcError::Late);
        }
        if let Some(error) = &callback.error {
            return Err(OidcError::refused(error));
        }
        let code = callback.code.clone().filter(|code| !code.is_empty());
        let code = code.ok_or(OidcError::BadAnswer(super::Answer::Callback))?;
        Ok(AuthorizationCode::new(code))
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(…)")
    }
}

/// The query with which the provider sends the browser back
/// (<https://openid.net/specs/openid-connect-core-1_0.html#AuthResponse>); `Debug` shows nothing of it.
#[derive(Deserialize)]
pub struct Callback {
    /// The state of the sign-in.
    pub state: String,
    /// The code to be redeemed, when the provider said yes.
    pub code: Option<String>,
    /// Why not, when it said no.
    pub error: Option<String>,
    /// The issuer, from providers that say it (RFC 9207).
    pub iss: Option<String>,
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback(…)")
    }
}
