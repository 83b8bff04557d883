//! Answers that are given again: a request that is sent twice under one name is carried out once.
//!
//! What was answered is written in the change that carries the request out, so after a crash either both are there or
//! neither. While a request is under way its name is taken in memory only; nothing of it has to be cleared up.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sha2::{Digest as _, Sha256};

use crate::{
    clock::Clock,
    failure::Failure,
    seal::Seal,
    secret::same,
    store::{
        self, Change, Store,
        idempotency::{self, IdempotencyRow},
    },
    worker::{Bell, Pace, Work},
};

/// What answers are sealed for.
const PURPOSE: &str = "answer to a request with an idempotency key";
/// How long an answer is given again, in ms.
const KEPT: i64 = 24 * 3_600_000;
/// How often old answers are looked for, and how many go at once.
const SWEEP: Duration = Duration::from_mins(10);
const SWEPT: i64 = 500;

/// A request by its name: who asks, what, and which time of asking it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slot {
    key_id: String,
    route: String,
    name_hash: String,
}

/// An answer: its HTTP status, and its body as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// What comes of a request's name.
#[derive(Debug)]
pub enum Begun {
    /// The request is new; it may be carried out by whoever holds this.
    Turn(Turn),
    /// It was carried out; this was the answer.
    Again(Reply),
    /// Another request was carried out under this name.
    Other,
    /// One of this name is under way.
    UnderWay,
    /// It was carried out, and `server.secret` is another since, so nobody can read the answer.
    Unreadable,
}

/// Answers in this store; cheap to clone. It is also the work in the background that sweeps them.
#[derive(Clone, Debug)]
pub struct Replays {
    store: Store,
    clock: Clock,
    seal: Seal,
    under_way: Arc<Mutex<HashSet<Slot>>>,
    bell: Bell,
}

/// The turn to carry a request out; its name is free again when the last clone is dropped, so whoever has the request
/// carried out by a change holds one until that is committed.
#[derive(Clone, Debug)]
pub struct Turn(Option<Arc<Taken>>);

#[derive(Debug)]
struct Taken {
    slot: Slot,
    fingerprint: String,
    at: i64,
    seal: Seal,
    under_way: Arc<Mutex<HashSet<Slot>>>,
}

impl Slot {
    /// A key's request to a route, by the name that its sender gave it.
    #[must_use]
    pub fn new(key_id: &str, route: String, name: &str) -> Self {
        Self {
            key_id: key_id.to_owned(),
            route,
            name_hash: hex::encode(Sha256::digest(name)),
        }
    }
}

impl Replays {
    /// Answers in this store, sealed with this seal.
    #[must_use]
    pub fn new(store: Store, clock: Clock, seal: Seal) -> Self {
        Self {
            store,
            clock,
            seal,
            under_way: Arc::default(),
            bell: Bell::default(),
        }
    }

    /// Takes the turn to carry a request out, unless one of its name was or is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self, slot: Slot, fingerprint: String) -> Result<Begun, Failure> {
        if !lock(&self.under_way).insert(slot.clone()) {
            return Ok(Begun::UnderWay);
        }
        let at = self.clock.now_ms();
        // From here on the name is free again however this ends.
        let taken = Taken {
            slot,
            fingerprint,
            at,
            seal: self.seal.clone(),
            under_way: Arc::clone(&self.under_way),
        };
        let Slot {
            key_id,
            route,
            name_hash,
        } = &taken.slot;
        let answered = self
            .store
            .answered((key_id, route, name_hash), at - KEPT)
            .await?;
        Ok(match answered {
            None => Begun::Turn(Turn(Some(Arc::new(taken)))),
            Some(row) if !same(&row.fingerprint, &taken.fingerprint) => Begun::Other,
            Some(row) => self.open(&row).map_or(Begun::Unreadable, Begun::Again),
        })
    }

    fn open(&self, row: &IdempotencyRow) -> Option<Reply> {
        Some(Reply {
            status: u16::try_from(row.status).ok()?,
            body: self.seal.open(PURPOSE, &row.body)?,
        })
    }
}

impl Turn {
    /// The turn of a request without a name: it is carried out each time.
    #[must_use]
    pub const fn unnamed() -> Self {
        Self(None)
    }

    /// Keeps the answer, in the change that carries the request out.
    ///
    /// # Errors
    /// When the database cannot write, or another process was faster; then nothing of the change is kept.
    pub fn keep(&self, change: &Change<'_>, reply: &Reply) -> store::Result<()> {
        let Some(taken) = &self.0 else { return Ok(()) };
        let body = taken.seal.close(PURPOSE, &reply.body);
        let row = IdempotencyRow {
            api_key_id: taken.slot.key_id.clone(),
            route: taken.slot.route.clone(),
            name_hash: taken.slot.name_hash.clone(),
            fingerprint: taken.fingerprint.clone(),
            status: reply.status.into(),
            body: body.map_err(|_| store::Error::Interrupted)?,
            created_at: taken.at,
        };
        idempotency::add(change, &row, taken.at - KEPT)
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        lock(&self.under_way).remove(&self.slot);
    }
}

impl Work for Replays {
    const NAME: &'static str = "idempotency";

    async fn step(&self) -> Result<Pace, Failure> {
        let before = self.clock.now_ms() - KEPT;
        let swept = self
            .store
            .change(move |change| idempotency::sweep(change, before, SWEPT));
        let is_full = i64::try_from(swept.await?).unwrap_or(i64::MAX) >= SWEPT;
        Ok(if is_full { Pace::Now } else { Pace::In(SWEEP) })
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

/// A set of names is whole whatever its last holder did.
fn lock(under_way: &Mutex<HashSet<Slot>>) -> MutexGuard<'_, HashSet<Slot>> {
    under_way.lock().unwrap_or_else(PoisonError::into_inner)
}
