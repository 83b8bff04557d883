//! Stored answers by `Idempotency-Key` (docs.withpersona.com/idempotence): POST only, kept 24 hours.

use std::collections::{HashMap, VecDeque};

use axum::body::Bytes;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What tells one request from another under the same key.
pub(crate) type Fingerprint = [u8; 32];

/// The answers that can be replayed.
#[derive(Default)]
pub(crate) struct IdempotencyStore {
    answers: HashMap<String, Stored>,
    by_age: VecDeque<(Timestamp, String)>,
}

struct Stored {
    fingerprint: Fingerprint,
    status: StatusCode,
    body: Bytes,
}

/// What the store knows about a key.
pub(crate) enum Lookup {
    /// Never seen, or pruned.
    Unknown,
    /// Seen with the same parameters: the first answer, whatever it was.
    Replay(StatusCode, Bytes),
    /// Seen with other parameters.
    Mismatch,
}

impl IdempotencyStore {
    /// Looks a key up after pruning what is too old.
    pub(crate) fn lookup(
        &mut self,
        key: &str,
        fingerprint: &Fingerprint,
        now: Timestamp,
    ) -> Lookup {
        self.prune(now);
        match self.answers.get(key) {
            None => Lookup::Unknown,
            Some(stored) if stored.fingerprint != *fingerprint => Lookup::Mismatch,
            Some(stored) => Lookup::Replay(stored.status, stored.body.clone()),
        }
    }

    /// Keeps the first answer for a key.
    pub(crate) fn store(
        &mut self,
        key: &str,
        fingerprint: Fingerprint,
        answer: (StatusCode, Bytes),
        now: Timestamp,
    ) {
        let (status, body) = answer;
        self.answers.insert(
            key.to_owned(),
            Stored {
                fingerprint,
                status,
                body,
            },
        );
        self.by_age.push_back((now, key.to_owned()));
    }

    fn prune(&mut self, now: Timestamp) {
        while let Some((stored_at, _)) = self.by_age.front() {
            if now.duration_since(*stored_at) < KEPT {
                return;
            }
            if let Some((_, key)) = self.by_age.pop_front() {
                self.answers.remove(&key);
            }
        }
    }
}

/// The fingerprint of a request: its target and its exact body.
pub(crate) fn fingerprint(target: &str, body: &[u8]) -> Fingerprint {
    Sha256::new()
        .chain_update(target)
        .chain_update([0])
        .chain_update(body)
        .finalize()
        .into()
}
