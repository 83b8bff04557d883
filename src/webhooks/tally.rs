//! What came in since the process started, counted.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// The counters.
#[derive(Debug, Default)]
pub(super) struct Tally {
    taken: AtomicU64,
    known: AtomicU64,
    refused: AtomicU64,
    refused_at: AtomicI64,
}

/// What the counters show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events that were new.
    pub taken: u64,
    /// Events that were there already.
    pub known: u64,
    /// Requests that Persona did not sign.
    pub refused: u64,
    /// When the last of those came, in ms since 1970.
    pub refused_at: Option<i64>,
}

impl Tally {
    /// A webhook was taken.
    pub(super) fn taken(&self, is_new: bool) {
        let counter = if is_new { &self.taken } else { &self.known };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// A webhook was refused.
    pub(super) fn refused(&self, at: i64) {
        self.refused_at.store(at, Ordering::Relaxed);
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub(super) fn counts(&self) -> Counts {
        let refused = self.refused.load(Ordering::Relaxed);
        Counts {
            taken: self.taken.load(Ordering::Relaxed),
            known: self.known.load(Ordering::Relaxed),
            refused,
            refused_at: (refused > 0).then(|| self.refused_at.load(Ordering::Relaxed)),
        }
    }
}
