//! Node.js and the npm packages that lock files name.

use std::fs;
use std::io;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, read, run};

const OLDEST: u32 = 20;
/// A copy of the lock file that the installed packages came from.
const STAMP: &str = "node_modules/.installed-lock.json";

/// Fails with directions unless Node.js and npm are there and new enough.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let found = read(workspace.command("node").arg("--version")).unwrap_or_default();
    match major(&found) {
        Some(version) if version >= OLDEST => Ok(()),
        Some(_) => bail!(
            "Node.js {found} is too old; install {OLDEST} or newer from https://nodejs.org/en/download"
        ),
        None => bail!(
            "Node.js is missing; install {OLDEST} or newer, with npm, from https://nodejs.org/en/download"
        ),
    }
}

/// Installs the packages of one folder exactly as locked, unless they are there already.
pub(crate) fn install(workspace: &Workspace, folder: &str) -> Result<()> {
    let folder = workspace.path(folder);
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join(STAMP);
    if is_same(fs::read(&stamp), &wanted) {
        return Ok(());
    }
    eprintln!("==> installing the npm packages of {}", folder.display());
    run(workspace.command("npm").arg("ci").current_dir(&folder))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

fn is_same(stamp: io::Result<Vec<u8>>, wanted: &[u8]) -> bool {
    stamp.is_ok_and(|installed| installed == wanted)
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
    }

    #[test]
    fn anything_else_is_no_version() {
        assert_eq!(major("command not found"), None);
        assert_eq!(major(""), None);
    }
}
