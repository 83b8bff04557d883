//! `cargo xtask test`: everything that must hold before a change goes in.

use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::stage::Report;
use crate::workspace::{Workspace, run as run_command};
use crate::{
    chromium,
    cluster::{self, Cluster},
    lint, setup, site,
};

/// Tests that ask no database anything, or have one of their own whatever the others have; and those that kill a process
/// and start it again, which on PostgreSQL would wait for its shift to end each time: the tests of nodes kill there.
const NOT_ON_POSTGRES: [&str; 13] = [
    "a_process_that_is_killed",
    "backup::",
    "cli::",
    "doctor::",
    "faults::",
    "headers::",
    "imports::",
    "kills::",
    "languages::",
    "nodes::",
    "operating::",
    "reference::",
    "words::",
];

/// A part of the tests that can be run alone.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting, clippy, dependencies.
    Lint,
    /// Unit, integration and documentation tests.
    Rust,
    /// The site, driven in Chromium.
    Browser,
}

/// Runs the named parts, or all, and fails if any stage failed or could not run.
pub(crate) fn run(workspace: &Workspace, parts: &[Part]) -> Result<()> {
    let wanted = |part| parts.is_empty() || parts.contains(&part);
    let mut report = Report::default();
    let browser = report
        .run("set-up", || setup::for_test(workspace))
        .context("nothing was tested")?;
    if wanted(Part::Lint) {
        lint::run_all(workspace, &mut report);
    }
    let built = (wanted(Part::Rust) || wanted(Part::Browser))
        && report
            .run("Rust build", || {
                run_command(&mut workspace.cargo("test --workspace --no-run"))
            })
            .is_some();
    if wanted(Part::Rust) {
        run_rust(workspace, built, &mut report);
    }
    if wanted(Part::Browser) {
        run_browser(workspace, built, &browser, &mut report);
    }
    report.finish()
}

/// On SQLite, then what speaks to the database once more on PostgreSQL.
fn run_rust(workspace: &Workspace, built: bool, report: &mut Report) {
    const SQLITE: &str = "Rust tests";
    const POSTGRES: &str = "on PostgreSQL";
    let cluster = report.run("PostgreSQL", || {
        Cluster::start(workspace, cluster::ensure(workspace)?)
    });
    let Some(cluster) = cluster.filter(|_| built) else {
        report.miss(SQLITE);
        return report.miss(POSTGRES);
    };
    let tests = |arguments| {
        let mut command = workspace.cargo(arguments);
        command.env("LEFTOFF_TEST_POSTGRES", cluster.url());
        command
    };
    report.run(SQLITE, || {
        run_command(&mut tests("test --workspace --no-fail-fast"))
    });
    report.run(POSTGRES, || {
        let mut command = tests("test --package leftoff --test it --no-fail-fast --");
        for module in NOT_ON_POSTGRES {
            command.args(["--skip", module]);
        }
        run_command(command.env("LEFTOFF_TEST_DATABASE", cluster.url()))
    });
}

/// The server is the one that the Rust tests start: with the checks of a debug build, and built once.
fn run_browser(workspace: &Workspace, built: bool, browser: &Path, report: &mut Report) {
    const NAME: &str = "browser tests";
    let site = || site::build_for_test(workspace);
    if report.run("site build", site).is_none() || !built {
        return report.miss(NAME);
    }
    let folder = workspace.path("end2end");
    let mut command = workspace.command(folder.join("node_modules/.bin/playwright"));
    command
        .arg("test")
        .current_dir(folder)
        .env("LEFTOFF_BIN", workspace.debug("leftoff"))
        .env(chromium::VARIABLE, browser);
    report.run(NAME, || run_command(&mut command));
}
