//! Signatures of the scheme `v1`: HMAC-SHA256 over ID, time and body, with dots between.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};
use standardwebhooks::Webhook;

use super::Message;
use crate::{
    seal::{Seal, SealError},
    store::endpoints::EndpointRow,
};

/// The header with the message's ID.
pub const HEADER_ID: &str = "webhook-id";
/// The header with the time of the attempt, in seconds since 1970.
pub const HEADER_TIMESTAMP: &str = "webhook-timestamp";
/// The header with the signatures, separated by spaces.
pub const HEADER_SIGNATURE: &str = "webhook-signature";

/// What secrets of endpoints are sealed for.
const PURPOSE: &str = "secret of an endpoint";
/// What a secret begins with, as the standard has it.
const PREFIX: &str = "whsec_";
/// The standard asks for 24 to 64 bytes.
const LENGTH: usize = 32;

/// What webhooks of an endpoint are signed with. `Debug` shows nothing of it.
#[derive(Clone, Debug)]
pub(super) struct Key(SecretSlice<u8>);

impl Key {
    /// A new key.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.into()))
    }

    /// The key as its receiver takes it; it is shown once.
    pub(super) fn text(&self) -> SecretString {
        format!("{PREFIX}{}", STANDARD.encode(self.0.expose_secret())).into()
    }

    /// The key as the database keeps it.
    pub(super) fn close(&self, seal: &Seal) -> Result<String, SealError> {
        seal.close(PURPOSE, self.0.expose_secret())
    }

    fn open(seal: &Seal, sealed: &str) -> Option<Self> {
        seal.open(PURPOSE, sealed).map(|bytes| Self(bytes.into()))
    }

    fn sign(&self, message: &Message, seconds: i64) -> Option<String> {
        let signer = Webhook::from_bytes(self.0.expose_secret().to_vec()).ok()?;
        let signature = signer.sign(&message.id, seconds, message.body.as_bytes());
        signature.ok()
    }
}

/// The signatures of a message at a time: by the endpoint's secret, and by the one before while it still counts. None
/// when the secret was sealed with another `server.secret`.
pub(super) fn signatures(
    seal: &Seal,
    endpoint: &EndpointRow,
    message: &Message,
    now: i64,
) -> Option<String> {
    let new = Key::open(seal, &endpoint.secret)?.sign(message, now / 1000)?;
    let is_old_good = endpoint.old_secret_ends_at.is_some_and(|end| now < end);
    let old = endpoint.old_secret.as_ref().filter(|_| is_old_good);
    let old = old.and_then(|sealed| Key::open(seal, sealed)?.sign(message, now / 1000));
    Some(match old {
        Some(old) => format!("{new} {old}"),
        None => new,
    })
}
