//! The site as it is released: server, wasm, scripts and styles, compressed.

use std::fs;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, run};

/// Where cargo-leptos writes the hashes that it puts into the names of files.
const HASHES: &str = "hash.txt";

/// Builds everything that `leftoff serve` serves.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    // Not `serve` or `end-to-end`: those exit 0 when the build fails.
    run(&mut workspace.tool("cargo-leptos", "leptos build --release --precompress"))
}

/// Builds what the browser loads, as it is released, for the server of the Rust tests.
pub(crate) fn build_for_test(workspace: &Workspace) -> Result<()> {
    let build = "leptos build --release --precompress --frontend-only";
    run(&mut workspace.tool("cargo-leptos", build))?;
    // The names of the files are looked for beside the server.
    let (from, to) = (workspace.release(HASHES), workspace.debug(HASHES));
    fs::copy(&from, &to)
        .map(drop)
        .with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))
}
