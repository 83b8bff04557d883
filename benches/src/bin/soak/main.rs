//! A soak: the released binary under a steady load of everything that it does, and whether its memory stays flat.
#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

mod memory;
mod people;

use std::time::Duration;

use anyhow::{Result, ensure};
use benches::{
    crowd,
    running::{self, Running, key},
    staff,
};
use leftoff::{clock::Clock, store::Store};
use tempfile::TempDir;
use tokio::time::{Instant, interval, sleep_until};

use memory::Samples;
use people::{Company, SECRET};

/// Inquiries that are there from the beginning, so that lists have something to show.
const CROWD: u32 = 20_000;
/// The pause between two people who arrive.
const PACE: Duration = Duration::from_millis(25);
/// The longest that it runs when nobody says how long, in minutes.
const MINUTES: u64 = 30;
/// The name of the variable that says otherwise.
const VARIABLE: &str = "SOAK_MINUTES";

#[tokio::main]
async fn main() -> Result<()> {
    let minutes = match std::env::var(VARIABLE) {
        Ok(minutes) => minutes.parse()?,
        Err(_) => MINUTES,
    };
    let folder = TempDir::new()?;
    let database = running::database(folder.path(), "soak.db");
    let store = Store::open(&database).await?;
    crowd::settle(&store, 0..CROWD, Clock::system().now_ms()).await?;
    store.close().await;
    staff::add(&database)?;
    let key = key(&database)?;
    let persona = running::persona(u32::MAX).await?;
    let settings = [
        ("LEFTOFF_PERSONA__WEBHOOK_SECRETS", SECRET.to_owned()),
        ("LEFTOFF_LIMITS__API", u32::MAX.to_string()),
    ];
    let leftoff = Running::leftoff(&persona, &database, &settings).await?;
    let company = Company::new(&leftoff, &persona, key).await?;
    let samples = soak(&leftoff, &company, Duration::from_secs(minutes * 60)).await?;
    samples.print();
    let served = company.served();
    println!("{served}");
    ensure!(company.failures() == 0, "answers failed");
    samples.judge()
}

/// Lets people come at a steady pace, and looks at the memory meanwhile.
async fn soak(leftoff: &Running, company: &Company, length: Duration) -> Result<Samples> {
    let began = Instant::now();
    let mut samples = Samples::new(length);
    let arriving = async {
        let mut pace = interval(PACE);
        while began.elapsed() < length {
            pace.tick().await;
            company.arrive().await;
        }
        company.leave().await;
    };
    let looking = async {
        while samples.len() < memory::COUNT {
            sleep_until(began + samples.next()).await;
            let megabytes = leftoff.server.resident_mb()?;
            samples.take(began.elapsed(), megabytes, company.visits());
        }
        anyhow::Ok(())
    };
    let ((), looked) = tokio::join!(arriving, looking);
    looked?;
    Ok(samples)
}
