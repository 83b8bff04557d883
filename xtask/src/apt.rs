//! Packages of Debian and Ubuntu.

use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, read, run};

/// Installs the packages that are missing, by sudo unless we are root.
pub(crate) fn ensure(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|name| !is_installed(workspace, name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    eprintln!("==> installing Debian packages: {list}");
    run(apt_get(workspace).arg("update"))
        .and_then(|()| {
            run(apt_get(workspace)
                .args(["install", "--yes", "--no-install-recommends"])
                .args(&missing))
        })
        .with_context(|| format!("run this and try again: sudo apt-get install {list}"))
}

fn is_installed(workspace: &Workspace, package: &str) -> bool {
    let status = read(workspace.command("dpkg-query").args([
        "--show",
        "--showformat=${db:Status-Status}",
        package,
    ]));
    status.as_deref() == Some("installed")
}

fn apt_get(workspace: &Workspace) -> Command {
    let mut command = if is_root(workspace) {
        workspace.command("env")
    } else {
        let mut command = workspace.command("sudo");
        command.arg("env");
        command
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

/// Whether we may do everything.
pub(crate) fn is_root(workspace: &Workspace) -> bool {
    read(workspace.command("id").arg("-u")).as_deref() == Some("0")
}
