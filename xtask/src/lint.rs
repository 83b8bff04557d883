//! Checks that start no program of ours.

use anyhow::Result;

use crate::stage::Report;
use crate::workspace::{Workspace, run};

/// Formatting, clippy on both sides, dependencies, and the types of the browser tests.
pub(crate) fn run_all(workspace: &Workspace, report: &mut Report) {
    report.run("format", || run(&mut workspace.cargo("fmt --all --check")));
    report.run("clippy, server", || {
        run(&mut workspace.cargo("clippy --workspace --all-targets -- --deny warnings"))
    });
    report.run("clippy, browser", || {
        run(workspace
            .cargo("clippy --package leftoff --lib --target wasm32-unknown-unknown")
            .args([
                "--no-default-features",
                "--features",
                "hydrate",
                "--",
                "--deny",
                "warnings",
            ]))
    });
    report.run("dependencies", || {
        run(&mut workspace.tool(
            "cargo-deny",
            "check --hide-inclusion-graph bans licenses sources",
        ))
    });
    report.run("types of tests", || {
        run(workspace
            .command("end2end/node_modules/.bin/tsc")
            .args(["--project", "end2end"]))
    });
}

/// Fails when a known vulnerability touches a dependency; it fetches the database from GitHub.
pub(crate) fn check_advisories(workspace: &Workspace) -> Result<()> {
    crate::setup::for_test(workspace)?;
    run(&mut workspace.tool("cargo-deny", "check advisories"))
}
