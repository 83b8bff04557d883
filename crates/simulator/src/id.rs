//! Identifiers in Persona's form: a prefix that names the kind, then letters and digits.

/// Length after the prefix, as in inquiry IDs since 2024-01-29 (docs.withpersona.com/changelog/2024/1/29).
const LENGTH: usize = 28;

/// A fresh identifier such as `inq_…` for the prefix `inq`.
pub(crate) fn make(random: &mut fastrand::Rng, prefix: &str) -> String {
    format!("{prefix}_{}", letters(random, LENGTH))
}

/// `length` random letters and digits.
pub(crate) fn letters(random: &mut fastrand::Rng, length: usize) -> String {
    std::iter::repeat_with(|| random.alphanumeric())
        .take(length)
        .collect()
}
