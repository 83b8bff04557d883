//! Build tools written in Rust, installed into `.tools` so that nothing outside the project changes.

use std::fs;

use anyhow::{Context, Result};

use crate::lockfile;
use crate::workspace::{Workspace, read, run};

const FOLDER: &str = ".tools";
/// One build folder for all tools: they share many dependencies.
const BUILD: &str = ".tools/build";

/// A program from crates.io at one exact version.
pub(crate) struct Tool {
    package: &'static str,
    binary: &'static str,
    version: String,
    flags: &'static str,
}

impl Tool {
    /// Builds the wasm and the server, and puts the site together.
    ///
    /// A crate in its lock asks for a newer compiler than ours and yet builds with it. It may not
    /// fetch programs by itself: those it needs are in `.tools` and `node_modules`, at our versions.
    pub(crate) fn cargo_leptos() -> Self {
        Self {
            package: "cargo-leptos",
            binary: "cargo-leptos",
            version: "0.3.11".to_owned(),
            flags: "--locked --ignore-rust-version --features no_downloads",
        }
    }

    /// Makes the JavaScript side of the wasm; it must have the version of the library in Cargo.lock.
    ///
    /// Without its lock, which can name versions that crates.io has withdrawn.
    pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<Self> {
        let version = lockfile::version_of(workspace, "wasm-bindgen")?;
        Ok(Self {
            package: "wasm-bindgen-cli",
            binary: "wasm-bindgen",
            version,
            flags: "--bin wasm-bindgen",
        })
    }

    /// Checks licences, sources and banned crates.
    pub(crate) fn cargo_deny() -> Self {
        Self {
            package: "cargo-deny",
            binary: "cargo-deny",
            version: "0.20.2".to_owned(),
            flags: "--locked",
        }
    }

    fn is_installed(&self, workspace: &Workspace) -> bool {
        let answer = read(&mut workspace.tool(self.binary, "--version"));
        answer.is_some_and(|text| text.split_whitespace().nth(1) == Some(self.version.as_str()))
    }

    fn install(&self, workspace: &Workspace) -> Result<()> {
        eprintln!(
            "==> building {} {}, once; it takes minutes",
            self.package, self.version
        );
        // A debug build is three times as quick to make and only seconds slower to use.
        let mut command = workspace.cargo("install --debug");
        command
            .arg(self.package)
            .args(["--version", &self.version])
            .args(self.flags.split(' '));
        command.args(["--root", FOLDER]);
        command
            .env("CARGO_TARGET_DIR", workspace.path(BUILD))
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        run(&mut command).with_context(|| {
            format!(
                "{} was not installed; it needs crates.io and a C compiler",
                self.package
            )
        })
    }
}

/// Installs those tools that are missing or of another version.
pub(crate) fn ensure(workspace: &Workspace, tools: &[Tool]) -> Result<()> {
    for tool in tools.iter().filter(|tool| !tool.is_installed(workspace)) {
        tool.install(workspace)?;
    }
    let build = workspace.path(BUILD);
    if build.exists() {
        fs::remove_dir_all(&build).with_context(|| format!("cannot remove {}", build.display()))?;
    }
    Ok(())
}
