//! The site as it is released: server, wasm, scripts and styles, compressed.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, run};

/// Where cargo-leptos writes the hashes that it puts into the names of files.
const HASHES: &str = "hash.txt";

/// Not `serve` or `end-to-end`: those exit 0 when the build fails.
const BUILD: &str = "leptos build --release --precompress";

/// What makes a server of little more than half the size; it takes longer to build.
const SMALL: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
];

/// Builds everything that `leftoff serve` serves, to be tried soon.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    run(&mut workspace.tool("cargo-leptos", BUILD))
}

/// Builds the same as it is released and measured: small.
pub(crate) fn release(workspace: &Workspace) -> Result<()> {
    run(workspace.tool("cargo-leptos", BUILD).envs(SMALL))
}

/// Builds what the browser loads, as it is released, for the server of the Rust tests.
pub(crate) fn build_for_test(workspace: &Workspace) -> Result<()> {
    run(workspace.tool("cargo-leptos", BUILD).arg("--frontend-only"))?;
    // The names of the files are looked for beside the server.
    let (from, to) = (workspace.release(HASHES), workspace.debug(HASHES));
    fs::copy(&from, &to)
        .map(drop)
        .with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))
}
