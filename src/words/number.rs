//! Numbers, as a language writes them and as its plurals follow them.

use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// A number in the language's digits, with its separators.
pub fn write(tag: &str, number: impl Into<Decimal>) -> String {
    let number = number.into();
    // Every language has its digits in ICU.
    match writer(tag) {
        Some(writer) => writer.format(&number).to_string(),
        None => number.to_string(),
    }
}

fn writer(tag: &str) -> Option<DecimalFormatter> {
    let locale: Locale = tag.parse().ok()?;
    let options = DecimalFormatterOptions::default();
    DecimalFormatter::try_new(locale.into(), options).ok()
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
