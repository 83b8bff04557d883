//! `resume_inquiry` of the released binary beside a bare passthrough and what people would write instead, in turn, against one
//! simulated Persona.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::{path::Path, time::Duration};

use anyhow::Result;
use benches::{
    linked,
    load::Round,
    machine, peers,
    rounds::rounds,
    running::{self, Running},
    table,
};
use reqwest::{Client, Method, Request};
use simulator::{Seed, Simulator, Status};
use tempfile::TempDir;

const ROUNDS: usize = 7;
const REQUESTS: usize = 3_000;
const AT_ONCE: usize = 16;

/// A server that does nothing but resume, and what was measured of it.
struct Peer {
    name: &'static str,
    running: Running,
    rounds: Vec<Round>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let rounds = rounds(ROUNDS)?;
    let folder = TempDir::new()?;
    let persona = running::persona(u32::MAX).await?;
    let database = running::database(folder.path(), "bench.db");
    let expired: Vec<String> = (0..rounds * REQUESTS).map(|_| expired(&persona)).collect();
    let tokens = linked::seed(&database, &expired, "expired").await?;
    let leftoff = Running::leftoff(&persona, &database, &[]).await?;
    let idle = leftoff.server.resident_mb()?;
    let mut peers = start(&persona, folder.path()).await?;

    // Node closes a connection that rests for five seconds; one that is just being closed must not be used again.
    let client = Client::builder()
        .pool_idle_timeout(Duration::from_secs(1))
        .pool_max_idle_per_host(AT_ONCE)
        .build()?;
    let mut ours = Vec::new();
    for (round, tokens) in tokens.chunks(REQUESTS).enumerate() {
        let requests = resumes(&client, &leftoff.url, tokens)?;
        ours.push(leftoff.round(&client, requests, AT_ONCE, "token").await?);
        for peer in &mut peers {
            peer.round(&client, &persona).await?;
        }
        eprintln!("round {} of {rounds}", round + 1);
    }
    report(&ours, &peers, idle);
    Ok(())
}

/// The floor first, without and with a row on the disk, then what people would write instead.
async fn start(persona: &Simulator, folder: &Path) -> Result<Vec<Peer>> {
    let peer = |name, running| Peer {
        name,
        running,
        rounds: Vec::new(),
    };
    Ok(vec![
        peer("bare axum + reqwest", peers::passthrough(persona).await?),
        peer(
            "the same, and one row",
            peers::durable_passthrough(persona, &folder.join("rows.db")).await?,
        ),
        peer("Express 5, bare", peers::express(persona).await?),
        peer("Next.js 16, bare", peers::next(persona).await?),
        peer("Flask 3, bare", peers::flask(persona, "").await?),
    ])
}

impl Peer {
    async fn round(&mut self, client: &Client, persona: &Simulator) -> Result<()> {
        let requests = passes(client, &self.running.url, persona)?;
        let round = self.running.round(client, requests, AT_ONCE, "token");
        self.rounds.push(round.await?);
        Ok(())
    }
}

fn expired(persona: &Simulator) -> String {
    let age = Duration::from_hours(48);
    persona.control().create_inquiry(&Seed {
        status: Status::Expired,
        age,
        ..Seed::default()
    })
}

fn resumes(client: &Client, url: &str, tokens: &[String]) -> Result<Vec<Request>> {
    let request = |token: &String| {
        client
            .post(format!("{url}/api/resume_inquiry"))
            .header("origin", url)
            .json(&serde_json::json!({ "link": token, "birthdate": null }))
            .build()
    };
    Ok(tokens.iter().map(request).collect::<Result<_, _>>()?)
}

fn passes(client: &Client, url: &str, persona: &Simulator) -> Result<Vec<Request>> {
    let request = |_| {
        let inquiry = expired(persona);
        client
            .request(Method::POST, format!("{url}/resume/{inquiry}"))
            .build()
    };
    Ok((0..REQUESTS).map(request).collect::<Result<_, _>>()?)
}

fn report(ours: &[Round], peers: &[Peer], idle: f64) {
    println!(
        "{} rounds in turn of {REQUESTS} first resumes, {AT_ONCE} at once; median (least–most)\n",
        ours.len()
    );
    println!("{}", table::HEADING);
    println!("{}", table::row("Leftoff, all duties", ours));
    for peer in peers {
        println!("{}", table::row(peer.name, &peer.rounds));
    }
    println!("\nLeftoff's requests per CPU second in those of the others, round by round:");
    for peer in peers {
        println!("{}: {}", peer.name, ratios(ours, &peer.rounds));
    }
    println!("\nLeftoff's resident memory before the first request: {idle:.1} MB");
    println!("{}", machine::describe());
}

fn ratios(ours: &[Round], theirs: &[Round]) -> String {
    let pairs = ours.iter().zip(theirs);
    let ratio = |(ours, theirs): (&Round, &Round)| ours.per_cpu_second / theirs.per_cpu_second;
    table::spread(pairs.map(ratio).collect())
}
