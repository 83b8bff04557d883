//! `resume_inquiry` of the released binary beside a bare passthrough and an Express server, in turn, against one simulated
//! Persona.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::time::Duration;

use anyhow::Result;
use benches::{
    load::Round,
    running::{self, API_KEY, Running},
    table,
};
use leftoff::{
    clock::Clock,
    config,
    links::{Links, NewLink, channel::Channel, factor::Factor},
    store::{
        Store,
        inquiries::{self, InquiryRow},
    },
};
use reqwest::{Client, Method, Request};
use simulator::{Seed, Simulator, Status};
use tempfile::TempDir;

const ROUNDS: usize = 7;
const REQUESTS: usize = 3_000;
const AT_ONCE: usize = 16;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = TempDir::new()?;
    let persona = running::persona(u32::MAX).await?;
    let database = running::database(folder.path(), "bench.db");
    let tokens = seed(&persona, &database).await?;
    let leftoff = Running::leftoff(&persona, &database, &[]).await?;
    let floor = Running::floor(&persona).await?;
    let peer = express(&persona).await?;
    let idle = leftoff.server.resident_mb()?;

    // Node closes a connection that rests for five seconds; one that is just being closed must not be used again.
    let client = Client::builder()
        .pool_idle_timeout(Duration::from_secs(1))
        .pool_max_idle_per_host(AT_ONCE)
        .build()?;
    let (mut ours, mut theirs, mut peers) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let tokens = &tokens[round * REQUESTS..(round + 1) * REQUESTS];
        ours.push(
            leftoff
                .round(
                    &client,
                    resumes(&client, &leftoff.url, tokens)?,
                    AT_ONCE,
                    "token",
                )
                .await?,
        );
        let bare = passes(&client, &floor.url, &persona)?;
        theirs.push(floor.round(&client, bare, AT_ONCE, "token").await?);
        let passed_on = passes(&client, &peer.url, &persona)?;
        peers.push(peer.round(&client, passed_on, AT_ONCE, "token").await?);
        eprintln!("round {} of {ROUNDS}", round + 1);
    }
    report(&ours, &theirs, &peers, idle);
    Ok(())
}

/// Inquiries that Leftoff knows as expired, each with a link.
async fn seed(persona: &Simulator, database: &str) -> Result<Vec<String>> {
    let store = Store::open(database).await?;
    let settings = config::Links {
        days: 7,
        hand_off_minutes: 10,
        factor_attempts: 5,
    };
    let links = Links::new(store.clone(), Clock::system(), settings);
    let mut tokens = Vec::with_capacity(ROUNDS * REQUESTS);
    for number in 0..ROUNDS * REQUESTS {
        let inquiry = expired(persona);
        let known = row(&inquiry);
        store
            .change(move |change| inquiries::keep(change, &known))
            .await?;
        tokens.push(
            links
                .create(link(inquiry.clone()))
                .await?
                .token
                .expose()
                .to_owned(),
        );
        if number % 5_000 == 0 {
            eprintln!("seeding {number} of {}", ROUNDS * REQUESTS);
        }
    }
    store.close().await;
    Ok(tokens)
}

fn expired(persona: &Simulator) -> String {
    let age = Duration::from_hours(48);
    persona.control().create_inquiry(&Seed {
        status: Status::Expired,
        age,
        ..Seed::default()
    })
}

fn row(id: &str) -> InquiryRow {
    InquiryRow {
        id: id.to_owned(),
        status: "expired".to_owned(),
        ..InquiryRow::default()
    }
}

fn link(inquiry_id: String) -> NewLink {
    NewLink {
        inquiry_id,
        maker: "bench".to_owned(),
        reason: "bench".to_owned(),
        note: None,
        channel: Channel::Cli,
        factor: Factor::None,
        return_url: None,
        locale: None,
        life: None,
    }
}

async fn express(persona: &Simulator) -> Result<Running> {
    let variables = [
        ("API_KEY", API_KEY.to_owned()),
        ("API_URL", persona.api_url().to_string()),
    ];
    Running::peer(&variables).await
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

fn report(ours: &[Round], floor: &[Round], peer: &[Round], idle: f64) {
    let ratios = |theirs: &[Round]| {
        let pairs = ours.iter().zip(theirs);
        table::spread(
            pairs
                .map(|(ours, theirs)| ours.per_cpu_second / theirs.per_cpu_second)
                .collect(),
        )
    };
    println!(
        "{ROUNDS} rounds in turn of {REQUESTS} first resumes, {AT_ONCE} at once; median (least–most)\n"
    );
    println!("{}", table::HEADING);
    println!("{}", table::row("Leftoff, all duties", ours));
    println!("{}", table::row("bare axum + reqwest", floor));
    println!("{}", table::row("Express 5, bare", peer));
    println!(
        "\nper CPU second, round by round: {} of the floor",
        ratios(floor)
    );
    println!(
        "per CPU second, round by round: {} times Express",
        ratios(peer)
    );
    println!("Leftoff's resident memory before the first request: {idle:.1} MB");
}
