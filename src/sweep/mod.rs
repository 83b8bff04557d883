//! Sweeps: what no webhook told of is looked for at Persona, and takes the same way as what a webhook tells.

mod compare;
mod step;
mod watch;

use std::time::Duration;

use persona::Client;
use serde_json::json;

pub use watch::Watch;

use crate::{
    budget::Budget,
    clock::Clock,
    config,
    failure::Failure,
    id::new_id,
    staff::Actor,
    store::{
        Store,
        audit::{self, Deed},
        sweeps::{self, RUNNING, SweepRow},
    },
    webhooks::Webhooks,
    worker::Bell,
};

/// How far the first sweep looks back: as long as Persona tries to deliver a webhook, and a day
/// (<https://docs.withpersona.com/webhooks>).
const FIRST: i64 = 3 * DAY;
/// Events come into Persona's list a little late, so each sweep begins before the end of the last.
const OVERLAP: i64 = 10 * MINUTE;
/// A webhook that failed once is sent again after a minute; before that nothing is missing.
const GRACE: i64 = 2 * MINUTE;

const DAY: i64 = 24 * 60 * MINUTE;
const MINUTE: i64 = 60_000;

/// Looks for what no webhook told of; cheap to clone.
#[derive(Clone, Debug)]
pub struct Sweeps {
    store: Store,
    persona: Client,
    clock: Clock,
    webhooks: Webhooks,
    budget: Budget,
    every: Duration,
    bell: Bell,
}

impl Sweeps {
    /// Sweeps through this Persona into this store.
    #[must_use]
    pub fn new(
        store: Store,
        persona: Client,
        clock: Clock,
        webhooks: Webhooks,
        settings: &config::Sweep,
    ) -> Self {
        Self {
            store,
            budget: Budget::new(persona.clone()),
            persona,
            clock,
            webhooks,
            every: Duration::from_secs(u64::from(settings.every_minutes) * 60),
            bell: Bell::default(),
        }
    }

    /// Starts a sweep for somebody whom the audit names; none when one is under way.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn start(&self, actor: &str) -> Result<Option<SweepRow>, Failure> {
        let started = self.begin(actor).await?;
        self.bell.ring();
        Ok(started)
    }

    async fn begin(&self, actor: &str) -> Result<Option<SweepRow>, Failure> {
        let last = self.store.latest_done_sweep().await?;
        let now = self.clock.now();
        let at = now.as_millisecond();
        let since = last
            .as_ref()
            .map_or(at - FIRST, |last| last.until - OVERLAP);
        let sweep = SweepRow {
            id: new_id(now)?,
            actor: actor.to_owned(),
            started_at: at,
            since,
            until: (at - GRACE).max(since),
            is_first: i64::from(last.is_none()),
            state: RUNNING.to_owned(),
            phase: step::Phase::Events.code().to_owned(),
            has_events: 1,
            ..SweepRow::default()
        };
        // The clock starts one every few minutes; only what people start is worth an entry.
        let is_by_somebody = actor != Actor::System.to_string();
        let deed = is_by_somebody.then(|| Deed {
            after: Some(json!({ "since": since, "until": sweep.until }).to_string()),
            ..deed(&sweep, actor, "sweep-started", at)
        });
        let started = self.store.change(move |change| {
            if !sweeps::add(change, &sweep)? {
                return Ok(None);
            }
            if let Some(deed) = deed {
                audit::add(change, deed)?;
            }
            Ok(Some(sweep))
        });
        Ok(started.await?)
    }

    /// How long until the next sweep is due; none when nobody set how often.
    async fn next(&self) -> Result<Option<Duration>, Failure> {
        if self.every.is_zero() {
            return Ok(None);
        }
        let last = self.store.latest_sweep().await?;
        let ago = last.map_or(i64::MAX, |last| self.clock.now_ms() - last.started_at);
        let ago = Duration::from_millis(u64::try_from(ago).unwrap_or_default());
        Ok(Some(self.every.saturating_sub(ago)))
    }
}

fn deed(sweep: &SweepRow, actor: &str, act: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: actor.to_owned(),
        act: act.to_owned(),
        object: format!("sweep:{}", sweep.id),
        ..Deed::default()
    }
}
