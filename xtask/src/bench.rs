//! `cargo xtask bench`: figures, measured on this machine in one run.

use anyhow::Result;
use clap::ValueEnum;

use crate::workspace::{Workspace, run as run_command};
use crate::{setup, site};

/// What can be measured.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// `resume_inquiry` beside a bare axum and reqwest passthrough.
    Resume,
    /// The staff's pages at up to a million inquiries, what they weigh, and how fast a bulk is.
    Ops,
}

impl Subject {
    const fn program(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::Ops => "ops",
        }
    }
}

/// Builds what is released and the benchmarks, then measures.
pub(crate) fn run(workspace: &Workspace, subject: Subject) -> Result<()> {
    setup::for_build(workspace)?;
    site::build(workspace)?;
    run_command(&mut workspace.cargo("build --release --package benches"))?;
    run_command(&mut workspace.command(workspace.release(subject.program())))
}
