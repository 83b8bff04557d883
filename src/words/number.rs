//! Numbers in a text, as its language writes them.

use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale::Locale;
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};

/// The writer of one language; it is made once.
struct Writer(DecimalFormatter);

impl Memoizable for Writer {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale: Locale = language.to_string().parse().map_err(drop)?;
        let writer = DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default());
        writer.map(Self).map_err(drop)
    }
}

/// Writes a value that is a number, and leaves every other to Fluent.
pub(super) fn write(value: &FluentValue<'_>, languages: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let number: Decimal = number.value.to_string().parse().ok()?;
    let written =
        languages.with_try_get::<Writer, _, _>((), |writer| writer.0.format(&number).to_string());
    written.ok()
}
