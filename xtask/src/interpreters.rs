//! What runs the examples of the API's documentation.

use std::fs;

use anyhow::{Result, bail};

use crate::apt;
use crate::workspace::{Workspace, read};

/// Each program, and Debian's package of it. Node is there already: the build needs it.
const PROGRAMS: [(&str, &str); 4] = [
    ("curl", "curl"),
    ("jq", "jq"),
    ("python3", "python3"),
    ("ruby", "ruby"),
];

/// Installs what is missing where we know how, and says what is missing elsewhere.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    let missing =
        |(program, _): &&(&str, &str)| read(workspace.command(program).arg("--version")).is_none();
    let packages: Vec<&str> = PROGRAMS
        .iter()
        .filter(missing)
        .map(|(_, name)| *name)
        .collect();
    if packages.is_empty() {
        return Ok(());
    }
    if fs::exists("/etc/debian_version")? {
        return apt::ensure(workspace, &packages);
    }
    bail!(
        "the examples of the API need {}; install them and try again",
        packages.join(", ")
    )
}
