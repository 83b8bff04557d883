//! The mirror: what Persona knows of all inquiries, read page by page into our own tables.

mod row;
mod scope;
mod step;

use std::time::Duration;

use persona::Client;
use serde_json::json;

pub use row::row;
pub use scope::{STATUSES, Scope, ScopeError};

use crate::{
    budget::Budget,
    clock::Clock,
    failure::Failure,
    id::new_id,
    store::{
        Store,
        audit::{self, Deed},
        imports::{self, ImportRow},
    },
    worker::Bell,
};

/// Reads what Persona lists; cheap to clone.
#[derive(Clone, Debug)]
pub struct Mirror {
    store: Store,
    persona: Client,
    clock: Clock,
    budget: Budget,
    bell: Bell,
}

/// A state that an import can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is under way, or waits for Persona.
    Running,
    /// It met an answer that waiting does not mend, and goes on when somebody says so.
    Parked,
    /// Everything was read.
    Done,
    /// Somebody stopped it.
    Cancelled,
}

impl State {
    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => imports::RUNNING,
            Self::Parked => "parked",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of an import.
    #[must_use]
    pub fn of(import: &ImportRow) -> Self {
        [Self::Running, Self::Parked, Self::Done]
            .into_iter()
            .find(|state| state.code() == import.state)
            .unwrap_or(Self::Cancelled)
    }
}

impl Mirror {
    /// A mirror of this Persona in this store.
    #[must_use]
    pub fn new(store: Store, persona: Client, clock: Clock) -> Self {
        Self {
            store,
            budget: Budget::new(persona.clone()),
            persona,
            clock,
            bell: Bell::default(),
        }
    }

    /// Starts an import, for whom the audit names; the work itself is done in steps. None when one is under way.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn start(&self, actor: &str, scope: &Scope) -> Result<Option<ImportRow>, Failure> {
        let now = self.clock.now();
        let import = ImportRow {
            id: new_id(now)?,
            actor: actor.to_owned(),
            started_at: now.as_millisecond(),
            statuses: scope.statuses.join(","),
            since: scope.since,
            state: State::Running.code().to_owned(),
            phase: step::Phase::Templates.code().to_owned(),
            ..ImportRow::default()
        };
        let mut deed = deed(&import, actor, "import-started", now.as_millisecond());
        deed.after = Some(json!({ "statuses": scope.statuses, "since": scope.since }).to_string());
        let started = self.store.change(move |change| {
            if !imports::add(change, &import)? {
                return Ok(None);
            }
            audit::add(change, deed)?;
            Ok(Some(import))
        });
        let started = started.await?;
        self.bell.ring();
        Ok(started)
    }

    /// Stops an import for good; what it read stays. None when it is over already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancel(&self, actor: &str, id: &str) -> Result<Option<ImportRow>, Failure> {
        self.turn(actor, id, State::Cancelled).await
    }

    /// Lets a parked import go on where it was. None when it is not parked, or another is under way.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn go_on(&self, actor: &str, id: &str) -> Result<Option<ImportRow>, Failure> {
        self.turn(actor, id, State::Running).await
    }

    async fn turn(&self, actor: &str, id: &str, to: State) -> Result<Option<ImportRow>, Failure> {
        let Some(seen) = self.store.import(id).await? else {
            return Ok(None);
        };
        let act = match (State::of(&seen), to) {
            (State::Running | State::Parked, State::Cancelled) => "import-cancelled",
            (State::Parked, State::Running) => "import-resumed",
            _ => return Ok(None),
        };
        let at = self.clock.now_ms();
        let now = ImportRow {
            state: to.code().to_owned(),
            finished_at: (to == State::Cancelled).then_some(at),
            error: None,
            failures: 0,
            next_at: 0,
            ..seen.clone()
        };
        let deed = deed(&now, actor, act, at);
        let moved = self.move_on(seen, now, Some(deed)).await?;
        self.bell.ring();
        Ok(moved)
    }

    /// Writes what became of an import, unless it moved meanwhile.
    async fn move_on(
        &self,
        seen: ImportRow,
        now: ImportRow,
        deed: Option<Deed>,
    ) -> Result<Option<ImportRow>, Failure> {
        let moved = self.store.change(move |change| {
            let is_moved = imports::move_on(change, &seen, &now)?;
            if let Some(deed) = deed.filter(|_| is_moved) {
                audit::add(change, deed)?;
            }
            Ok(is_moved.then_some(now))
        });
        Ok(moved.await?)
    }

    /// The time so much later, as the database keeps it.
    fn after(&self, wait: Duration) -> i64 {
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        self.clock.now_ms().saturating_add(wait)
    }
}

fn deed(import: &ImportRow, actor: &str, act: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: actor.to_owned(),
        act: act.to_owned(),
        object: format!("import:{}", import.id),
        ..Deed::default()
    }
}
