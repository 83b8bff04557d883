//! Checks that start no program of ours.

use anyhow::Result;

use crate::setup;
use crate::stage::Report;
use crate::workspace::{Workspace, run};

const SERVER: &str = "clippy --workspace --all-targets -- --deny warnings";
const BROWSER: &str = "clippy --package leftoff --lib --target wasm32-unknown-unknown \
    --no-default-features --features hydrate -- --deny warnings";
const DEPENDENCIES: &str = "check --hide-inclusion-graph bans licenses sources";
const TYPESCRIPT: &str = "end2end/node_modules/.bin/tsc";

/// Formatting, clippy on both sides, dependencies, and the types of the browser tests.
pub(crate) fn run_all(workspace: &Workspace, report: &mut Report) {
    let cargo = |arguments| run(&mut workspace.cargo(arguments));
    report.run("format", || cargo("fmt --all --check"));
    report.run("clippy, server", || cargo(SERVER));
    report.run("clippy, browser", || cargo(BROWSER));
    report.run("dependencies", || {
        run(&mut workspace.tool("cargo-deny", DEPENDENCIES))
    });
    report.run("types", || {
        run(workspace.command(TYPESCRIPT).args(["--project", "end2end"]))
    });
}

/// Fails when a known vulnerability touches a dependency; it fetches the database from GitHub.
pub(crate) fn check_advisories(workspace: &Workspace) -> Result<()> {
    setup::for_test(workspace)?;
    run(&mut workspace.tool("cargo-deny", "check advisories"))
}
