//! Whom a mail goes to: read from Persona when it is sent, and kept nowhere.

use std::fmt;

use lettre::Address;

/// An e-mail address of a person. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Recipient(Address);

impl Recipient {
    /// The address that a text is; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    pub(super) const fn address(&self) -> &Address {
        &self.0
    }

    /// Enough of it to be known again by somebody who knows it: `r•••@e•••.com`.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
        let domain = self.0.domain();
        let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
        format!("{}•••@{}•••.{end}", first(self.0.user()), first(domain))
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recipient(…)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_masked_address_shows_two_letters_and_the_end() {
        let recipient = Recipient::parse(" rita.resumes@mail.example.com ").unwrap();
        assert_eq!(recipient.masked(), "r•••@m•••.com");
        assert!(!format!("{recipient:?}").contains("rita"));
        assert!(Recipient::parse("no address").is_none());
    }
}
