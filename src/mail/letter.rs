//! What is written to the person, in their language.

use url::Url;

use crate::words::{Value, Words};

/// A mail's subject and text.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text; it holds the link, which is a secret.
    pub text: String,
}

impl Letter {
    /// The letter that brings somebody a link which is good for so many hours.
    #[must_use]
    pub fn with_link(words: &Words, company: &str, url: &Url, hours: u32) -> Self {
        let company = ("company", Value::Text(company.to_owned()));
        let until = if hours < 48 {
            words.say_with("mail-hours", &("hours", Value::Number(hours)))
        } else {
            words.say_with("mail-days", &("days", Value::Number(hours / 24)))
        };
        let paragraphs = [
            words.say_with("mail-text", &company),
            url.to_string(),
            until,
            words.say_with("mail-safety", &company),
        ];
        Self {
            subject: words.say_with("mail-subject", &company),
            text: paragraphs.join("\n\n") + "\n",
        }
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter(…)")
    }
}
