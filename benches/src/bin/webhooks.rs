//! Durable webhook events of the released binary, in turn with raw batched inserts into a file with the same settings and
//! with a receiver in Express and better-sqlite3 that has the same duties.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use benches::{
    load::Round,
    peers,
    running::{self, Running},
    table,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use leftoff::{clock::Clock, store::Store};
use reqwest::{Client, Request};
use rusqlite::{Connection, params};
use serde_json::json;
use sha2::Sha256;
use tempfile::TempDir;

const ROUNDS: usize = 5;
const EVENTS: usize = 4_000;
const AT_ONCE: usize = 32;
/// A burst: everything that Persona held back comes at once.
const BURST: usize = 2_000;
const BURST_AT_ONCE: usize = 512;
/// Inserts that share a commit: as many as Leftoff's writer lets share one.
const BATCH: usize = 128;
const SECRET: &str = "wbhsec_of_the_bench";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = TempDir::new()?;
    let ours = leftoff(folder.path()).await?;
    let peer = express(folder.path()).await?;
    let mut raw = Raw::open(folder.path()).await?;
    // Node closes a connection that rests for five seconds; one that is just being closed must not be used again.
    let client = Client::builder()
        .pool_idle_timeout(Duration::from_secs(1))
        .pool_max_idle_per_host(BURST_AT_ONCE)
        .build()?;
    let (mut steady, mut burst) = (Rounds::default(), Rounds::default());
    let mut floor = Vec::new();
    for round in 0..ROUNDS {
        for taker in [&ours, &peer] {
            let at = steady.of(taker);
            at.push(taker.round(&client, EVENTS, AT_ONCE).await?);
            taker.rest().await?;
            let at = burst.of(taker);
            at.push(taker.round(&client, BURST, BURST_AT_ONCE).await?);
            taker.rest().await?;
        }
        floor.push(raw.round(EVENTS)?);
        eprintln!("round {} of {ROUNDS}", round + 1);
    }
    report(&steady, &burst, floor);
    Ok(())
}

/// The rounds of both.
#[derive(Default)]
struct Rounds {
    ours: Vec<Round>,
    peer: Vec<Round>,
}

impl Rounds {
    fn of(&mut self, taker: &Taker) -> &mut Vec<Round> {
        if taker.store.is_some() {
            &mut self.ours
        } else {
            &mut self.peer
        }
    }
}

/// A server that takes webhooks.
struct Taker {
    running: Running,
    /// Leftoff's database, to see when it has applied what it took.
    store: Option<Store>,
}

impl Taker {
    async fn round(&self, client: &Client, count: usize, at_once: usize) -> Result<Round> {
        let requests = (0..count).map(|_| event(client, &self.running.url));
        let requests = requests.collect::<Result<_>>()?;
        self.running.round(client, requests, at_once, "kept").await
    }

    /// Waits until nothing is left to do, so that nobody works in the others' turn.
    async fn rest(&self) -> Result<()> {
        let Some(store) = &self.store else {
            return Ok(());
        };
        while !store.waiting_events(1).await?.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

/// A webhook of some kilobytes about an inquiry of its own.
fn event(client: &Client, url: &str) -> Result<Request> {
    let number = fresh();
    let fields: serde_json::Map<_, _> = (0..12)
        .map(|field| {
            (
                format!("field-{field}"),
                json!({ "type": "string", "value": "A value of the person" }),
            )
        })
        .collect();
    let body = json!({ "data": { "type": "event", "id": format!("evt_{number}"), "attributes": {
        "name": "inquiry.completed",
        "created-at": "2026-03-01T12:00:00.000Z",
        "payload": { "data": { "type": "inquiry", "id": format!("inq_{number}"), "attributes": {
            "status": "completed", "reference-id": "user-1", "created-at": "2026-03-01T11:00:00.000Z",
            "updated-at": "2026-03-01T12:00:00.000Z", "started-at": "2026-03-01T11:10:00.000Z",
            "expires-at": "2026-03-02T11:00:00.000Z", "completed-at": "2026-03-01T12:00:00.000Z",
            "next-step-name": "done", "fields": fields,
        }, "relationships": {
            "inquiry-template": { "data": { "type": "inquiry-template", "id": "itmpl_1" } },
            "account": { "data": { "type": "account", "id": "act_1" } },
        } } },
    } } })
    .to_string();
    let now = Clock::system().now().as_second();
    let request = client
        .post(format!("{url}/webhooks/persona"))
        .header("content-type", "application/json")
        .header("persona-signature", sign(now, &body)?)
        .body(body);
    Ok(request.build()?)
}

fn sign(now: i64, body: &str) -> Result<String> {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes())?;
    let mac = mac.chain_update(format!("{now}.")).chain_update(body);
    Ok(format!(
        "t={now},v1={}",
        hex::encode(mac.finalize().into_bytes())
    ))
}

/// A number that nobody had before, and that does not come in order: Persona's IDs do not either.
fn fresh() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!(
        "{:016x}{number:016x}",
        number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    )
}

