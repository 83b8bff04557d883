//! What must be installed before anything else, each part only when it is missing.

use std::path::PathBuf;

use anyhow::Result;

use crate::tool::{self, Tool};
use crate::workspace::Workspace;
use crate::{chromium, interpreters, node, sdk, toolchain};

/// Installs what a build needs.
pub(crate) fn for_build(workspace: &Workspace) -> Result<()> {
    let tools = [Tool::cargo_leptos(), Tool::wasm_bindgen(workspace)?];
    install(workspace, &tools)
}

/// Installs what the checks and the tests need beside that, and gives the browser's path.
pub(crate) fn for_test(workspace: &Workspace) -> Result<PathBuf> {
    let tools = [
        Tool::cargo_leptos(),
        Tool::wasm_bindgen(workspace)?,
        Tool::cargo_deny(),
    ];
    install(workspace, &tools)?;
    node::install(workspace, "end2end")?;
    interpreters::ensure(workspace)?;
    chromium::ensure(workspace)
}

fn install(workspace: &Workspace, tools: &[Tool]) -> Result<()> {
    node::check(workspace)?;
    toolchain::ensure(workspace)?;
    tool::ensure(workspace, tools)?;
    node::install(workspace, "")?;
    sdk::copy(workspace)
}
