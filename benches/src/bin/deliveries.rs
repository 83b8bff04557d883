//! How long after a commit the company's own system hears of it: the released binary, an endpoint on loopback that answers at
//! once, and links made by the API.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use axum::{Json, Router, extract::State, routing::post};
use benches::running::{self, API_KEY, Running, SECRET, key};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use leftoff::{
    clock::Clock,
    config::Config,
    deliver::{Deliveries, NewEndpoint},
    staff::Actor,
    store::Store,
};
use reqwest::Client;
use serde_json::{Value, json};
use simulator::{Seed, Simulator, Status};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::watch};

const LINKS: usize = 500;
/// How many are made at once: calm, then a crowd.
const AT_ONCE: [usize; 2] = [1, 32];
const PATIENCE: Duration = Duration::from_secs(30);
const HOME: (&str, &str) = ("LEFTOFF_DELIVERIES__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]");

/// When each link's making was told of.
#[derive(Clone, Default)]
struct Heard {
    times: Arc<Mutex<HashMap<String, Instant>>>,
    count: watch::Sender<usize>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = TempDir::new()?;
    let persona = running::persona(u32::MAX).await?;
    let database = running::database(folder.path(), "bench.db");
    let (heard, url) = listen().await?;
    subscribe(&database, &url).await?;
    let key = key(&database)?;
    let settings = [
        (HOME.0, HOME.1.to_owned()),
        ("LEFTOFF_LIMITS__API", u32::MAX.to_string()),
    ];
    let leftoff = Running::leftoff(&persona, &database, &settings).await?;
    let client = Client::builder().timeout(PATIENCE).build()?;

    println!(
        "From the answer that a link is made to the receiver of `link.created`, {LINKS} links each\n"
    );
    println!(
        "| links at once | p50 ms | p99 ms | longest ms | made a second | told a second |\n|---|---|---|---|---|---|"
    );
    for at_once in AT_ONCE {
        let began = Instant::now();
        let made: Vec<(String, Instant)> = stream::iter(0..LINKS)
            .map(|_| make(&client, &leftoff.url, &key, &persona))
            .buffer_unordered(at_once)
            .try_collect()
            .await?;
        report(at_once, &heard, began, &made).await?;
    }
    Ok(())
}

/// A receiver that answers at once, and its address.
async fn listen() -> Result<(Heard, String)> {
    let heard = Heard::default();
    let router = Router::new()
        .route("/", post(hear))
        .with_state(heard.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok((heard, url))
}

async fn hear(State(heard): State<Heard>, Json(told): Json<Value>) {
    let link = told["data"]["link_id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let count = {
        let mut times = heard.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.entry(link).or_insert_with(Instant::now);
        times.len()
    };
    heard.count.send_replace(count);
}

/// An endpoint that is told of each link.
async fn subscribe(database: &str, url: &str) -> Result<()> {
    let defaults = [
        ("persona.api_key", API_KEY.to_owned()),
        ("server.secret", SECRET.to_owned()),
    ];
    let mut config = Config::load_with("Leptos.toml".as_ref(), &defaults)?;
    config.deliveries.allow_networks = vec!["127.0.0.0/8".parse()?];
    let store = Store::open(database).await?;
    let deliveries = Deliveries::new(store.clone(), Clock::system(), &config)?;
    let new = NewEndpoint {
        url: url.to_owned(),
        description: "bench".to_owned(),
        events: Some(vec!["link.created".to_owned()]),
    };
    deliveries.add(&Actor::System, &new).await?;
    store.close().await;
    Ok(())
}

/// Makes a link; gives its ID and when that was answered.
async fn make(
    client: &Client,
    url: &str,
    key: &str,
    persona: &Simulator,
) -> Result<(String, Instant)> {
    let inquiry = persona.control().create_inquiry(&Seed {
        status: Status::Expired,
        ..Seed::default()
    });
    let request = client.post(format!("{url}/api/v1/links")).bearer_auth(key);
    let answer = request
        .json(&json!({ "inquiry_id": inquiry }))
        .send()
        .await?;
    let made: Value = answer.error_for_status()?.json().await?;
    let answered = Instant::now();
    let id = made["link"]["id"].as_str().context("no ID")?.to_owned();
    Ok((id, answered))
}

/// Waits until all were told of; one that came before its answer took no time.
async fn report(
    at_once: usize,
    heard: &Heard,
    began: Instant,
    made: &[(String, Instant)],
) -> Result<()> {
    let is_here = |(id, _): &(String, Instant)| {
        let times = heard.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.contains_key(id)
    };
    let mut count = heard.count.subscribe();
    let all = count.wait_for(|_| made.iter().all(is_here));
    tokio::time::timeout(PATIENCE, all).await??;
    let times = heard.times.lock().unwrap_or_else(PoisonError::into_inner);
    let mut histogram = Histogram::<u64>::new(3)?;
    for (id, answered) in made {
        let took = times[id].saturating_duration_since(*answered);
        histogram.record(u64::try_from(took.as_micros())?)?;
    }
    let ms = |micros: u64| Duration::from_micros(micros).as_secs_f64() * 1000.0;
    let answered = made.iter().map(|(_, answered)| *answered).collect();
    let told = made.iter().map(|(id, _)| times[id]).collect();
    println!(
        "| {at_once} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} |",
        ms(histogram.value_at_quantile(0.5)),
        ms(histogram.value_at_quantile(0.99)),
        ms(histogram.max()),
        pace(began, answered)?,
        pace(began, told)?
    );
    Ok(())
}

/// How many of these happened a second.
fn pace(began: Instant, times: Vec<Instant>) -> Result<f64> {
    let count = f64::from(u32::try_from(times.len())?);
    let last = times.into_iter().max().context("nothing happened")?;
    Ok(count / last.duration_since(began).as_secs_f64())
}
