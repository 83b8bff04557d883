//! Python's packages, in an environment of their own below the build's folder.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::apt;
use crate::workspace::{Workspace, read, run};

const ENVIRONMENT: &str = "target/python";
/// A copy of the list that the installed packages came from.
const STAMP: &str = "target/python/installed.txt";

/// The interpreter that knows the packages.
pub(crate) fn interpreter(workspace: &Workspace) -> PathBuf {
    workspace.path(ENVIRONMENT).join("bin/python")
}

/// Installs the packages that a folder's requirements.txt names, unless they are there already.
pub(crate) fn install(workspace: &Workspace, folder: &str) -> Result<()> {
    let list = workspace.path(folder).join("requirements.txt");
    let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let stamp = workspace.path(STAMP);
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("==> installing the Python packages of {folder}");
    make(workspace)?;
    let mut pip = workspace.command(interpreter(workspace));
    run(pip
        .args(["-m", "pip", "install", "--quiet", "--requirement"])
        .arg(&list))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Makes the environment; Debian keeps that part of Python in a package of its own.
fn make(workspace: &Workspace) -> Result<()> {
    let has_venv = read(
        workspace
            .command("python3")
            .args(["-c", "import ensurepip"]),
    )
    .is_some();
    if !has_venv && fs::exists("/etc/debian_version")? {
        apt::ensure(workspace, &["python3-venv"])?;
    }
    let mut command = workspace.command("python3");
    run(command.args(["-m", "venv", "--clear", ENVIRONMENT]))
        .context("install Python 3 with venv and try again")
}
