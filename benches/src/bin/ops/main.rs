//! Ops under load, by the released binary: lists and search as the inquiries grow, what pages weigh, and how fast a bulk
//! is inside the budget that Persona leaves it.
#![expect(clippy::print_stdout, reason = "the tables are what it is run for")]

mod bulk;
mod bytes;
mod lists;

use anyhow::Result;
use benches::{
    crowd,
    running::{self, Running},
    staff,
};
use leftoff::{clock::Clock, store::Store};
use tempfile::TempDir;

const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = TempDir::new()?;
    let database = running::database(folder.path(), "ops.db");
    let persona = running::persona(u32::MAX).await?;
    let now = Clock::system().now_ms();
    let mut table = lists::Table::default();
    let mut settled = 0;
    for size in SIZES {
        eprintln!("settling {size} inquiries");
        let store = Store::open(&database).await?;
        crowd::settle(&store, settled..size, now).await?;
        store.close().await;
        if settled == 0 {
            staff::add(&database)?;
        }
        settled = size;
        let leftoff = Running::leftoff(&persona, &database, &[]).await?;
        let client = staff::sign_in(&leftoff).await?;
        table.measure(&leftoff, &client, size, now).await?;
        if size == SIZES[1] {
            println!("{}", bytes::report(&leftoff, &client, now).await?);
        }
    }
    println!("{}", table.text());
    println!("{}", bulk::report().await?);
    Ok(())
}
