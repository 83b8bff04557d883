//! How often something is measured.

use std::env;

use anyhow::{Context as _, Result};

/// As many rounds as usual, or what `ROUNDS` says: one is enough to see that a benchmark works.
///
/// # Errors
/// When `ROUNDS` is no number.
pub fn rounds(usual: usize) -> Result<usize> {
    match env::var("ROUNDS") {
        Ok(text) => text.parse().context("ROUNDS is no number"),
        Err(_) => Ok(usual),
    }
}
