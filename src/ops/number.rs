//! Numbers as the staff reads them.

use icu_decimal::input::Decimal;

use crate::words;

/// A whole number with its thousands apart, in English as all of ops.
pub(super) fn number(number: impl Into<Decimal>) -> String {
    words::number::write("en", number)
}
