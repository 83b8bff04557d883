//! The commands. What a script reads goes to standard output, the rest to standard error.

mod audit;
mod backup;
mod demo;
mod doctor;
mod import;
mod key;
mod link;
mod migrate;
mod output;
mod restore;
mod serve;
mod setup;
mod staff;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{CommandFactory as _, Parser, Subcommand};

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
        env = "LEFTOFF_CONFIG",
        hide_env_values = true
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
    Migrate(migrate::Migrate),
    /// Copy the database to a file, while it is served.
    Backup(backup::Backup),
    /// Put a backup where the database is, while it is not served.
    Restore(restore::Restore),
    /// Look for what is wrong with the settings and with everything that they lead to. Changes nothing.
    Doctor(doctor::Doctor),
}

/// Every command, with what is said of it: for the reference in `docs/cli.md`.
#[must_use]
pub fn reference() -> clap::Command {
    Cli::command()
}

/// How long a thread for what blocks, such as a long read, waits for more of it. Each holds a MB or two, so one that a busy
/// moment made goes as soon as it has no work.
const THREADS_WAIT: Duration = Duration::from_millis(100);

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = tokio::runtime::Builder::new_multi_thread()
        .thread_keep_alive(THREADS_WAIT)
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| {
            let done = runtime.block_on(execute(cli));
            // Nobody waits for a read or a look-up that was given up.
            runtime.shutdown_background();
            done
        });
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
    if let Command::Doctor(doctor) = cli.command {
        return doctor.run(&cli.config).await;
    }
    let config = Config::load(&cli.config)?;
    if let Command::Serve = cli.command {
        return serve::run(config).await;
    }
    telemetry::start(&config.log);
    match cli.command {
        Command::Link(link) => link.run(config).await,
        Command::Key(key) => key.run(&config).await,
        Command::Staff(staff) => staff.run(&config).await,
        Command::Audit(audit) => audit.run(&config).await,
        Command::Import(import) => import.run(config).await,
        Command::Migrate(migrate) => migrate.run(&config).await,
        Command::Backup(backup) => backup.run(&config).await,
        Command::Restore(restore) => restore.run(&config).await,
        Command::Serve | Command::Demo(_) | Command::Doctor(_) | Command::Openapi => Ok(()),
    }
}
