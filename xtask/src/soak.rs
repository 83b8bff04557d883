//! `cargo xtask soak`: whether memory stays flat under load, for as long as it is told to.

use anyhow::Result;

use crate::workspace::{Workspace, run as run_command};
use crate::{setup, site};

/// Builds what is released and the soak, then runs it.
pub(crate) fn run(workspace: &Workspace, minutes: u32) -> Result<()> {
    setup::for_build(workspace)?;
    site::release(workspace)?;
    run_command(&mut workspace.cargo("build --release --package benches"))?;
    let mut command = workspace.command(workspace.release("soak"));
    command.env("SOAK_MINUTES", minutes.to_string());
    run_command(&mut command)
}
