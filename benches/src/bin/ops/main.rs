//! Ops under load, by the released binary: lists and search as the inquiries grow, what pages weigh, and how fast a bulk
//! is inside the budget that Persona leaves it.
#![expect(clippy::print_stdout, reason = "the tables are what it is run for")]

mod bulk;
mod bytes;
mod lists;

use std::{env, iter::successors};

use anyhow::{Context as _, Result};
use benches::{
    crowd,
    indexes::Indexes,
    running::{self, Running},
    staff,
};
use leftoff::{clock::Clock, store::Store};
use tempfile::TempDir;

/// The crowds that lists are measured with; each is ten times the one before.
const SMALLEST: u32 = 10_000;
/// Pages are weighed when there are so many.
const WEIGHED: u32 = 100_000;
/// The largest crowd when nobody says how large.
const LARGEST: u32 = 1_000_000;
/// The name of the variable that says otherwise.
const VARIABLE: &str = "LARGEST";

#[tokio::main]
async fn main() -> Result<()> {
    let largest = largest()?;
    let folder = TempDir::new()?;
    let database = running::database(folder.path(), "ops.db");
    let persona = running::persona(u32::MAX).await?;
    let now = Clock::system().now_ms();
    let mut table = lists::Table::default();
    let mut settled = 0;
    for size in sizes(largest) {
        eprintln!("settling {size} inquiries");
        let store = Store::open(&database).await?;
        let indexes = Indexes::lay_aside(&database)?;
        crowd::settle(&store, settled..size, now).await?;
        indexes.put_back()?;
        store.close().await;
        if settled == 0 {
            staff::add(&database)?;
        }
        settled = size;
        let leftoff = Running::leftoff(&persona, &database, &[]).await?;
        let client = staff::sign_in(&leftoff).await?;
        table.measure(&leftoff, &client, size, now).await?;
        if size == WEIGHED {
            println!("{}", bytes::report(&leftoff, &client, now).await?);
        }
    }
    println!("{}", table.text());
    println!("{}", bulk::report().await?);
    Ok(())
}

fn largest() -> Result<u32> {
    match env::var(VARIABLE) {
        Ok(largest) => largest
            .parse()
            .with_context(|| format!("{VARIABLE} is no number")),
        Err(_) => Ok(LARGEST),
    }
}

fn sizes(largest: u32) -> impl Iterator<Item = u32> {
    successors(Some(SMALLEST), |size| size.checked_mul(10)).take_while(move |size| *size <= largest)
}
