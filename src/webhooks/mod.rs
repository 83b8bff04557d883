//! Persona's webhooks: believed by their signature, kept before they are answered, applied afterwards.

mod apply;
mod kept;
mod tally;

use std::{sync::Arc, time::Duration};

use persona::{
    Client,
    webhook::{Verifier, WebhookError},
};
use serde_json::json;

pub use kept::kept;
pub use tally::Counts;

use crate::{
    budget::Budget,
    clock::Clock,
    config,
    failure::Failure,
    store::{
        self, Store,
        audit::{self, Deed},
        channel,
        events::{self, EventRow, WAITING, WEBHOOK},
    },
    worker::Bell,
};
use tally::Tally;

/// How old a signature may be. Persona names no limit; it signs each retry anew, so minutes are for clocks that differ
/// (<https://docs.withpersona.com/webhooks-best-practices>).
const TOLERANCE: Duration = Duration::from_mins(5);

/// Takes what Persona tells, and applies it; cheap to clone.
#[derive(Clone, Debug)]
pub struct Webhooks {
    store: Store,
    persona: Client,
    clock: Clock,
    budget: Budget,
    verifier: Arc<Verifier>,
    secrets: usize,
    tally: Arc<Tally>,
    bell: Bell,
}

/// What became of a webhook that Persona signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept.
    New,
    /// It was there already.
    Known,
}

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// The settings name no secret, so nothing can be believed.
    #[error("no webhook secret is configured")]
    NotSetUp,
    /// It is not signed as Persona signs.
    #[error("{0}")]
    Unsigned(WebhookError),
    /// Persona signed it, and yet it is nothing that has an ID.
    #[error("{0}")]
    Unreadable(WebhookError),
    /// It could not be kept.
    #[error("database: {0}")]
    Store(#[from] store::Error),
}

/// What came of the wish to apply an event again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// It will be.
    Done,
    /// It waits already.
    Waiting,
    /// There is no such event.
    Unknown,
}

impl Webhooks {
    /// Webhooks into this store, believed by the secrets of the settings.
    #[must_use]
    pub fn new(store: Store, persona: Client, clock: Clock, settings: &config::Persona) -> Self {
        let secrets = settings.webhook_secrets.clone();
        Self {
            store,
            budget: Budget::new(persona.clone()),
            persona,
            clock,
            secrets: secrets.len(),
            verifier: Arc::new(Verifier::new(secrets, TOLERANCE)),
            tally: Arc::default(),
            bell: Bell::default(),
        }
    }

    /// How many secrets are believed; two while one is rotated.
    #[must_use]
    pub const fn secrets(&self) -> usize {
        self.secrets
    }

    /// What came in since the process started.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.tally.counts()
    }

    /// Takes a webhook: the value of its signature header, and its body byte for byte. When this says that it is taken,
    /// it is on the disk.
    ///
    /// # Errors
    /// Whatever keeps it from being believed or kept; then nothing of it is stored.
    pub async fn receive(&self, signature: Option<&str>, body: &[u8]) -> Result<Taken, Rejected> {
        if self.secrets == 0 {
            return Err(Rejected::NotSetUp);
        }
        let now = self.clock.now();
        let signature = signature.unwrap_or_default();
        let row = match self.verifier.verify(signature, body, now) {
            Ok(verified) => kept::kept(&verified.event, now.as_millisecond(), WEBHOOK),
            Err(error @ WebhookError::MalformedBody { .. }) => {
                let row = kept::unreadable(body, &error.to_string(), now.as_millisecond());
                row.ok_or(Rejected::Unreadable(error))?
            }
            Err(error) => {
                self.tally.refused(now.as_millisecond());
                return Err(Rejected::Unsigned(error));
            }
        };
        self.take(row).await
    }

    async fn take(&self, row: EventRow) -> Result<Taken, Rejected> {
        let waits = row.state == WAITING;
        let at = row.received_at;
        let taken = self.store.change(move |change| {
            let is_new = events::add(change, &row)?;
            if !is_new {
                events::told(change, &row.id, row.received_at)?;
            }
            Ok((is_new, channel::hear(change, at)?))
        });
        let (is_new, is_heard_again) = taken.await?;
        if is_heard_again {
            tracing::info!("webhooks are heard again");
        }
        self.tally.taken(is_new);
        if is_new && waits {
            self.bell.ring();
        }
        Ok(if is_new { Taken::New } else { Taken::Known })
    }

    /// There may be something to apply.
    pub fn wake(&self) {
        self.bell.ring();
    }

    /// Lets an event be applied again, for somebody whom the audit names.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn replay(&self, actor: &str, id: &str) -> Result<Replayed, Failure> {
        let Some(seen) = self.store.event(id).await? else {
            return Ok(Replayed::Unknown);
        };
        if seen.state == WAITING {
            return Ok(Replayed::Waiting);
        }
        let now = EventRow {
            state: WAITING.to_owned(),
            settled_at: None,
            result: None,
            tries: 0,
            due_at: 0,
            ..seen.clone()
        };
        let deed = Deed {
            at: self.clock.now_ms(),
            actor: actor.to_owned(),
            act: "event-replayed".to_owned(),
            object: format!("event:{id}"),
            before: Some(json!({ "state": seen.state, "result": seen.result }).to_string()),
            after: Some(json!({ "state": WAITING }).to_string()),
            ..Deed::default()
        };
        let moved = self.store.change(move |change| {
            let is_moved = events::move_on(change, &seen, &now)?;
            if is_moved {
                audit::add(change, deed)?;
            }
            Ok(is_moved)
        });
        let is_moved = moved.await?;
        self.bell.ring();
        Ok(if is_moved {
            Replayed::Done
        } else {
            Replayed::Waiting
        })
    }
}
