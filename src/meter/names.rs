//! The names of the figures. `docs/operating.md` lists them, and a test keeps the two equal.

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

pub(super) const BUILD: &str = "leftoff_build_info";
pub(super) const REQUEST_SECONDS: &str = "leftoff_http_request_seconds";
pub(super) const PERSONA_SECONDS: &str = "leftoff_persona_request_seconds";
pub(super) const PERSONA_LEFT: &str = "leftoff_persona_requests_left";
pub(super) const RESUMES: &str = "leftoff_resumes_total";
pub(super) const RECEIPTS: &str = "leftoff_receipts_total";
pub(super) const QUEUED: &str = "leftoff_queue_inquiries";
pub(super) const STEP_SECONDS: &str = "leftoff_worker_step_seconds";
pub(super) const WORKERS: &str = "leftoff_workers_alive";
pub(super) const COMMIT_SECONDS: &str = "leftoff_store_commit_seconds";
pub(super) const COMMIT_CHANGES: &str = "leftoff_store_commit_changes";
pub(super) const WAITING: &str = "leftoff_store_waiting_changes";
pub(super) const MEMORY: &str = "leftoff_process_resident_bytes";

/// Says of each figure what it is.
pub(super) fn describe() {
    describe_gauge!(BUILD, "1, with the version that runs");
    describe_histogram!(
        REQUEST_SECONDS,
        Unit::Seconds,
        "Requests that were answered"
    );
    describe_histogram!(PERSONA_SECONDS, Unit::Seconds, "Requests to Persona");
    describe_gauge!(PERSONA_LEFT, "Requests left in Persona's window");
    describe_counter!(RESUMES, "Presses of the button");
    describe_counter!(RECEIPTS, "Receipts that were written");
    describe_gauge!(QUEUED, "Inquiries in the queue");
    describe_histogram!(
        STEP_SECONDS,
        Unit::Seconds,
        "Steps of work in the background"
    );
    describe_gauge!(WORKERS, "Workers that run");
    describe_histogram!(COMMIT_SECONDS, Unit::Seconds, "Commits of the database");
    describe_histogram!(COMMIT_CHANGES, "Changes that share a commit");
    describe_gauge!(WAITING, "Changes that wait to be written");
    describe_gauge!(MEMORY, Unit::Bytes, "Resident memory of the process");
}
