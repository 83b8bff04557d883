//! Plurals, numbers and times: as Unicode's ICU has them, in every language.

use std::collections::BTreeMap;

use icu_decimal::{DecimalFormatter, options::DecimalFormatterOptions};
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::tz::TimeZone;
use leftoff::words::{Value, Words};

use crate::support::Catalog;

/// Minutes, hours and days are whole numbers, and far below this.
const NUMBERS: u32 = 100_000;

struct Rules(PluralRules);

impl Rules {
    fn of(tag: &str) -> Self {
        Self(PluralRules::try_new_cardinal(locale(tag).into()).unwrap())
    }

    fn category(&self, number: u32) -> &'static str {
        match self.0.category_for(number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// How many numbers are in each category. What is no whole number is in "other" everywhere.
    fn categories(&self) -> BTreeMap<String, u32> {
        let mut counts = BTreeMap::from([("other".to_owned(), 0)]);
        for number in 0..NUMBERS {
            *counts.entry(self.category(number).to_owned()).or_default() += 1;
        }
        counts
    }
}

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

#[test]
fn every_language_has_the_forms_that_its_numbers_take_and_no_other() {
    for catalog in Catalog::all() {
        let categories = Rules::of(&catalog.tag).categories();
        let needed: Vec<_> = categories.keys().cloned().collect();
        let counted = catalog.messages().filter(|(_, message)| message.counts());
        let mut seen = 0;
        for (key, message) in counted {
            let mut forms: Vec<_> = message.forms.iter().map(|(name, _)| name.clone()).collect();
            forms.sort();
            assert_eq!(forms, needed, "{} {key}", catalog.tag);
            seen += 1;
        }
        assert_eq!(seen, 4, "{}", catalog.tag);
    }
}

#[test]
fn a_form_of_several_numbers_names_the_number() {
    for catalog in Catalog::all() {
        let categories = Rules::of(&catalog.tag).categories();
        for (key, message) in catalog.messages().filter(|(_, message)| message.counts()) {
            for (category, form) in &message.forms {
                let numbers = ["minutes", "hours", "days"];
                let names = form.arguments().any(|name| numbers.contains(&name));
                let is_one = categories[category] == 1;
                assert!(names || is_one, "{} {key} [{category}]", catalog.tag);
            }
        }
    }
}

#[test]
fn the_form_that_is_said_is_that_of_icu_with_the_number_as_icu_writes_it() {
    for catalog in Catalog::all() {
        let tag = &catalog.tag;
        let rules = Rules::of(tag);
        let options = DecimalFormatterOptions::default();
        let writer = DecimalFormatter::try_new(locale(tag).into(), options).unwrap();
        let words = Words::of(tag).unwrap();
        let message = catalog.message("step-time");
        for number in (0..1_200).chain([9_999, 10_000, 12_345]) {
            let category = rules.category(number);
            let (_, form) = message
                .forms
                .iter()
                .find(|(name, _)| name == category)
                .unwrap();
            let written = writer.format(&number.into()).to_string();
            let said = words.say_with("step-time", &("minutes", Value::Number(number)));
            assert_eq!(said, form.filled(|_| written.clone()), "{tag} {number}");
        }
    }
}

#[test]
fn a_time_is_written_as_its_language_does_in_the_zone_of_the_settings() {
    // The second of December 2026, five past two in the afternoon, UTC.
    let at = 1_796_220_300_000;
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    for (tag, zone, written) in [
        (
            "en",
            &TimeZone::UTC,
            "December 2, 2026 at 2:05\u{202f}PM UTC",
        ),
        ("en", &berlin, "December 2, 2026 at 3:05\u{202f}PM GMT+1"),
        ("de", &berlin, "2. Dezember 2026 um 15:05 GMT+1"),
        ("fr", &berlin, "2 décembre 2026 à 15:05 UTC+1"),
        ("ja", &berlin, "2026年12月2日 15:05 GMT+1"),
        (
            "he",
            &berlin,
            "2 בדצמבר 2026 בשעה 15:05 GMT\u{200e}+1\u{200e}",
        ),
    ] {
        assert_eq!(Words::of(tag).unwrap().time(at, zone), written, "{tag}");
    }
    let written: Vec<_> = Words::all()
        .iter()
        .map(|words| words.time(at, &berlin))
        .collect();
    assert!(
        written.iter().all(|time| time.contains("2026")),
        "{written:?}"
    );
}
