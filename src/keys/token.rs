//! The text of a key: a name in front that tells what it is, and 256 random bits.

use crate::secret::Secret;

/// What each key begins with, so that it is known wherever it turns up.
const PREFIX: &str = "leftoff_sk_";

/// What the owner of a key sends along. `Debug` shows nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(Secret);

impl Token {
    /// Makes a new one from the operating system's randomness.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn random() -> Result<Self, getrandom::Error> {
        Secret::random().map(Self)
    }

    /// Reads one that came from outside; `None` for anything we cannot have handed out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.strip_prefix(PREFIX).and_then(Secret::parse).map(Self)
    }

    /// The text that its owner keeps, shown once and kept nowhere here.
    #[must_use]
    pub fn expose(&self) -> String {
        format!("{PREFIX}{}", self.0.expose())
    }

    /// The SHA-256 by which the database knows it.
    #[must_use]
    pub fn hash(&self) -> String {
        self.0.hash()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_key_reads_back_and_shows_nothing_in_debug() {
        let token = Token::random().unwrap();
        assert_eq!(Token::parse(&token.expose()), Some(token.clone()));
        assert!(!format!("{token:?}").contains(&token.expose()[12..]));
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        let token = Token::random().unwrap().expose();
        assert_eq!(Token::parse(&token[11..]), None, "a link's token");
        assert_eq!(Token::parse(&format!("{token}A")), None);
        assert_eq!(Token::parse("persona_sandbox_for_tests"), None);
    }
}
