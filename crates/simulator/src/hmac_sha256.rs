//! HMAC-SHA256, which signs both session tokens and webhooks.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// A code that takes the message piece by piece.
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    let Ok(code) = Hmac::new_from_slice(key) else {
        unreachable!("HMAC takes a key of any length")
    };
    code
}

/// The code of a message in several pieces.
pub(crate) fn sign(key: &[u8], pieces: &[&[u8]]) -> Vec<u8> {
    let mut code = keyed(key);
    for piece in pieces {
        code.update(piece);
    }
    code.finalize().into_bytes().to_vec()
}
