//! Keys of an OpenID provider, by another library than the one under test.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
        RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// A key with its ID, or something that pretends to be one.
pub(crate) struct Signer {
    pub(crate) kid: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Shared(Vec<u8>),
    None,
}

impl Signer {
    pub(crate) fn rsa(kid: &str) -> Self {
        let key = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        Self::new(kid, Key::Rsa(key))
    }

    pub(crate) fn ec(kid: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self::new(kid, Key::Ec(key))
    }

    pub(crate) fn ed(kid: &str) -> Self {
        Self::new(kid, Key::Ed(Ed25519KeyPair::generate().unwrap()))
    }

    /// HS256 with a shared secret.
    pub(crate) fn shared(kid: &str, secret: &[u8]) -> Self {
        Self::new(kid, Key::Shared(secret.to_vec()))
    }

    /// No signature at all.
    pub(crate) fn none(kid: &str) -> Self {
        Self::new(kid, Key::None)
    }

    fn new(kid: &str, key: Key) -> Self {
        let kid = kid.to_owned();
        Self { kid, key }
    }

    /// The algorithm's name in a header.
    pub(crate) fn algorithm(&self) -> &'static str {
        match self.key {
            Key::Rsa(_) => "RS256",
            Key::Ec(_) => "ES256",
            Key::Ed(_) => "EdDSA",
            Key::Shared(_) => "HS256",
            Key::None => "none",
        }
    }

    /// The public key as the key set has it.
    pub(crate) fn jwk(&self) -> Value {
        let mut jwk = match &self.key {
            Key::Rsa(key) => {
                let key = key.public_key();
                let n = text(key.modulus().big_endian_without_leading_zero());
                let e = text(key.exponent().big_endian_without_leading_zero());
                json!({ "kty": "RSA", "n": n, "e": e })
            }
            Key::Ec(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "x": text(x), "y": text(y) })
            }
            Key::Ed(key) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": text(key.public_key().as_ref()) })
            }
            Key::Shared(_) | Key::None => panic!("there is no public key"),
        };
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.algorithm());
        jwk
    }

    /// A JSON Web Token with these claims.
    pub(crate) fn token(&self, claims: &Value) -> String {
        let header = json!({ "typ": "JWT", "alg": self.algorithm(), "kid": self.kid });
        let part = |value: &Value| text(value.to_string().as_bytes());
        let message = format!("{}.{}", part(&header), part(claims));
        let signature = text(&self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            Key::Ec(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Ed(key) => key.sign(message).as_ref().to_vec(),
            Key::Shared(secret) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::sign(&key, message).as_ref().to_vec()
            }
            Key::None => Vec::new(),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
