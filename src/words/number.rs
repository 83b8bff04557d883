//! Numbers, as a language writes them and as its plurals follow them.

use icu_decimal::{DecimalFormatter, options::DecimalFormatterOptions};
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// A number in the language's digits, with its separators.
pub(super) fn write(tag: &str, number: u32) -> String {
    // Every language has its digits in ICU.
    written(tag, number).unwrap_or_else(|| number.to_string())
}

fn written(tag: &str, number: u32) -> Option<String> {
    let locale: Locale = tag.parse().ok()?;
    let options = DecimalFormatterOptions::default();
    let writer = DecimalFormatter::try_new(locale.into(), options).ok()?;
    Some(writer.format(&number.into()).to_string())
}

/// The plural category of a number of things, by its name in CLDR.
pub(super) fn category(tag: &str, number: u32) -> &'static str {
    let rules = tag.parse::<Locale>().ok();
    let rules = rules.and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
    match rules.map(|rules| rules.category_for(number)) {
        Some(PluralCategory::Zero) => "zero",
        Some(PluralCategory::One) => "one",
        Some(PluralCategory::Two) => "two",
        Some(PluralCategory::Few) => "few",
        Some(PluralCategory::Many) => "many",
        Some(PluralCategory::Other) | None => "other",
    }
}
