//! Random secrets that we hand out, and the hashes by which we know them again.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Length of a secret's text: 256 bits in base64url without padding.
const TEXT_LENGTH: usize = 43;

/// 256 random bits as base64url: a link's token or a device's cookie. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Makes a new secret from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// A secret of bits that nobody can guess.
    #[must_use]
    pub fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a secret that came from outside; `None` for anything we cannot have handed out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plausible = text.len() == TEXT_LENGTH && URL_SAFE_NO_PAD.decode(text).is_ok();
        plausible.then(|| Self(text.to_owned()))
    }

    /// The text that goes into a URL or a cookie, and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The SHA-256 by which the database knows the secret, in lower-case hex.
    #[must_use]
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(&self.0))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Compares without telling by its duration where two texts differ.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_secret_reads_back_and_shows_nothing_in_debug() {
        let secret = Secret::random().unwrap();
        assert_eq!(Secret::parse(secret.expose()), Some(secret.clone()));
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }

    #[test]
    fn an_inquiry_id_in_place_of_a_secret_is_refused() {
        assert_eq!(Secret::parse("inq_aaaaaaaaaaaaaaaaaaaaaaaaaaaa"), None);
        assert_eq!(Secret::parse(&"é".repeat(22)), None);
    }
}
