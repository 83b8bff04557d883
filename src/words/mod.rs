//! The words that people read, in their language.
//!
//! One file of `locales/` is one language; adding a file adds the language. The texts stay on the server, so a language
//! costs the browser nothing. What Unicode knows of languages (which one a wish means, how it writes numbers and times,
//! which way it runs) comes from ICU4X.

pub mod number;
mod time;
mod wish;

use std::{borrow::Cow, collections::HashMap, slice};

use fluent_templates::{
    LanguageIdentifier, Loader as _, fluent_bundle::FluentValue, static_loader,
};
use jiff::tz::TimeZone;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Numbers need no isolation, and texts get it where they need it.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The argument that tells the plural category of the number beside it.
const PLURAL: &str = "plural";

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
            .find_map(wish::spoken)
            .or_else(|| accepted.and_then(wish::best_accepted))
            .unwrap_or_else(|| Self(LOCALES.fallback().clone()))
    }

    /// Every language that we speak, by tag.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<_> = LOCALES.locales().cloned().map(Self).collect();
        all.sort_by_key(Self::tag);
        all
    }

    /// The language of exactly this tag, if we speak it.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        Self::all().into_iter().find(|words| words.tag() == tag)
    }

    /// The tags of every language that we speak, for whoever named another.
    #[must_use]
    pub fn tags() -> String {
        let tags: Vec<_> = Self::all().iter().map(Self::tag).collect();
        tags.join(", ")
    }

    /// The BCP 47 tag, such as `ar`.
    #[must_use]
    pub fn tag(&self) -> String {
        self.0.to_string()
    }

    /// `rtl` or `ltr`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if wish::runs_left(&self.tag()) {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// A time (in ms since 1970) with its day, as somebody in that zone writes it.
    #[must_use]
    pub fn time(&self, at: i64, zone: &TimeZone) -> String {
        time::write(&self.tag(), at, zone)
    }

    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        LOCALES.lookup(&self.0, key)
    }

    /// The text of a key with an argument.
    #[must_use]
    pub fn say_with(&self, key: &str, argument: &Arg) -> String {
        self.say_with_all(key, slice::from_ref(argument))
    }

    /// The text of a key with several arguments, of which one at most is a number.
    #[must_use]
    pub fn say_with_all(&self, key: &str, arguments: &[Arg]) -> String {
        let tag = self.tag();
        let mut values = HashMap::new();
        for (name, value) in arguments {
            let value = match value {
                Value::Text(text) => self.apart(text),
                Value::Number(number) => {
                    let category = number::category(&tag, *number);
                    values.insert(Cow::Borrowed(PLURAL), FluentValue::from(category));
                    Cow::Owned(number::write(&tag, *number))
                }
            };
            values.insert(Cow::Borrowed(*name), FluentValue::String(value));
        }
        LOCALES.lookup_with_args(&self.0, key, &values)
    }

    /// A text that may run the other way is kept apart (U+2068, U+2069), so that it does not pull the signs around it along.
    fn apart<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.direction() == "rtl" || text.contains(runs_left) {
            Cow::Owned(format!("\u{2068}{text}\u{2069}"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// Whether a letter is written from right to left: Hebrew, Arabic and their neighbours.
fn runs_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn the_choice_wins_then_the_link_then_the_browser() {
        let tag = |chosen, link, accepted| Words::negotiate(chosen, link, accepted).tag();
        assert_eq!(tag(Some("ar"), Some("es"), Some("en")), "ar");
        assert_eq!(tag(None, Some("es-MX"), Some("en")), "es");
        assert_eq!(tag(Some("xx"), None, Some("fi, es;q=0.5, en;q=0.8")), "en");
        assert_eq!(tag(None, None, Some("es;q=0, \u{7f}")), "en");
    }

    #[test]
    fn a_wish_means_the_language_in_its_script() {
        for (wish, tag) in [
            ("pt-PT", "pt-BR"),
            ("pt", "pt-BR"),
            ("es-419", "es"),
            ("de-CH-1996", "de"),
            ("iw", "he"),
            ("zh", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-SG", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh-HK", "zh-Hant"),
            ("zh-Hant-CN", "zh-Hant"),
            ("hi-Latn", "en"),
            ("nb", "en"),
            ("nb, de;q=0.5", "de"),
            ("sr-Latn", "en"),
            ("*", "en"),
        ] {
            assert_eq!(
                Words::negotiate(None, None, Some(wish)).tag(),
                tag,
                "{wish}"
            );
        }
    }

    #[test]
    fn a_name_keeps_its_direction() {
        let leave = |tag: &str, name: &str| {
            let company = ("company", Value::Text(name.to_owned()));
            Words::of(tag).unwrap().say_with("leave", &company)
        };
        assert_eq!(leave("en", "Bank Co."), "Back to Bank Co.");
        assert_eq!(leave("en", "בנק"), "Back to \u{2068}בנק\u{2069}");
        assert!(leave("he", "Bank Co.").ends_with(" \u{2068}Bank Co.\u{2069}"));
    }
}
