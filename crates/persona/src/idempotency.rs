//! The key that makes a POST happen at most once.

use std::fmt;

/// Names one action of one user, so that sending the action twice performs it once.
///
/// Persona keeps the first answer for at least 24 hours and replays it, failures included
/// (docs.withpersona.com/idempotence). A replayed resume therefore returns an *old* session token: make a key
/// for each action, never for each inquiry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes any visible ASCII text; a call with another kind of text fails as an invalid request.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
