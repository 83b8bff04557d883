//! Numbers as the staff reads them.

use std::fmt::Display;

/// A whole number with its thousands apart.
pub(super) fn number<N: Display + Copy>(number: N) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
