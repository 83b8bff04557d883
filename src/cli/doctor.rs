//! `leftoff doctor`.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::output;
use crate::{
    clock::Clock,
    config::Inspected,
    doctor::{self, Finding, State},
};

/// Look for what is wrong with the settings and with everything that they lead to. Changes nothing.
#[derive(Args, Debug)]
pub(super) struct Doctor {
    /// A backup that should be recent, to look at too.
    #[arg(long)]
    backup: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Doctor {
    /// Settings that cannot be used are a finding like any other, so they are not loaded as other commands do.
    pub(super) async fn run(self, file: &Path) -> anyhow::Result<()> {
        let settings = Inspected::read(file);
        let doctor = doctor::Doctor::new(settings, Clock::system(), self.backup)?;
        let findings = doctor.examine().await;
        if self.json {
            let worst = findings.iter().map(|finding| finding.state).max();
            let report = json!({ "state": worst.unwrap_or(State::Ok), "findings": findings });
            output::result(&report.to_string())?;
        } else {
            print(&findings)?;
        }
        let count = |state| findings.iter().filter(|found| found.state == state).count();
        let (failed, warnings) = (count(State::Failed), count(State::Warning));
        if failed > 0 {
            bail!("{failed} checks failed, {warnings} warn");
        }
        output::say(&format!("no check failed, {warnings} warn"));
        Ok(())
    }
}

/// Prints for people: in colour on a terminal, unless `NO_COLOR` is set.
fn print(findings: &[Finding]) -> io::Result<()> {
    let mut out = AutoStream::auto(io::stdout().lock());
    for finding in findings {
        line(&mut out, finding)?;
    }
    out.flush()
}

fn line(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let (word, style) = match finding.state {
        State::Ok => ("ok", AnsiColor::Green.on_default()),
        State::Note => ("note", AnsiColor::Cyan.on_default()),
        State::Warning => ("warning", AnsiColor::Yellow.on_default()),
        State::Failed => ("failed", AnsiColor::Red.on_default().bold()),
    };
    let (name, found) = (finding.name, &finding.found);
    writeln!(out, "{style}{word:8}{style:#} {name}: {found}")?;
    if let Some(todo) = &finding.todo {
        let dim = Style::new().dimmed();
        writeln!(out, "{:9}{dim}why{dim:#} {}", "", finding.why)?;
        writeln!(out, "{:9}{dim}do{dim:#}  {todo}", "")?;
    }
    Ok(())
}
