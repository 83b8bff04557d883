//! The commands. What a script reads goes to standard output, the rest to standard error.

mod audit;
mod demo;
mod import;
mod key;
mod link;
mod output;
mod serve;
mod setup;
mod staff;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{api, config::Config, telemetry};

/// Gets people back into an identity check that they left unfinished.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    /// The settings' file.
    #[arg(
        long,
        global = true,
        default_value = "Leptos.toml",
        env = "LEFTOFF_CONFIG"
    )]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal.
    Serve,
    /// Serve the portal beside a simulated Persona, with inquiries and links to try.
    Demo(demo::Demo),
    /// Make, list and revoke links.
    #[command(subcommand)]
    Link(link::Link),
    /// Make, list and revoke keys of the API.
    #[command(subcommand)]
    Key(key::Key),
    /// Print the OpenAPI document of the API.
    Openapi,
    /// Add people to the staff, list them, and let them in again.
    #[command(subcommand)]
    Staff(staff::Command),
    /// Verify and export the audit.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Read inquiries from Persona into the queue.
    Import(import::Import),
    /// Make the database, or bring its tables up to date.
    Migrate,
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = tokio::runtime::Runtime::new()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(execute(cli)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::problem(&error);
            ExitCode::FAILURE
        }
    }
}

async fn execute(cli: Cli) -> anyhow::Result<()> {
    if let Command::Demo(demo) = &cli.command {
        return demo.run(&cli.config).await;
    }
    if matches!(cli.command, Command::Openapi) {
        return Ok(output::result(api::text()?.trim_end())?);
    }
    if let Command::Audit(audit::Command::Verify(verify)) = &cli.command
        && let Some(file) = &verify.file
    {
        return verify.file(file);
    }
    let config = Config::load(&cli.config)?;
    telemetry::start(&config.log);
    match cli.command {
        Command::Serve => serve::run(config).await,
        Command::Link(link) => link.run(config).await,
        Command::Key(key) => key.run(&config).await,
        Command::Staff(staff) => staff.run(&config).await,
        Command::Audit(audit) => audit.run(&config).await,
        Command::Import(import) => import.run(config).await,
        Command::Migrate => setup::store(&config).await.map(drop),
        Command::Demo(_) | Command::Openapi => Ok(()),
    }
}
