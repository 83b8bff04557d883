//! `cargo xtask bench`: figures, measured on this machine in one run.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;

use crate::workspace::{Workspace, run as run_command};
use crate::{benches, chromium, node, python};

/// What drives the browser.
const DRIVER: &str = "benches/browser";

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// `resume_inquiry` beside a bare axum and reqwest passthrough, Express, Next.js and Flask.
    Resume,
    /// How soon the flow is ready in a slowed browser, beside static HTML, Next.js and Flask.
    Flow,
    /// How soon it works after it was started, its memory and its size.
    Start,
    /// The staff's pages at up to a million inquiries, what they weigh, and how fast a bulk is.
    Ops,
    /// How soon the company's own systems hear of what was committed.
    Deliveries,
    /// Durable webhook events beside raw inserts and beside Express with better-sqlite3.
    Webhooks,
}

/// What something is measured beside: a folder of `benches/peers`.
#[derive(Clone, Copy)]
enum Peer {
    Express,
    ExpressWebhooks,
    Next,
    Flask,
}

impl Subject {
    const fn program(self) -> &'static str {
        match self {
            Self::Resume => "resume",
            Self::Flow => "flow",
            Self::Start => "start",
            Self::Ops => "ops",
            Self::Deliveries => "deliveries",
            Self::Webhooks => "webhooks",
        }
    }

    const fn peers(self) -> &'static [Peer] {
        match self {
            Self::Resume => &[Peer::Express, Peer::Next, Peer::Flask],
            Self::Flow => &[Peer::Next, Peer::Flask],
            Self::Webhooks => &[Peer::ExpressWebhooks],
            Self::Start | Self::Ops | Self::Deliveries => &[],
        }
    }
}

impl Peer {
    /// Installs what it needs, exactly as locked.
    fn install(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::Express => node::install(workspace, "benches/peers/express-resume"),
            Self::ExpressWebhooks => node::install(workspace, "benches/peers/express-webhooks"),
            Self::Next => {
                const FOLDER: &str = "benches/peers/next-persona-react";
                node::install(workspace, FOLDER)?;
                let mut build = workspace.command("npm");
                build.args(["run", "build"]);
                build.env("NEXT_TELEMETRY_DISABLED", "1");
                run_command(build.current_dir(workspace.path(FOLDER)))
            }
            Self::Flask => python::install(workspace, "benches/peers/flask-tutorial"),
        }
    }
}

/// Builds what is released and the benchmarks, then measures.
pub(crate) fn run(workspace: &Workspace, subject: Subject) -> Result<()> {
    benches::build(workspace)?;
    for peer in subject.peers() {
        peer.install(workspace)?;
    }
    let mut command = benches::program(workspace, subject.program());
    command.env("PEERS", workspace.path("benches/peers"));
    command.env("PYTHON", python::interpreter(workspace));
    if subject == Subject::Flow {
        command.env("BROWSER", workspace.path(DRIVER));
        command.env(chromium::VARIABLE, browser(workspace)?);
    }
    run_command(&mut command)
}

/// Installs the browser and what drives it; gives the browser's path.
fn browser(workspace: &Workspace) -> Result<PathBuf> {
    node::install(workspace, DRIVER)?;
    // Where the system has no Chromium that can be driven, the browser tests' Playwright fetches one.
    node::install(workspace, "end2end")?;
    chromium::ensure(workspace)
}
