//! What is counted and timed. Without `[metrics] addr` nobody listens, and counting costs next to nothing.

mod memory;
mod names;

use std::time::Duration;

use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder};

pub use memory::resident_bytes;
pub use metrics_exporter_prometheus::PrometheusHandle as Figures;

/// Upper bounds of the times that are counted together, in seconds: from a read of the database to Persona's slowest.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// The same for how many changes share a commit.
const CHANGES: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];

/// Begins to count, for the whole process; what was counted is read from the handle.
///
/// # Errors
/// When somebody else counts in this process already.
pub fn start() -> Result<Figures, BuildError> {
    let jobs = Matcher::Full(names::COMMIT_CHANGES.to_owned());
    let handle = PrometheusBuilder::new()
        .set_buckets(&SECONDS)?
        .set_buckets_for_metric(jobs, &CHANGES)?
        .install_recorder()?;
    names::describe();
    gauge!(names::BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1);
    Ok(handle)
}

/// A request was answered.
pub fn request(method: &str, route: &str, status: u16, took: Duration) {
    histogram!(
        names::REQUEST_SECONDS,
        "method" => method.to_owned(), "route" => route.to_owned(), "status" => status.to_string()
    )
    .record(took);
}

/// Persona was asked, with this outcome.
pub fn persona(operation: &'static str, outcome: &'static str, took: Duration) {
    histogram!(names::PERSONA_SECONDS, "operation" => operation, "outcome" => outcome).record(took);
}

/// Requests to Persona that are left in its window.
pub fn persona_left(requests: u32) {
    gauge!(names::PERSONA_LEFT).set(f64::from(requests));
}

/// Somebody pressed the button, and this came of it.
pub fn resume(outcome: &'static str) {
    counter!(names::RESUMES, "outcome" => outcome).increment(1);
}

/// A receipt was written, about an inquiry in this status.
pub fn receipt(status: &str) {
    counter!(names::RECEIPTS, "status" => status.to_owned()).increment(1);
}

/// So many inquiries stand in the queue for this need.
pub fn queued(need: &'static str, inquiries: usize) {
    let inquiries = u32::try_from(inquiries).unwrap_or(u32::MAX);
    gauge!(names::QUEUED, "need" => need).set(f64::from(inquiries));
}

/// Work in the background made a step.
pub fn step(worker: &'static str, outcome: &'static str, took: Duration) {
    histogram!(names::STEP_SECONDS, "worker" => worker, "outcome" => outcome).record(took);
}

/// So many workers run.
pub fn workers(alive: usize) {
    gauge!(names::WORKERS).set(f64::from(u32::try_from(alive).unwrap_or(u32::MAX)));
}

/// A commit of the database with so many changes.
pub fn commit(changes: usize, outcome: &'static str, took: Duration) {
    histogram!(names::COMMIT_SECONDS, "outcome" => outcome).record(took);
    histogram!(names::COMMIT_CHANGES).record(f64::from(u32::try_from(changes).unwrap_or(u32::MAX)));
}

/// So many changes wait to be written.
pub fn waiting(changes: usize) {
    gauge!(names::WAITING).set(f64::from(u32::try_from(changes).unwrap_or(u32::MAX)));
}

/// What the process holds of the machine's memory.
pub fn memory(bytes: u64) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a figure to look at; 2^53 bytes are exact"
    )]
    gauge!(names::MEMORY).set(bytes as f64);
}
