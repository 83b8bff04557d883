//! Session tokens: HS256 JSON Web Tokens with the claims of the sample in Persona's `OpenAPI`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::hmac_sha256;

/// What a token says; times are Unix seconds.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Claims {
    /// The session, `iqse_…`.
    pub(crate) sub: String,
    aud: String,
    iss: String,
    iat: i64,
    nbf: i64,
    pub(crate) exp: i64,
    jti: String,
}

impl Claims {
    /// Claims for a session that ends at `expires_at`.
    pub(crate) fn new(session: &str, jti: String, now: Timestamp, expires_at: Timestamp) -> Self {
        Self {
            sub: session.to_owned(),
            aud: "persona-verify".to_owned(),
            iss: "withpersona.com".to_owned(),
            iat: now.as_second(),
            nbf: now.as_second(),
            exp: expires_at.as_second(),
            jti,
        }
    }
}

/// Signs the claims.
pub(crate) fn issue(key: &[u8], claims: &Claims) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).unwrap_or_default());
    let signature = hmac_sha256::sign(key, &[header.as_bytes(), b".", body.as_bytes()]);
    format!("{header}.{body}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The claims of a token that we signed and that has not ended; `None` for anything else.
pub(crate) fn verify(key: &[u8], token: &str, now: Timestamp) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let mut code = hmac_sha256::keyed(key);
    code.update(signed.as_bytes());
    code.verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?)
        .ok()?;
    let (_, body) = signed.split_once('.')?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    (claims.exp > now.as_second()).then_some(claims)
}
