//! `cargo xtask fuzz`: what the tests do a little of, for as long as it is told to.

use anyhow::Result;

use crate::setup;
use crate::workspace::{Workspace, run as run_command};

/// Runs every target for so many seconds, one after the other, and lets each say how many inputs it was given.
pub(crate) fn run(workspace: &Workspace, seconds: u32) -> Result<()> {
    setup::for_build(workspace)?;
    let mut command = workspace.cargo("test --test it fuzz:: -- --nocapture --test-threads=1");
    command.env("LEFTOFF_FUZZ_SECONDS", seconds.to_string());
    run_command(&mut command)
}
