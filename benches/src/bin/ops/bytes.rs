//! What the pages of ops weigh.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use benches::{crowd, running::Running};
use reqwest::{Client, header::ACCEPT_ENCODING};

/// The pages: name and address; the inquiry's own is added.
const PAGES: [(&str, &str); 15] = [
    ("queue", "/ops"),
    ("bulk", "/ops/bulk"),
    ("funnel", "/ops/funnel"),
    ("import", "/ops/import"),
    ("policies", "/ops/policies"),
    ("messages", "/ops/messages"),
    ("events", "/ops/events"),
    ("deliveries", "/ops/deliveries"),
    ("audit", "/ops/audit"),
    ("team", "/ops/team"),
    ("API keys", "/ops/keys"),
    ("settings", "/ops/settings"),
    ("account", "/ops/account"),
    ("nothing found", "/ops/search?q=nobody"),
    ("the API in words", "/api/v1/docs"),
];

/// A table of pages, and one of the files that all of them share.
pub(crate) async fn report(leftoff: &Running, client: &Client, now: i64) -> Result<String> {
    let mut text = "| page | HTML, bytes | as it is sent |\n|---|---|---|\n".to_owned();
    let inquiry = format!("/ops/inquiries/{}", crowd::inquiry(0, now).id);
    let mut queue = String::new();
    for (name, path) in PAGES.into_iter().chain([("inquiry", &*inquiry)]) {
        let page = fetch(leftoff, client, path, "identity").await?;
        let packed = fetch(leftoff, client, path, "gzip, br").await?;
        let html = String::from_utf8_lossy(&page);
        ensure!(!html.contains("wasm"), "{path} loads wasm");
        writeln!(text, "| {name} | {} | {} |", page.len(), packed.len())?;
        if path == "/ops" {
            queue = html.into_owned();
        }
    }
    text += "\n| file of every page | bytes | packed |\n|---|---|---|\n";
    for (name, mark) in [
        ("style", "/ops.css"),
        ("script", "/ops.js"),
        ("colours", "/brand.css"),
    ] {
        let from = queue.find(mark).with_context(|| format!("no {mark}"))?;
        let path = queue[from..].split('"').next().unwrap_or_default();
        let plain = fetch(leftoff, client, path, "identity").await?;
        let packed = fetch(leftoff, client, path, "gzip, br").await?;
        writeln!(text, "| {name} | {} | {} |", plain.len(), packed.len())?;
    }
    Ok(text)
}

/// The body as it comes over the wire.
async fn fetch(leftoff: &Running, client: &Client, path: &str, encoding: &str) -> Result<Vec<u8>> {
    let request = client.get(leftoff.url.clone() + path);
    let answer = request.header(ACCEPT_ENCODING, encoding).send().await?;
    Ok(answer.bytes().await?.to_vec())
}
