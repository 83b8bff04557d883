//! The programs that measure the released server.

use std::process::Command;

use anyhow::Result;

use crate::workspace::{Workspace, run};
use crate::{setup, site};

/// Not cargo's own profile `bench`, which shares its place with the server.
const BUILD: &str = "build --profile benches --package benches";

/// Builds what is released, and all that measures it.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    setup::for_build(workspace)?;
    site::release(workspace)?;
    run(&mut workspace.cargo(BUILD))
}

/// One of the programs, to be started.
pub(crate) fn program(workspace: &Workspace, name: &str) -> Command {
    let mut command = workspace.command(workspace.benches(name));
    command.env("LEFTOFF_BIN", workspace.release("leftoff"));
    command
}
