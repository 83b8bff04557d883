//! How soon the released binary can work after it was started, what memory it holds, and how large it is.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use benches::{
    linked, machine,
    process::Server,
    rounds::rounds,
    running::{self, free_address, released, variables},
    table,
};
use reqwest::Client;
use simulator::{Seed, Simulator, Status};
use tempfile::TempDir;

/// Of each kind of start.
const STARTS: usize = 21;
/// Pages that are asked for before memory is read again.
const PAGES: usize = 100;
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at whether it is ready.
const PAUSE: Duration = Duration::from_millis(1);

/// What one start showed.
struct Start {
    milliseconds: f64,
    ready_mb: f64,
    used_mb: f64,
}

/// What is started, and with what.
struct Bench {
    persona: Simulator,
    client: Client,
}

#[tokio::main]
async fn main() -> Result<()> {
    let rounds = rounds(STARTS)?;
    let persona = running::persona(u32::MAX).await?;
    let client = Client::builder()
        .timeout(Duration::from_secs(1))
        .pool_max_idle_per_host(0)
        .build()?;
    let bench = Bench { persona, client };
    let known = TempDir::new()?;
    let token = bench.seed(known.path()).await?;
    let (mut existing, mut empty) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        existing.push(bench.start(known.path(), &format!("/r/{token}")).await?);
        let fresh = TempDir::new()?;
        empty.push(bench.start(fresh.path(), "/").await?);
        eprintln!("round {} of {rounds}", round + 1);
    }
    report(&existing, &empty)
}

impl Bench {
    /// A database with one inquiry and one link; gives the link's token.
    async fn seed(&self, folder: &Path) -> Result<String> {
        let id = self.persona.control().create_inquiry(&Seed {
            status: Status::Pending,
            ..Seed::default()
        });
        let tokens = linked::seed(&database(folder), &[id], "pending").await?;
        tokens.into_iter().next().context("no link")
    }

    async fn start(&self, folder: &Path, page: &str) -> Result<Start> {
        let (addr, url) = free_address()?;
        let mut variables = variables(&database(folder));
        variables.extend([
            (
                "LEFTOFF_PERSONA__API_URL",
                self.persona.api_url().to_string(),
            ),
            ("LEFTOFF_SERVER__ADDR", addr),
            ("LEFTOFF_SERVER__PUBLIC_URL", url.clone()),
            ("LEFTOFF_LIMITS__PAGES", u32::MAX.to_string()),
        ]);
        let begin = Instant::now();
        let server = Server::spawn(&released()?, &["serve"], &variables)?;
        self.is_ready(&format!("{url}/readyz"), begin).await?;
        let milliseconds = begin.elapsed().as_secs_f64() * 1000.0;
        let ready_mb = server.resident_mb()?;
        for _ in 0..PAGES {
            let answer = self.client.get(format!("{url}{page}")).send().await?;
            answer.error_for_status()?.bytes().await?;
        }
        let used_mb = server.resident_mb()?;
        server.stop()?;
        Ok(Start {
            milliseconds,
            ready_mb,
            used_mb,
        })
    }

    async fn is_ready(&self, ready: &str, begin: Instant) -> Result<()> {
        while begin.elapsed() < PATIENCE {
            let answer = self.client.get(ready).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        bail!("it is not ready in time")
    }
}

fn database(folder: &Path) -> String {
    running::database(folder, "bench.db")
}

fn report(existing: &[Start], empty: &[Start]) -> Result<()> {
    println!(
        "{} starts of each kind in turn, from the start of the process until /readyz answers 200; median (least–most)\n",
        existing.len()
    );
    println!(
        "| database | ms until ready | MB when ready | MB after the first {PAGES} pages |\n|---|---|---|---|"
    );
    for (name, starts) in [
        ("existing, pages of a link", existing),
        ("empty, the start page", empty),
    ] {
        let of = |figure: fn(&Start) -> f64| table::spread(starts.iter().map(figure).collect());
        println!(
            "| {name} | {} | {} | {} |",
            of(|start| start.milliseconds),
            of(|start| start.ready_mb),
            of(|start| start.used_mb)
        );
    }
    let bytes = fs::metadata(released()?)?.len();
    let bytes = f64::from(u32::try_from(bytes)?);
    println!("\nThe binary: {:.1} MB", bytes / 1e6);
    println!("{}", machine::describe());
    Ok(())
}
