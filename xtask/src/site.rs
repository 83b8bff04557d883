//! The site as it is released: server, wasm, scripts and styles, compressed.

use anyhow::Result;

use crate::workspace::{Workspace, run};

/// Builds everything that `leftoff serve` serves.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    // Not `serve` or `end-to-end`: those exit 0 when the build fails.
    run(&mut workspace.tool("cargo-leptos", "leptos build --release --precompress"))
}
