//! Whom a mail or a short message goes to: read from Persona when it is sent, and kept nowhere.

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

/// A telephone number of a person, as E.164 writes it. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Number(String);

impl Number {
    /// The number that a text is; none for one without its country, which no gateway can send to.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_between = |sign: &char| matches!(sign, ' ' | '-' | '(' | ')' | '.' | '/');
        let number: String = text
            .trim()
            .chars()
            .filter(|sign| !is_between(sign))
            .collect();
        let digits = number.strip_prefix('+')?;
        let is_plausible = (7..=15).contains(&digits.len())
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && !digits.starts_with('0');
        is_plausible.then_some(Self(number))
    }

    /// The text that goes to the gateway, and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(…)")
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

    #[test]
    fn a_number_has_its_country() {
        let number = Number::parse(" +49 (30) 901820-0 ").unwrap();
        assert_eq!(number.expose(), "+49309018200");
        assert!(!format!("{number:?}").contains("49"));
        for text in ["030 9018200", "+0301234567", "+49", "+49 30 call me", ""] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }
}