/// Inserts into the very tables of Leftoff, with its settings, by one connection and nothing else.
struct Raw(Connection);

impl Raw {
    async fn open(folder: &Path) -> Result<Self> {
        let file = folder.join("raw.db");
        Store::open(&format!("sqlite://{}", file.display()))
            .await?
            .close()
            .await;
        let connection = Connection::open(file)?;
        connection.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory",
        )?;
        Ok(Self(connection))
    }

    /// Events a second.
    fn round(&mut self, count: usize) -> Result<f64> {
        let said = json!({ "status": "completed", "updated-at": 1, "created-at": 1, "started-at": 1, "expires-at": 1,
            "finished-at": 1, "template-id": "itmpl_1", "reference-id": "user-1", "account-id": "act_1",
            "step": "done", "sessions": 0 })
        .to_string();
        let start = Instant::now();
        for batch in 0..count.div_ceil(BATCH) {
            let transaction = self.0.transaction()?;
            for _ in 0..BATCH.min(count - batch * BATCH) {
                let number = fresh();
                let mut statement = transaction.prepare_cached(
                    "insert into events (id, name, at, received_at, source, told_at, object_id, inquiry_id, position, said,
                        state, tries, due_at)
                     values ($1, 'inquiry.completed', 1, 1, 'webhook', 1, $2, $2, 4, $3, 'waiting', 0, 0)
                     on conflict (id) do nothing",
                )?;
                statement.execute(params![
                    format!("evt_{number}"),
                    format!("inq_{number}"),
                    said
                ])?;
            }
            transaction.commit()?;
        }
        Ok(f64::from(u32::try_from(count)?) / start.elapsed().as_secs_f64())
    }
}

async fn leftoff(folder: &Path) -> Result<Taker> {
    let database = running::database(folder, "leftoff.db");
    let settings = [("LEFTOFF_PERSONA__WEBHOOK_SECRETS", SECRET.to_owned())];
    Ok(Taker {
        running: Running::leftoff_alone(&database, &settings).await?,
        store: Some(Store::open(&database).await?),
    })
}

async fn express(folder: &Path) -> Result<Taker> {
    let database = folder.join("express.db");
    Ok(Taker {
        running: peers::express_webhooks(&database, SECRET).await?,
        store: None,
    })
}

fn report(steady: &Rounds, burst: &Rounds, floor: Vec<f64>) {
    println!(
        "{ROUNDS} rounds in turn; median (least–most). Each answer comes after the commit is on the disk.\n"
    );
    for (title, rounds) in [
        (format!("{EVENTS} events, {AT_ONCE} at once"), steady),
        (
            format!("A burst: {BURST} events, {BURST_AT_ONCE} at once"),
            burst,
        ),
    ] {
        println!("{title}\n\n{}", table::HEADING);
        println!(
            "{}",
            table::row("Leftoff, applying them meanwhile", &rounds.ours)
        );
        println!(
            "{}\n",
            table::row("Express + better-sqlite3, keeping them", &rounds.peer)
        );
    }
    println!(
        "Raw inserts into the same table, {BATCH} a commit, nothing else: {} events a second",
        table::spread(floor)
    );
}
