//! What commands print.

use std::io::{self, Write as _};

/// Prints what a script reads.
///
/// # Errors
/// When standard output is closed.
pub(super) fn result(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// Prints what a person reads while they wait.
pub(super) fn say(text: &str) {
    // Nobody is left to tell when standard error is closed.
    writeln!(io::stderr().lock(), "{text}").ok();
}

/// Prints why a command failed, with its causes.
pub(super) fn problem(error: &anyhow::Error) {
    say(&format!("leftoff: {error:#}"));
}
