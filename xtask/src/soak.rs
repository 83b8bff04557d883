//! `cargo xtask soak`: whether memory stays flat under load, for as long as it is told to.

use anyhow::Result;

use crate::benches;
use crate::workspace::{Workspace, run as run_command};

/// Builds what is released and the soak, then runs it.
pub(crate) fn run(workspace: &Workspace, minutes: u32) -> Result<()> {
    benches::build(workspace)?;
    let mut command = benches::program(workspace, "soak");
    command.env("SOAK_MINUTES", minutes.to_string());
    run_command(&mut command)
}
