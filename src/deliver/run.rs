//! Sending: several at once, a slow endpoint never in the way of the others, each answer written when it comes.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use tokio::task::{Id, JoinSet};

use super::{
    Cause, Deliveries, acts::deed, endpoint::state, schedule, sender::Answer, signing::signatures,
};
use crate::{
    failure::Failure,
    staff::Actor,
    store::{
        self, Change,
        audit::{self, Deed},
        deliveries::{self, AttemptRow, DeliveryRow, Due},
        endpoints::{self, EndpointRow},
    },
    worker::{Bell, Pace, Work},
};

/// How much longer than an attempt its lease lasts: time to write down what came of it.
const MARGIN: Duration = Duration::from_mins(1);
/// The status by which an endpoint says that it is gone for good.
const GONE: u16 = 410;

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct Flights {
    tasks: JoinSet<Result<(), Failure>>,
    endpoints: HashMap<Id, String>,
}

impl Flights {
    fn to(&self, endpoint_id: &str) -> usize {
        let same = |one: &&String| *one == endpoint_id;
        self.endpoints.values().filter(same).count()
    }

    /// Waits until something has landed, and takes with it what landed meanwhile: room is looked for once for all of them.
    async fn land(&mut self) -> Result<(), Failure> {
        let mut next = self.tasks.join_next_with_id().await;
        while let Some(joined) = next {
            match joined {
                Ok((id, landed)) => {
                    self.endpoints.remove(&id);
                    landed?;
                }
                // It panicked, which was said already; the lease ends, and it is sent again.
                Err(error) => drop(self.endpoints.remove(&error.id())),
            }
            next = self.tasks.try_join_next_with_id();
        }
        Ok(())
    }
}

impl Work for Deliveries {
    const NAME: &'static str = "deliveries";

