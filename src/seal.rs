//! Sealing: what must be read again and by nobody else, kept in the database or carried by the browser.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _},
};
use hkdf::Hkdf;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

const NONCE: usize = 24;

/// Seals with keys that follow from `server.secret`, one for each purpose.
#[derive(Clone, Debug)]
pub struct Seal(SecretString);

/// The operating system gave no randomness, or the text cannot be sealed.
#[derive(Debug, thiserror::Error)]
#[error("it cannot be sealed")]
pub struct SealError;

impl Seal {
    /// A seal with this secret.
    #[must_use]
    pub const fn new(secret: SecretString) -> Self {
        Self(secret)
    }

    /// Seals; only the same purpose opens it.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn close(&self, purpose: &'static str, plain: &[u8]) -> Result<String, SealError> {
        let mut bytes = vec![0; NONCE];
        getrandom::fill(&mut bytes).map_err(|_| SealError)?;
        let nonce = XNonce::try_from(&*bytes).map_err(|_| SealError)?;
        let cipher = self.cipher(purpose).ok_or(SealError)?;
        let sealed = cipher.encrypt(&nonce, plain).map_err(|_| SealError)?;
        bytes.extend(sealed);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Opens what was sealed for this purpose; none when it was altered, or sealed with another secret.
    #[must_use]
    pub fn open(&self, purpose: &'static str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher(purpose)?.decrypt(&nonce, sealed).ok()
    }

    /// 256 bits that follow from the secret, the purpose and a name: always the same, and told by none of the others.
    ///
    /// # Errors
    /// Never for a name of a sane length.
    pub fn derive(&self, purpose: &'static str, name: &str) -> Result<[u8; 32], SealError> {
        let mut bytes = [0; 32];
        let secret = Hkdf::<Sha256>::new(None, self.0.expose_secret().as_bytes());
        let info = [purpose.as_bytes(), b"\0", name.as_bytes()];
        secret
            .expand_multi_info(&info, &mut bytes)
            .map_err(|_| SealError)?;
        Ok(bytes)
    }

    fn cipher(&self, purpose: &str) -> Option<XChaCha20Poly1305> {
        let mut key = [0; 32];
        let secret = Hkdf::<Sha256>::new(None, self.0.expose_secret().as_bytes());
        secret.expand(purpose.as_bytes(), &mut key).ok()?;
        XChaCha20Poly1305::new_from_slice(&key).ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn only_the_same_secret_and_purpose_open_what_was_not_altered() {
        let seal = Seal::new("a secret of the server".into());
        let sealed = seal.close("one", b"plain").unwrap();
        assert_eq!(seal.open("one", &sealed).as_deref(), Some(&b"plain"[..]));
        assert_eq!(seal.open("two", &sealed), None);
        assert_eq!(Seal::new("another".into()).open("one", &sealed), None);
        let mut altered = sealed.into_bytes();
        altered[40] = if altered[40] == b'A' { b'B' } else { b'A' };
        assert_eq!(
            seal.open("one", std::str::from_utf8(&altered).unwrap()),
            None
        );
        assert_eq!(seal.open("one", "short"), None);
    }

    #[test]
    fn what_is_derived_follows_from_secret_purpose_and_name() {
        let seal = Seal::new("a secret of the server".into());
        let bytes = seal.derive("one", "a").unwrap();
        assert_eq!(seal.derive("one", "a").unwrap(), bytes);
        for other in [
            seal.derive("two", "a"),
            seal.derive("one", "b"),
            Seal::new("another".into()).derive("one", "a"),
        ] {
            assert_ne!(other.unwrap(), bytes);
        }
    }
}
