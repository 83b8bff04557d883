//! `cargo xtask demo`: Leftoff beside a local Persona.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{setup, site};

/// Sets up, builds, and hands over to `leftoff demo` until Ctrl-C.
pub(crate) fn run(workspace: &Workspace, arguments: &[OsString]) -> Result<()> {
    setup::for_build(workspace)?;
    site::build(workspace)?;
    let mut command = workspace.command(workspace.release("leftoff"));
    command.arg("demo").args(arguments);
    hand_over(&mut command).context("cannot run `leftoff demo`")
}

/// Becomes the program, so that Ctrl-C reaches it alone and the shell waits for its end.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    Err(command.exec().into())
}

#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<()> {
    crate::workspace::run(command)
}
