//! Carrying out: a few rows at a time, inside the budget, and never one of them twice.

use std::time::Duration;

use persona::{Error as PersonaError, IdempotencyKey, InquiryId};
use tokio::task::JoinSet;

use super::{Bulks, outcome::Outcome};
use crate::{
    failure::Failure,
    inquiries::Phase,
    model::bulk::{BulkAct, Verdict},
    store::{
        bulk::BulkRow,
        bulk_rows::{self, BulkItem},
    },
    worker::{Bell, Pace, Work},
};

/// Rows that are under way at once: enough to use up the budget of a Persona that answers in a second.
const AT_ONCE: i64 = 8;
/// How often a row is tried again.
const MOST_RETRIES: i64 = 5;
/// How long the first retry waits; each later one twice as long (<https://docs.withpersona.com/rate-limiting>).
const FIRST_WAIT: i64 = 5_000;
/// How long everything waits when Persona said nothing of its window, or failed for all.
const REST: Duration = Duration::from_secs(5);

/// What came of a try.
enum Tried {
    /// The row is settled, or put off.
    Over,
    /// Persona failed; the row is put off.
    Outage,
    /// Persona limits us.
    Limited(Duration),
}

impl Work for Bulks {
    const NAME: &'static str = "bulk";

    async fn step(&self) -> Result<Pace, Failure> {
        let due = self.store.bulk_due(self.clock.now_ms(), AT_ONCE).await?;
        if due.is_empty() {
            return self.rest().await;
        }
        if let Some(wait) = self.budget.wait() {
            return Ok(Pace::In(wait));
        }
        let mut tries = JoinSet::new();
        for item in due {
            let bulks = self.clone();
            tries.spawn(async move { bulks.carry_out(item).await });
        }
        let mut pace = Pace::In(REST);
        let mut limited = None;
        for tried in tries.join_all().await {
            match tried? {
                Tried::Over => pace = Pace::Now,
                Tried::Outage => {}
                Tried::Limited(wait) => limited = limited.max(Some(wait)),
            }
        }
        Ok(match limited {
            Some(Duration::ZERO) => Pace::Now,
            Some(wait) => Pace::In(wait),
            None => pace,
        })
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Bulks {
    async fn rest(&self) -> Result<Pace, Failure> {
        let Some(next) = self.store.bulk_next().await? else {
            return Ok(Pace::Idle);
        };
        let wait = u64::try_from(next - self.clock.now_ms()).unwrap_or_default();
        Ok(Pace::In(Duration::from_millis(wait)))
    }

    /// Looks at the row again and does what is due.
    async fn carry_out(&self, item: BulkItem) -> Result<Tried, Failure> {
        let Some(bulk) = self.store.bulk(&item.bulk_id).await? else {
            return Ok(Tried::Over);
        };
        let terms = self.terms(&bulk);
        let verdict = self.store.bulk_verdict(&terms, &item.inquiry_id).await?;
        if let Some(verdict) = verdict
            && verdict != Verdict::Included
        {
            return self.settle(bulk, item, Outcome::skipped(verdict)).await;
        }
        let Ok(id) = InquiryId::parse(&item.inquiry_id) else {
            let outcome = Outcome::failed("Persona cannot know this ID".to_owned());
            return self.settle(bulk, item, outcome).await;
        };
        let outcome = match bulk.act() {
            BulkAct::Resume => self.resume(&id, &item).await,
            BulkAct::RevokeLinks => Ok(Outcome::Revoked),
            BulkAct::Expire => self.expire(&id, &item).await,
        };
        match outcome {
            Ok(outcome) => self.settle(bulk, item, outcome).await,
            Err(Stop::Failed(failure)) => Err(failure),
            Err(Stop::Persona(error)) => self.failed(bulk, item, &error).await,
        }
    }

    async fn settle(
        &self,
        bulk: BulkRow,
        item: BulkItem,
        outcome: Outcome,
    ) -> Result<Tried, Failure> {
        self.write(bulk, item, outcome).await.map(|()| Tried::Over)
    }

    /// Opens an expired inquiry again; one that is open needs only a look, whether the person is done meanwhile.
    async fn resume(&self, id: &InquiryId, item: &BulkItem) -> Result<Outcome, Stop> {
        let known = self.store.inquiry(id.as_str()).await;
        let known = known.map_err(Failure::from)?;
        let is_expired = known.is_some_and(|row| row.phase() == Phase::Expired);
        // After a failure nobody knows whether Persona acted, so it is looked at first.
        let sight = if is_expired && item.tries == 0 {
            self.inquiries.reopen_or_look(id, &key(item)).await?
        } else {
            let sight = self.inquiries.look(id).await?;
            if sight.row.phase() == Phase::Expired {
                self.inquiries.reopen_or_look(id, &key(item)).await?
            } else {
                sight
            }
        };
        Ok(Outcome::of_open(sight))
    }

    async fn expire(&self, id: &InquiryId, item: &BulkItem) -> Result<Outcome, Stop> {
        let sight = match self.inquiries.end(id, &key(item)).await {
            Err(conflict @ PersonaError::Conflict { .. }) if !conflict.is_retryable() => {
                let sight = self.inquiries.look(id).await?;
                let is_over = sight.row.phase().is_settled() || sight.row.phase() == Phase::Expired;
                if !is_over {
                    return Err(conflict.into());
                }
                sight
            }
            other => other?,
        };
        Ok(Outcome::of_sight(sight, Outcome::Expired))
    }

    /// Waits, puts the row off, pauses the bulk, or gives the row up: as the failure deserves.
    async fn failed(
        &self,
        bulk: BulkRow,
        item: BulkItem,
        error: &PersonaError,
    ) -> Result<Tried, Failure> {
        match error {
            PersonaError::RateLimited { retry_after, .. } => {
                Ok(Tried::Limited(retry_after.unwrap_or(REST)))
            }
            PersonaError::Unauthorized { .. } | PersonaError::Forbidden { .. } => {
                self.park(bulk, error.to_string()).await?;
                // Persona may have stored the refusal under the key.
                self.move_on(item, error, 0).await?;
                Ok(Tried::Over)
            }
            error if error.is_retryable() && item.tries < MOST_RETRIES => {
                self.put_off(item, error).await?;
                Ok(Tried::Outage)
            }
            error => {
                let words = words(error, item.tries);
                self.settle(bulk, item, Outcome::failed(words)).await
            }
        }
    }

    async fn put_off(&self, mut item: BulkItem, error: &PersonaError) -> Result<(), Failure> {
        let wait = FIRST_WAIT << item.tries;
        item.tries += 1;
        self.move_on(item, error, wait).await
    }

    /// Persona replays a failure that it stored, so the next try needs a key of its own
    /// (<https://docs.withpersona.com/idempotence>); a lost answer is found again by the same key.
    async fn move_on(
        &self,
        mut item: BulkItem,
        error: &PersonaError,
        wait: i64,
    ) -> Result<(), Failure> {
        let now = self.clock.now_ms();
        item.attempt += i64::from(error.status().is_some());
        item.due_at = now + wait;
        item.tried_at = Some(now);
        item.error = Some(error.to_string());
        let moved = self
            .store
            .change(move |change| bulk_rows::put_off(change, &item));
        Ok(moved.await?)
    }
}

/// The key of a row's request: the same after a crash, so that Persona does not act twice.
fn key(item: &BulkItem) -> IdempotencyKey {
    let (bulk, position, attempt) = (&item.bulk_id, item.position, item.attempt);
    IdempotencyKey::new(format!("{bulk}-{position}-{attempt}"))
}

fn words(error: &PersonaError, tries: i64) -> String {
    if tries > 0 {
        format!("{error}, after {} tries", tries + 1)
    } else {
        error.to_string()
    }
}

/// Why a row has no outcome yet.
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
