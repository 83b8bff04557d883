//! How much of the budget a bulk uses: real windows of a minute, at a Persona that lets 300 requests through in each.

use std::{fmt::Write as _, time::Duration};

use anyhow::{Context as _, Result, ensure};
use benches::{
    running::{self, Running},
    staff::{self, submit},
};
use leftoff::store::{
    Store,
    inquiries::{self, InquiryRow},
};
use reqwest::Client;
use simulator::{RequestSeen, Seed, Simulator, Status};
use tempfile::TempDir;

const LIMIT: u32 = 300;
/// What background work may use of it: the rest is the portal's.
const ALLOWED: u32 = LIMIT - LIMIT * 15 / 100;
/// Whole windows that are measured.
const WINDOWS: u32 = 3;
const WINDOW_MS: i64 = 60_000;

/// A table with a row for each window.
pub(crate) async fn report() -> Result<String> {
    let folder = TempDir::new()?;
    let database = running::database(folder.path(), "bulk.db");
    let persona = running::persona(LIMIT).await?;
    seed(&persona, &database).await?;
    staff::add(&database)?;
    let settings = [("LEFTOFF_OPS__BULK_FOUR_EYES", "1000000".to_owned())];
    let leftoff = Running::leftoff(&persona, &database, &settings).await?;
    let client = staff::sign_in(&leftoff).await?;
    confirm(&leftoff, &client).await?;
    eprintln!("a bulk runs for {WINDOWS} windows of a minute");
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let windows = windows(&persona.control().requests());
        if windows.len() > WINDOWS as usize {
            return Ok(text(&windows));
        }
    }
}

/// Expired inquiries, more than the windows can take.
async fn seed(persona: &Simulator, database: &str) -> Result<()> {
    let store = Store::open(database).await?;
    let seed = Seed {
        status: Status::Expired,
        age: Duration::from_hours(48),
        ..Seed::default()
    };
    let ids: Vec<_> = (0..ALLOWED * (WINDOWS + 1))
        .map(|_| persona.control().create_inquiry(&seed))
        .collect();
    let kept = store.change(move |change| {
        ids.iter().try_for_each(|id| {
            let row = InquiryRow {
                id: id.clone(),
                status: "expired".to_owned(),
                expired_at: Some(1),
                ..InquiryRow::default()
            };
            inquiries::keep(change, &row)
        })
    });
    kept.await?;
    store.close().await;
    Ok(())
}

/// Drafts a bulk of all and confirms it, as the pages do.
async fn confirm(leftoff: &Running, client: &Client) -> Result<()> {
    let draft = "scope=all&act=resume&query=need%3Dexpired".to_owned();
    let page = submit(client, format!("{}/ops/bulk", leftoff.url), draft).await?;
    let answer = client.get(leftoff.url.clone() + &page).send().await?;
    let html = answer.text().await?;
    let fingerprint = html
        .split_once("name=\"fingerprint\" value=\"")
        .and_then(|(_, rest)| rest.split('"').next())
        .context("no receipt")?;
    let form = format!("fingerprint={fingerprint}&reason=ran-out&note=bench");
    let path = page.split('?').next().unwrap_or_default();
    let begun = submit(client, format!("{}{path}/confirm", leftoff.url), form).await?;
    ensure!(begun.ends_with("done=began"), "it did not begin: {begun}");
    Ok(())
}

/// A minute at Persona: when it opened, and what it answered.
struct Window {
    opened_at: i64,
    resumed: u32,
    refused: u32,
}

/// The windows as Persona counts them: each opens with the first request after the one before.
fn windows(requests: &[RequestSeen]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    for request in requests {
        let at = request.at.as_millisecond();
        if windows
            .last()
            .is_none_or(|last| at - last.opened_at >= WINDOW_MS)
        {
            windows.push(Window {
                opened_at: at,
                resumed: 0,
                refused: 0,
            });
        }
        if let Some(last) = windows.last_mut() {
            last.resumed += u32::from(request.status.is_some_and(|status| status < 300));
            last.refused += u32::from(request.status == Some(429));
        }
    }
    windows
}

fn text(windows: &[Window]) -> String {
    let mut text = format!(
        "A bulk of resumes at a limit of {LIMIT} a minute, of which it may use {ALLOWED}; real time\n\n\
         | window | resumed | refused (429) | seconds until the next opened |\n|---|---|---|---|\n"
    );
    let (mut resumed, mut ms) = (0, 0);
    for (number, pair) in windows.windows(2).enumerate() {
        let length = pair[1].opened_at - pair[0].opened_at;
        resumed += pair[0].resumed;
        ms += length;
        writeln!(
            text,
            "| {} | {} | {} | {:.1} |",
            number + 1,
            pair[0].resumed,
            pair[0].refused,
            seconds(length)
        )
        .ok();
    }
    let allowed = f64::from(ALLOWED) * seconds(ms) / 60.0;
    text + &format!(
        "\n{resumed} resumes in {:.1} s: {:.1} % of what it may use.\n",
        seconds(ms),
        100.0 * f64::from(resumed) / allowed
    )
}

fn seconds(ms: i64) -> f64 {
    Duration::from_millis(u64::try_from(ms).unwrap_or_default()).as_secs_f64()
}