    /// Sends what is due and for which there is room, then waits until something has landed or there is more to send.
    async fn step(&self) -> Result<Pace, Failure> {
        let mut flights = self.flights.lock().await;
        self.depart(&mut flights).await?;
        if flights.tasks.is_empty() {
            return self.rest().await;
        }
        tokio::select! {
            landed = flights.land() => landed?,
            () = self.bell.rung() => {}
        }
        Ok(Pace::Now)
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Deliveries {
    async fn rest(&self) -> Result<Pace, Failure> {
        let Some(next) = self.store.deliveries_next().await? else {
            return Ok(Pace::Idle);
        };
        let wait = u64::try_from(next - self.clock.now_ms()).unwrap_or_default();
        Ok(Pace::In(Duration::from_millis(wait)))
    }

    /// Takes what is due and sends it.
    async fn depart(&self, flights: &mut Flights) -> Result<(), Failure> {
        let endpoints = self.store.endpoints().await?;
        let due = self.due(&endpoints, flights).await?;
        if due.is_empty() {
            return Ok(());
        }
        let now = self.clock.now_ms();
        let lease = self.settings.timeout() + MARGIN;
        let lease = now.saturating_add(i64::try_from(lease.as_millis()).unwrap_or(i64::MAX));
        let claimed = self
            .store
            .change(move |change| deliveries::claim(change, &due, now, lease));
        for delivery in claimed.await? {
            let endpoint = endpoints.iter().find(|row| row.id == delivery.endpoint_id);
            let Some(endpoint) = endpoint.cloned() else {
                continue;
            };
            let (deliveries, endpoint_id) = (self.clone(), endpoint.id.clone());
            let task = flights
                .tasks
                .spawn(async move { deliveries.attempt(&endpoint, delivery).await });
            flights.endpoints.insert(task.id(), endpoint_id);
        }
        Ok(())
    }

    /// What is due, as far as there is room: for all together, and for each endpoint half of it.
    async fn due(&self, endpoints: &[EndpointRow], flights: &Flights) -> Result<Vec<Due>, Failure> {
        let room = usize::try_from(self.settings.at_once).unwrap_or(usize::MAX);
        let share = (room / 2).max(1);
        let mut room = room.saturating_sub(flights.tasks.len());
        let mut due = Vec::new();
        for endpoint in endpoints.iter().filter(|row| row.is_enabled()) {
            let most = share.saturating_sub(flights.to(&endpoint.id)).min(room);
            if most == 0 {
                continue;
            }
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let now = self.clock.now_ms();
            let found = self.store.deliveries_due(&endpoint.id, now, most).await?;
            room -= found.len();
            due.extend(found);
        }
        Ok(due)
    }

    /// One attempt, and what came of it.
    async fn attempt(&self, endpoint: &EndpointRow, delivery: DeliveryRow) -> Result<(), Failure> {
        let now = self.clock.now();
        let answer = match self.message(&delivery).await? {
            None => Answer::never_sent(Cause::EntryLost),
            Some(message) => {
                let signed = signatures(&self.seal, endpoint, &message, now.as_millisecond());
                match signed {
                    None => Answer::never_sent(Cause::SecretLost),
                    Some(signed) => {
                        self.sender
                            .send(&endpoint.url, &message, &signed, now)
                            .await
                    }
                }
            }
        };
        let landing = self.landing(delivery, answer, now)?;
        let landed = self.store.change(move |change| landing.write(change));
        if let Some(disabled) = landed.await? {
            let why = disabled.disabled_why.unwrap_or_default();
            tracing::warn!(endpoint = disabled.id, why, "an endpoint was disabled");
        }
        Ok(())
    }

    /// What is written of an answer.
    fn landing(
        &self,
        claimed: DeliveryRow,
        answer: Answer,
        sent: Timestamp,
    ) -> Result<Landing, Failure> {
        let now = self.clock.now_ms();
        let mut chance = [0];
        getrandom::fill(&mut chance)?;
        let wait = schedule::wait(
            &self.settings.retry_seconds,
            claimed.tries,
            answer.retry_after,
            chance[0],
        );
        let cause = answer.cause.map(|cause| cause.code().to_owned());
        let (state, due_at) = match (&cause, wait) {
            (None, _) => (deliveries::DELIVERED, claimed.due_at),
            (Some(_), None) => (deliveries::FAILED, claimed.due_at),
            (Some(_), Some(wait)) => (deliveries::WAITING, now.saturating_add(ms(wait))),
        };
        let settled = DeliveryRow {
            state: state.to_owned(),
            due_at,
            status: answer.status.map(i64::from),
            cause: cause.clone(),
            settled_at: (state != deliveries::WAITING).then_some(now),
            ..claimed.clone()
        };
        let attempt = AttemptRow {
            endpoint_id: claimed.endpoint_id.clone(),
            event_id: claimed.event_id.clone(),
            number: claimed.attempts,
            at: sent.as_millisecond(),
            took: ms(answer.took),
            status: settled.status,
            cause,
        };
        let patience = Duration::from_hours(self.settings.disable_after_hours.into());
        Ok(Landing {
            claimed,
            settled,
            attempt,
            is_gone: answer.status == Some(GONE),
            patience: ms(patience),
            now,
        })
    }
}

/// What came of an attempt, with everything that is written of it.
struct Landing {
    claimed: DeliveryRow,
    settled: DeliveryRow,
    attempt: AttemptRow,
    is_gone: bool,
    patience: i64,
    now: i64,
}

impl Landing {
    /// Writes it; gives the endpoint if that is disabled by this.
    fn write(&self, change: &Change<'_>) -> store::Result<Option<EndpointRow>> {
        deliveries::settle(change, &self.claimed, &self.settled)?;
        deliveries::log(change, &self.attempt)?;
        let id = &self.claimed.endpoint_id;
        if self.attempt.cause.is_none() {
            endpoints::succeeded(change, id)?;
            return Ok(None);
        }
        let failed = endpoints::failed(change, id, self.now)?;
        failed.map_or(Ok(None), |endpoint| self.judge(change, &endpoint))
    }

    /// Disables an endpoint that says that it is gone, or that did nothing but fail for too long.
    fn judge(
        &self,
        change: &Change<'_>,
        endpoint: &EndpointRow,
    ) -> store::Result<Option<EndpointRow>> {
        let since = endpoint.failing_since.unwrap_or(self.now);
        let why = if self.is_gone {
            "gone"
        } else if self.now - since >= self.patience {
            "failing"
        } else {
            return Ok(None);
        };
        let disabled = EndpointRow {
            disabled_at: Some(self.now),
            disabled_by: Some(Actor::System.to_string()),
            disabled_why: Some(why.to_owned()),
            ..endpoint.clone()
        };
        endpoints::write(change, &disabled)?;
        let deed = Deed {
            reason: Some(why.to_owned()),
            before: Some(state(endpoint)),
            after: Some(state(&disabled)),
            ..deed(&Actor::System, "endpoint-disabled", &endpoint.id, self.now)
        };
        audit::add(change, deed)?;
        Ok(Some(disabled))
    }
}

/// A length of time as the database keeps it.
fn ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
