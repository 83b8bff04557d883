//! From opening a page until Persona's flow can be used, in a slowed Chromium: the portal beside what people would write
//! instead, in turn, and beside the least that a page can be.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_ENCODING, CONTENT_TYPE},
    response::Html,
    routing::get,
};
use benches::{
    browser::{Browser, SLOW, Seen},
    linked, machine, peers,
    rounds::rounds,
    running::{self, API_KEY, Running},
    table,
};
use leftoff::model::sdk;
use reqwest::Client;
use serde_json::Value;
use simulator::{Seed, Simulator, Status};
use tempfile::TempDir;
use tokio::net::TcpListener;

const ROUNDS: usize = 9;
/// The portal's button, once its script is at work.
const OURS: &str = ".flow[data-live] #go button";
/// The peers' button, once their script is at work.
const THEIRS: &str = "button[data-live]";

/// A page, and what was measured of it.
struct Page {
    name: &'static str,
    button: &'static str,
    rounds: Vec<Seen>,
}

/// Who comes in each round: somebody's inquiry, and the link to it.
struct Person {
    inquiry: String,
    reference: String,
    link: String,
}

#[tokio::main]
async fn main() -> Result<()> {
    let rounds = rounds(ROUNDS)?;
    let folder = TempDir::new()?;
    let persona = running::persona(u32::MAX).await?;
    let database = running::database(folder.path(), "bench.db");
    // The first comes to warm up what no visitor of a running server meets cold.
    let people = people(&persona, &database, rounds + 1).await?;
    let settings = [("LEFTOFF_PERSONA__FLOW_HOST", persona.flow_host())];
    let leftoff = Running::leftoff(&persona, &database, &settings).await?;
    let still = serve(still(&persona).await?).await?;
    let next = peers::next(&persona).await?;
    let flask = peers::flask(&persona, &format!("{still}/persona.js")).await?;

    let mut browser = Browser::start()?;
    let mut pages = pages();
    for (round, person) in people.iter().enumerate() {
        let urls = [
            format!("{still}/"),
            format!("{}/r/{}", leftoff.url, person.link),
            format!("{}/?inquiry={}", next.url, person.inquiry),
            format!("{}/?user={}", flask.url, person.reference),
        ];
        for (page, url) in pages.iter_mut().zip(urls) {
            let seen = browser.visit(&url, page.button);
            let seen = seen.with_context(|| format!("at {}", page.name))?;
            if round > 0 {
                page.rounds.push(seen);
            }
        }
        eprintln!("round {round} of {rounds}");
    }
    report(&pages, &browser.name);
    Ok(())
}

fn pages() -> [Page; 4] {
    [
        ("static HTML with a session token written into it", THEIRS),
        ("Leftoff's portal, all duties", OURS),
        ("Next.js 16 with persona-react", THEIRS),
        ("Flask 3 by Persona's tutorial", THEIRS),
    ]
    .map(|(name, button)| Page {
        name,
        button,
        rounds: Vec::new(),
    })
}

/// As many as there are rounds, each with an inquiry that was begun and left.
async fn people(persona: &Simulator, database: &str, count: usize) -> Result<Vec<Person>> {
    let references: Vec<String> = (0..count).map(|number| format!("usr_{number}")).collect();
    let plant = |reference: &String| pending(persona, Some(reference.clone()));
    let inquiries: Vec<String> = references.iter().map(plant).collect();
    let links = linked::seed(database, &inquiries, "pending").await?;
    let people = inquiries.into_iter().zip(references).zip(links);
    Ok(people
        .map(|((inquiry, reference), link)| Person {
            inquiry,
            reference,
            link,
        })
        .collect())
}

fn pending(persona: &Simulator, reference_id: Option<String>) -> String {
    persona.control().create_inquiry(&Seed {
        status: Status::Pending,
        age: Duration::from_hours(3),
        reference_id,
        ..Seed::default()
    })
}

/// The page with an inquiry and its session token written into it.
async fn still(persona: &Simulator) -> Result<String> {
    let inquiry = pending(persona, None);
    let client = Client::builder().timeout(Duration::from_secs(5)).build()?;
    let resume = format!("{}/inquiries/{inquiry}/resume", persona.api_url());
    let answer = client.post(resume).bearer_auth(API_KEY).send().await?;
    let answer: Value = answer.error_for_status()?.json().await?;
    let token = answer["meta"]["session-token"].as_str();
    let page = fs::read_to_string(peers::folder("static-html")?.join("index.html"))?;
    Ok(page
        .replace("{sdk}", "/persona.js")
        .replace("{inquiry}", &inquiry)
        .replace("{token}", token.context("no session token")?)
        .replace("{host}", &persona.flow_host()))
}

/// Serves the page and Persona's SDK, compressed as the portal's own and as a CDN's would be; gives the origin.
async fn serve(page: String) -> Result<String> {
    let script = fs::read(format!("target/site{}.br", sdk::PATH))
        .context("the built site lies in target/site")?;
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CONTENT_ENCODING, "br"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let router = Router::new()
        .route("/", get(move || async { Html(page) }))
        .route("/persona.js", get(move || async move { (headers, script) }));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(format!("http://localhost:{port}"))
}

fn report(pages: &[Page], browser: &str) {
    let rounds = pages.first().map_or(0, |page| page.rounds.len());
    println!(
        "{rounds} rounds in turn, each with nothing cached, from the navigation until the flow is ready; median (least–most)"
    );
    println!(
        "{browser}, {} ms on each request, {} kbit/s down, {} kbit/s up, processor {}× slower\n",
        SLOW.latency,
        SLOW.down / 1000,
        SLOW.up / 1000,
        SLOW.cpu
    );
    println!("| page | ms until ready | of static HTML | KB by then |\n|---|---|---|---|");
    let Some(floor) = pages.first() else { return };
    for page in pages {
        let pairs = page.rounds.iter().zip(&floor.rounds);
        let ratios = pairs.map(|(seen, floor)| seen.ms / floor.ms).collect();
        let of = |figure: fn(&Seen) -> f64| table::spread(page.rounds.iter().map(figure).collect());
        println!(
            "| {} | {} | {} | {} |",
            page.name,
            of(|seen| seen.ms),
            table::spread(ratios),
            of(|seen| seen.bytes / 1000.0)
        );
    }
    println!("\n{}", machine::describe());
}
