//! `cargo xtask bench`: figures, measured on this machine in one run.

use anyhow::Result;
use clap::ValueEnum;

use crate::workspace::{Workspace, run as run_command};
use crate::{node, setup, site};

/// What can be measured.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Subject {
    /// `resume_inquiry` beside a bare axum and reqwest passthrough, and beside Express.
    Resume,
    /// The staff's pages at up to a million inquiries, what they weigh, and how fast a bulk is.
    Ops,
    /// How soon the company's own systems hear of what was committed.
    Deliveries,
    /// Durable webhook events beside raw inserts and beside Express with better-sqlite3.
    Webhooks,
}

impl Subject {
    const fn program(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::Ops => "ops",
            Self::Deliveries => "deliveries",
            Self::Webhooks => "webhooks",
        }
    }

    /// What it is measured beside that npm installs.
    const fn peer(self) -> Option<&'static str> {
        match self {
            Self::Resume => Some("benches/peers/express-resume"),
            Self::Webhooks => Some("benches/peers/express-webhooks"),
            Self::Ops | Self::Deliveries => None,
        }
    }
}

/// Builds what is released and the benchmarks, then measures.
pub(crate) fn run(workspace: &Workspace, subject: Subject) -> Result<()> {
    setup::for_build(workspace)?;
    site::build(workspace)?;
    run_command(&mut workspace.cargo("build --release --package benches"))?;
    let mut command = workspace.command(workspace.release(subject.program()));
    if let Some(peer) = subject.peer() {
        node::install(workspace, peer)?;
        command.env("PEER", workspace.path(peer));
    }
    run_command(&mut command)
}
