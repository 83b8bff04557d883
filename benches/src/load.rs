//! Load: a list of requests, so many at once, and how long each took.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use reqwest::{Client, Request};

use crate::process::Server;

/// What one round of load measured.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Requests for each second of the server's processor time.
    pub per_cpu_second: f64,
    /// Requests for each second of wall time.
    pub per_second: f64,
    /// Half of the answers came within this.
    pub p50: Duration,
    /// 99 of 100 answers came within this.
    pub p99: Duration,
}

/// Sends every request once, `at_once` at a time; each answer must hold a text.
///
/// # Errors
/// When an answer is a failure or does not hold the text: then the figures would mean nothing.
pub async fn run(
    server: &Server,
    client: &Client,
    requests: Vec<Request>,
    at_once: usize,
    text: &str,
) -> Result<Round> {
    let count = requests.len();
    let (cpu, start) = (server.cpu_seconds()?, Instant::now());
    let times: Vec<Duration> = stream::iter(requests)
        .map(|request| send(client, request, text))
        .buffer_unordered(at_once)
        .try_collect()
        .await?;
    let (wall, cpu) = (start.elapsed().as_secs_f64(), server.cpu_seconds()? - cpu);
    let mut histogram = Histogram::<u64>::new(3)?;
    for time in times {
        histogram.record(u64::try_from(time.as_micros())?)?;
    }
    let count = f64::from(u32::try_from(count)?);
    Ok(Round {
        per_cpu_second: count / cpu,
        per_second: count / wall,
        p50: Duration::from_micros(histogram.value_at_quantile(0.5)),
        p99: Duration::from_micros(histogram.value_at_quantile(0.99)),
    })
}

async fn send(client: &Client, request: Request, text: &str) -> Result<Duration> {
    let start = Instant::now();
    let answer = client.execute(request).await?;
    let (status, url) = (answer.status(), answer.url().path().to_owned());
    let body = answer.text().await?;
    let took = start.elapsed();
    ensure!(
        status.is_success() || status.is_redirection(),
        "{status}: {body}"
    );
    ensure!(body.contains(text), "{url} answers without {text:?}");
    Ok(took)
}
