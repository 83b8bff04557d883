//! The parts of the Rust toolchain that rust-toolchain.toml names.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, read, run};

const WASM: &str = "wasm32-unknown-unknown";
const COMPONENTS: [(&str, &str); 2] = [("clippy", "bin/cargo-clippy"), ("rustfmt", "bin/rustfmt")];

/// Adds the wasm target, clippy and rustfmt where rustup left them out.
///
/// rustup installs them with the toolchain, but not into one that was there before.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    let sysroot = read(workspace.command("rustc").args(["--print", "sysroot"]))
        .map(PathBuf::from)
        .context("rustc does not run; install Rust from https://rustup.rs")?;
    if !sysroot.join("lib/rustlib").join(WASM).is_dir() {
        add(workspace, "target", WASM)?;
    }
    for (component, file) in COMPONENTS {
        if !sysroot
            .join(file)
            .with_extension(std::env::consts::EXE_EXTENSION)
            .is_file()
        {
            add(workspace, "component", component)?;
        }
    }
    Ok(())
}

fn add(workspace: &Workspace, kind: &str, name: &str) -> Result<()> {
    run(workspace.command("rustup").args([kind, "add", name])).with_context(|| {
        format!("the Rust {kind} {name} is missing; install Rust from https://rustup.rs and run `rustup {kind} add {name}`")
    })
}
