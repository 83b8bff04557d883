//! `cargo xtask`: sets the project up, runs it and tests it, with nothing but cargo and Node to begin with.

mod apt;
mod bench;
mod benches;
mod chromium;
mod cluster;
mod demo;
mod fuzz;
mod interpreters;
mod lint;
mod lockfile;
mod node;
mod python;
mod sdk;
mod setup;
mod site;
mod soak;
mod stage;
mod test;
mod tool;
mod toolchain;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::test::Part;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sets Leftoff up, runs it and tests it")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs what the build needs and is not there yet.
    Setup,
    /// Builds what is released: the binary, and the site that it serves.
    Build,
    /// Builds Leftoff and runs it beside a local Persona, with links to try.
    Demo {
        /// Handed to `leftoff demo` as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Runs all checks and tests, or only the named parts.
    Test {
        /// The parts to run; all of them when none is named.
        parts: Vec<Part>,
    },
    /// Runs the checks that start no program of ours: the same as `test lint`.
    Lint,
    /// Measures the released binary and prints a table.
    Bench {
        /// What to measure.
        subject: bench::Subject,
    },
    /// Gives everything that strangers can send as many made-up inputs as there is time for.
    Fuzz {
        /// How long each target runs.
        #[arg(long, default_value_t = 120)]
        seconds: u32,
    },
    /// Keeps the released binary under load and fails when its memory grows.
    Soak {
        /// How long.
        #[arg(long, default_value_t = 30)]
        minutes: u32,
    },
    /// Looks for known holes in the dependencies; the answer changes by the day, so `test` leaves it out.
    Advisories,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let workspace = Workspace::here();
    match task {
        Task::Setup => setup::for_build(&workspace),
        Task::Build => setup::for_build(&workspace).and_then(|()| site::release(&workspace)),
        Task::Demo { arguments } => demo::run(&workspace, &arguments),
        Task::Test { parts } => test::run(&workspace, &parts),
        Task::Lint => test::run(&workspace, &[Part::Lint]),
        Task::Bench { subject } => bench::run(&workspace, subject),
        Task::Fuzz { seconds } => fuzz::run(&workspace, seconds),
        Task::Soak { minutes } => soak::run(&workspace, minutes),
        Task::Advisories => lint::check_advisories(&workspace),
    }
}
