//! Carrying on: expired inquiries are opened again at Persona, inside the budget, and never one of them twice.

use std::time::Duration;

use persona::{Error as PersonaError, IdempotencyKey, InquiryId};
use tokio::task::JoinSet;

use super::{
    Policies,
    act::{Kit, may_act, write_down},
};
use crate::{
    failure::Failure,
    id::new_id,
    inquiries::{Phase, Sight},
    model::policy::{Obstacle, StepState},
    notify::enqueue,
    store::{
        self, Change,
        bulk::MOST_SESSIONS,
        policies::PolicyRow,
        policy_acts::{self, PolicyActRow},
    },
    worker::Pace,
};

/// Inquiries that are under way at once.
const AT_ONCE: i64 = 8;
/// How often a step is tried again.
const MOST_RETRIES: i64 = 6;
/// How long the first retry waits; each later one four times as long, so that an outage of a day is outlived.
const FIRST_WAIT: i64 = 30_000;
/// How long everything waits when Persona said nothing of its window.
const REST: Duration = Duration::from_secs(5);

impl Policies {
    /// Lets the steps that were begun go on: `Now` when some did, else how long to wait.
    pub(super) async fn carry_on(&self) -> Result<Pace, Failure> {
        let due = self
            .store
            .policy_acts_due(self.clock.now_ms(), AT_ONCE)
            .await?;
        if due.is_empty() {
            return Ok(Pace::Idle);
        }
        if let Some(wait) = self.budget.wait() {
            return Ok(Pace::In(wait));
        }
        let mut steps = JoinSet::new();
        for row in due {
            let policies = self.clone();
            steps.spawn(async move { policies.carry_out(row).await });
        }
        let mut limited = None;
        for waited in steps.join_all().await {
            limited = limited.max(waited?);
        }
        self.messages.ring();
        Ok(limited.map_or(Pace::Now, Pace::In))
    }

    /// Goes on with one step; gives how long Persona wants us to wait.
    async fn carry_out(&self, row: PolicyActRow) -> Result<Option<Duration>, Failure> {
        let policy = self.store.policy(&row.policy_id).await?;
        let switch = self.store.policy_switch().await?;
        let is_on = policy
            .as_ref()
            .is_some_and(|policy| policy.on_since.is_some());
        let (Some(policy), true, 0) = (policy, is_on, switch.is_stopped) else {
            self.end(row, Ended::Stopped(Obstacle::SwitchedOff, None))
                .await?;
            return Ok(None);
        };
        let Ok(id) = InquiryId::parse(&row.inquiry_id) else {
            self.end(row, Ended::Failed("Persona cannot know this ID".to_owned()))
                .await?;
            return Ok(None);
        };
        match self.open(&id, &row).await {
            Ok(sight) => self.opened(policy, row, sight).await.map(|()| None),
            Err(Stop::Failed(failure)) => Err(failure),
            Err(Stop::Persona(error)) => self.failed(row, &error).await,
        }
    }

    /// Opens the inquiry again. A crash between Persona's answer and our change asks again by the same key and gets the same
    /// answer; after a failure nobody knows whether Persona acted, so it is looked at first.
    async fn open(&self, id: &InquiryId, row: &PolicyActRow) -> Result<Sight, Stop> {
        if row.tries > 0 {
            let sight = self.inquiries.look(id).await?;
            if sight.row.phase() != Phase::Expired || is_used_up(&sight) {
                return Ok(sight);
            }
        }
        match self.inquiries.reopen(id, &key(row)).await {
            Err(conflict @ PersonaError::Conflict { .. }) if !conflict.is_retryable() => {
                let sight = self.inquiries.look(id).await?;
                if sight.row.phase() == Phase::Expired && !is_used_up(&sight) {
                    return Err(conflict.into());
                }
                Ok(sight)
            }
            other => Ok(other?),
        }
    }

    /// Makes the link and the message of an inquiry that is open.
    async fn opened(
        &self,
        policy: PolicyRow,
        row: PolicyActRow,
        sight: Sight,
    ) -> Result<(), Failure> {
        let obstacle = if sight.row.phase().is_settled() {
            Some(Obstacle::Finished)
        } else {
            is_used_up(&sight).then_some(Obstacle::SessionCap)
        };
        if let Some(obstacle) = obstacle {
            return self
                .end(row, Ended::Stopped(obstacle, Some(Box::new(sight))))
                .await;
        }
        let now = self.clock.now();
        let kit = self.kit(&policy, row.inquiry_id.clone(), now).await?;
        let at = now.as_millisecond();
        let done = self
            .store
            .change(move |change| make(change, &policy, &row, &sight, kit, at));
        Ok(done.await?)
    }

