//! What the simulator was asked: every API, widget and verify request, without query or body.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;

/// How many requests are remembered, so that a long benchmark does not fill the memory.
const KEPT: usize = 100_000;

/// One request that reached the simulator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestSeen {
    /// The HTTP method.
    pub method: String,
    /// The path, never the query, which can hold tokens and codes.
    pub path: String,
    /// The answer's status; `None` while it has not been answered, or when it never was.
    pub status: Option<u16>,
    /// The `Idempotency-Key` header.
    pub idempotency_key: Option<String>,
    /// When it arrived, by the simulated clock.
    pub at: Timestamp,
}

/// The requests in order of arrival.
#[derive(Default)]
pub(crate) struct RequestLog {
    requests: VecDeque<RequestSeen>,
    forgotten: u64,
}

/// Which entry an answer belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Entry(u64);

impl RequestLog {
    /// Notes an arrival.
    pub(crate) fn arrived(&mut self, request: RequestSeen) -> Entry {
        if self.requests.len() == KEPT {
            self.requests.pop_front();
            self.forgotten += 1;
        }
        self.requests.push_back(request);
        Entry(self.forgotten + self.requests.len() as u64 - 1)
    }

    /// Notes the answer's status.
    pub(crate) fn answered(&mut self, entry: Entry, status: u16) {
        let index = entry
            .0
            .checked_sub(self.forgotten)
            .and_then(|index| usize::try_from(index).ok());
        if let Some(request) = index.and_then(|index| self.requests.get_mut(index)) {
            request.status = Some(status);
        }
    }

    /// All that is remembered.
    pub(crate) fn all(&self) -> Vec<RequestSeen> {
        self.requests.iter().cloned().collect()
    }

    /// Forgets everything; answers that are still due are not noted.
    pub(crate) fn clear(&mut self) {
        self.forgotten += self.requests.len() as u64;
        self.requests.clear();
    }
}
