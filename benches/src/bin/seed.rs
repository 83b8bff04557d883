//! Fills a database with a crowd for pictures and for trying things out: `seed DATABASE_URL COUNT`.

use std::env;

use anyhow::{Context as _, Result};
use benches::{crowd, history};
use leftoff::{clock::Clock, store::Store};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let database = arguments.next().context("seed DATABASE_URL COUNT")?;
    let count = arguments.next().context("seed DATABASE_URL COUNT")?;
    let count = count.parse().context("COUNT is no number")?;
    let now = Clock::system().now_ms();
    let store = Store::open(&database).await?;
    crowd::settle(&store, 0..count, now).await?;
    history::write(&store, count, now).await?;
    store.close().await;
    Ok(())
}