    async fn end(&self, row: PolicyActRow, ended: Ended) -> Result<(), Failure> {
        let now = self.clock.now();
        let entry = new_id(now)?;
        let at = now.as_millisecond();
        let written = self
            .store
            .change(move |change| ended.write(change, &row, entry, at));
        Ok(written.await?)
    }

    /// Waits, puts the step off, or gives it up: as the failure deserves.
    async fn failed(
        &self,
        row: PolicyActRow,
        error: &PersonaError,
    ) -> Result<Option<Duration>, Failure> {
        match error {
            PersonaError::RateLimited { retry_after, .. } => {
                return Ok(Some(retry_after.unwrap_or(REST)));
            }
            PersonaError::Unauthorized { .. } | PersonaError::Forbidden { .. } => {
                self.put_off(row, error).await?;
            }
            error if error.is_retryable() && row.tries < MOST_RETRIES => {
                self.put_off(row, error).await?;
            }
            error => self.end(row, Ended::Failed(error.to_string())).await?,
        }
        Ok(None)
    }

    /// Persona replays a failure that it stored, so the next try needs a key of its own; a lost answer is found again by the
    /// same key (<https://docs.withpersona.com/idempotence>).
    async fn put_off(&self, seen: PolicyActRow, error: &PersonaError) -> Result<(), Failure> {
        let wait = FIRST_WAIT << (2 * seen.tries.min(MOST_RETRIES));
        let row = PolicyActRow {
            tries: seen.tries + 1,
            attempt: seen.attempt + i64::from(error.status().is_some()),
            due_at: self.clock.now_ms() + wait,
            reason: Some(error.to_string()),
            ..seen.clone()
        };
        let moved = self
            .store
            .change(move |change| policy_acts::move_on(change, &seen, &row));
        moved.await?;
        Ok(())
    }
}

/// Whether no session is left for the person; opening an inquiry again takes one too.
fn is_used_up(sight: &Sight) -> bool {
    let needed = match sight.row.phase() {
        _ if sight.is_reopened => return false,
        Phase::Created => return false,
        Phase::Expired => 2,
        _ => 1,
    };
    sight.row.sessions + needed > MOST_SESSIONS
}

/// The key of a step's request: the same after a crash, so that Persona does not act twice.
fn key(row: &PolicyActRow) -> IdempotencyKey {
    IdempotencyKey::new(format!("policy-{}-{}", row.id, row.attempt))
}

/// Writes link, message, step, ledger and audit of an inquiry that is open, unless the policy was stopped meanwhile.
fn make(
    change: &Change<'_>,
    policy: &PolicyRow,
    seen: &PolicyActRow,
    sight: &Sight,
    kit: Kit,
    now: i64,
) -> store::Result<()> {
    let [_, entry] = kit.ids.clone();
    if !may_act(change, policy)? {
        let ended = Ended::Stopped(Obstacle::SwitchedOff, Some(Box::new(sight.clone())));
        return ended.write(change, seen, entry, now);
    }
    let row = PolicyActRow {
        state: StepState::Done.code().to_owned(),
        reason: None,
        link_id: Some(kit.link.row().id.clone()),
        message_id: Some(kit.message.id.clone()),
        ..seen.clone()
    };
    if !policy_acts::move_on(change, seen, &row)? {
        return Ok(());
    }
    sight.keep(change, now)?;
    kit.link.add(change)?;
    enqueue(change, &kit.message)?;
    write_down(change, &row, entry, now)
}

/// How a step ends without a message.
enum Ended {
    Stopped(Obstacle, Option<Box<Sight>>),
    Failed(String),
}

impl Ended {
    fn write(
        self,
        change: &Change<'_>,
        seen: &PolicyActRow,
        entry: String,
        now: i64,
    ) -> store::Result<()> {
        let (state, reason, sight) = match self {
            Self::Stopped(obstacle, sight) => {
                (StepState::Stopped, obstacle.code().to_owned(), sight)
            }
            Self::Failed(words) => (StepState::Failed, words, None),
        };
        let row = PolicyActRow {
            state: state.code().to_owned(),
            reason: Some(reason),
            ..seen.clone()
        };
        if !policy_acts::move_on(change, seen, &row)? {
            return Ok(());
        }
        if let Some(sight) = sight {
            sight.keep(change, now)?;
        }
        write_down(change, &row, entry, now)
    }
}

/// Why there is no answer of Persona yet.
enum Stop {
    Persona(PersonaError),
    Failed(Failure),
}

impl From<PersonaError> for Stop {
    fn from(error: PersonaError) -> Self {
        Self::Persona(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
