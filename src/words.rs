//! The words that people read, in their language.
//!
//! One file of `locales/` is one language; adding a file adds the language. The texts stay on the server, so a language
//! costs the browser nothing.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{
    LanguageIdentifier, Loader as _, fluent_bundle::FluentValue, static_loader,
};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// An argument of a message: its name and its value.
pub type Arg = (&'static str, Value);

/// The value of an argument.
#[derive(Clone, Debug)]
pub enum Value {
    /// Put in as it is.
    Text(String),
    /// Written, and inflected, as the language does.
    Number(u32),
}

/// A language that the portal speaks, and the words in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(LanguageIdentifier);

impl Words {
    /// The first of the wished languages that we speak, or English.
    ///
    /// `chosen` is what the person picked by hand and wins; `accepted` is the header `Accept-Language`.
    #[must_use]
    pub fn negotiate(chosen: Option<&str>, link: Option<&str>, accepted: Option<&str>) -> Self {
        chosen
            .into_iter()
            .chain(link)
            .find_map(spoken)
            .or_else(|| accepted.and_then(best_accepted))
            .unwrap_or_else(|| Self(LOCALES.fallback().clone()))
    }

    /// Every language that we speak, by tag.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<_> = LOCALES.locales().cloned().map(Self).collect();
        all.sort_by_key(Self::tag);
        all
    }

    /// The BCP 47 tag, such as `ar`.
    #[must_use]
    pub fn tag(&self) -> String {
        self.0.to_string()
    }

    /// `rtl` or `ltr`.
    #[must_use]
    pub fn direction(&self) -> String {
        self.say("direction")
    }

    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        LOCALES.lookup(&self.0, key)
    }

    /// The text of a key with an argument.
    #[must_use]
    pub fn say_with(&self, key: &str, (name, value): &Arg) -> String {
        let value = match value {
            Value::Text(text) => FluentValue::from(text.as_str()),
            Value::Number(number) => FluentValue::from(*number),
        };
        LOCALES.lookup_with_args(
            &self.0,
            key,
            &HashMap::from([(Cow::Borrowed(*name), value)]),
        )
    }
}

fn spoken(tag: &str) -> Option<Words> {
    let wished: LanguageIdentifier = tag.trim().parse().ok()?;
    LOCALES
        .locales()
        .find(|ours| ours.language == wished.language)
        .cloned()
        .map(Words)
}

/// `Accept-Language` as RFC 9110 section 12.5.4 describes it: the highest weight that we speak wins.
fn best_accepted(header: &str) -> Option<Words> {
    let mut wished: Vec<(f32, &str)> = header.split(',').filter_map(weighted).collect();
    wished.sort_by(|one, other| other.0.total_cmp(&one.0));
    wished.into_iter().find_map(|(_, tag)| spoken(tag))
}

fn weighted(item: &str) -> Option<(f32, &str)> {
    let (tag, parameters) = item.split_once(';').unwrap_or((item, "q=1"));
    let weight = parameters.trim().strip_prefix("q=")?.parse().ok()?;
    (weight > 0.0).then_some((weight, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_wins_then_the_link_then_the_browser() {
        let tag = |chosen, link, accepted| Words::negotiate(chosen, link, accepted).tag();
        assert_eq!(tag(Some("ar"), Some("es"), Some("en")), "ar");
        assert_eq!(tag(None, Some("es-MX"), Some("en")), "es");
        assert_eq!(tag(Some("xx"), None, Some("fr, es;q=0.5, en;q=0.8")), "en");
        assert_eq!(tag(None, None, Some("es;q=0, \u{7f}")), "en");
    }
}
