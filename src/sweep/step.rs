//! One step of a sweep: a page of Persona's list, and one change that keeps what was missing and moves the place.

use std::time::Duration;

use persona::{Error as PersonaError, Event, EventFilter, PageRequest};
use serde_json::json;

use super::{Sweeps, deed};
use crate::{
    budget::rest,
    failure::Failure,
    id::new_id,
    model::event::states,
    staff::Actor,
    store::{
        Change, Result as StoreResult, audit,
        events::{self, EventRow, SWEEP},
        inquiries::{self, InquiryRow},
        ledger::{self, LedgerRow},
        sweeps::{self, DONE, FAILED, SweepRow},
        templates,
    },
    webhooks::kept,
    worker::{Bell, Pace, Work},
};

/// Objects on a page, the most that Persona gives (<https://docs.withpersona.com/pagination>).
pub(super) const ON_A_PAGE: u8 = 100;

/// What a sweep looks through now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// What happened.
    Events,
    /// Inquiries that were not read for long: not everything that moves one is an event, and events are kept for weeks.
    Inquiries,
}

impl Phase {
    /// The name in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Inquiries => "inquiries",
        }
    }
}

impl Work for Sweeps {
    const NAME: &'static str = "sweep";

    async fn step(&self) -> Result<Pace, Failure> {
        let Some(sweep) = self.store.running_sweep().await? else {
            return match self.next().await? {
                Some(Duration::ZERO) => {
                    self.begin(&Actor::System.to_string()).await?;
                    Ok(Pace::Now)
                }
                Some(wait) => Ok(Pace::In(wait)),
                None => Ok(Pace::Idle),
            };
        };
        let wait = sweep.next_at - self.clock.now_ms();
        if let Ok(wait @ 1..) = u64::try_from(wait) {
            return Ok(Pace::In(Duration::from_millis(wait)));
        }
        if let Some(wait) = self.budget.wait() {
            return Ok(Pace::In(wait));
        }
        let looked = if sweep.phase == Phase::Events.code() {
            self.look_through_events(&sweep).await
        } else {
            self.look_at_inquiries(&sweep).await
        };
        match looked {
            Err(Failure::Persona(error)) => self.stumble(sweep, &error).await,
            looked => looked.map(|()| Pace::Now),
        }
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Sweeps {
    /// Looks through a page of events, the newest first, until those of before.
    async fn look_through_events(&self, sweep: &SweepRow) -> Result<(), Failure> {
        let page = PageRequest {
            after: sweep.last_id.clone(),
            ..PageRequest::of(ON_A_PAGE)
        };
        let listed = match self.persona.list_events(&filter(&[]), &page).await {
            Ok(listed) => listed,
            Err(PersonaError::Forbidden { .. } | PersonaError::NotFound { .. }) => {
                let now = SweepRow {
                    has_events: 0,
                    ..advanced(sweep, Phase::Inquiries, None)
                };
                return self.write(sweep, now).await;
            }
            // The event where the page shall begin is in the list no more.
            Err(PersonaError::Invalid { .. }) if sweep.last_id.is_some() => {
                return self
                    .write(sweep, advanced(sweep, Phase::Events, None))
                    .await;
            }
            Err(error) => return Err(error.into()),
        };
        let time = |event: &Event| event.created_at.as_millisecond();
        let is_over = listed.items.iter().any(|event| time(event) < sweep.since);
        let next = listed.next.filter(|_| !is_over).and_then(|next| next.after);
        let rows = listed.items.iter();
        let rows = rows.filter(|event| (sweep.since..=sweep.until).contains(&time(event)));
        let rows: Vec<_> = rows.map(|event| self.found(event, sweep)).collect();
        let phase = if next.is_some() {
            Phase::Events
        } else {
            Phase::Inquiries
        };
        let now = SweepRow {
            pages: sweep.pages + 1,
            seen: sweep.seen + count(&rows),
            ..advanced(sweep, phase, next)
        };
        self.keep(sweep, now, rows, Vec::new()).await
    }

    pub(super) fn found(&self, event: &Event, sweep: &SweepRow) -> EventRow {
        EventRow {
            sweep_id: Some(sweep.id.clone()),
            ..kept(event, self.clock.now_ms(), SWEEP)
        }
    }

    /// Keeps events that are new, and inquiries as they were read, each with whether no event tells why it moved.
    pub(super) async fn keep(
        &self,
        seen: &SweepRow,
        mut now: SweepRow,
        found: Vec<EventRow>,
        read: Vec<(InquiryRow, bool)>,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let mut entries = Vec::new();
        for (row, _) in read.iter().filter(|(_, is_unexplained)| *is_unexplained) {
            entries.push(entry(row, new_id(at)?, at.as_millisecond()));
        }
        let seen = seen.clone();
        let kept = self.store.change(move |change| {
            if !sweeps::is_as(change, &seen)? {
                return Ok(0);
            }
            let mut new = 0;
            for row in &found {
                new += i64::from(events::add(change, row)?);
            }
            for (row, _) in &read {
                keep_inquiry(change, row)?;
            }
            for entry in &entries {
                ledger::add(change, entry)?;
            }
            now.found += new;
            now.moved += count(&entries);
            sweeps::write(change, &now)?;
            Ok(new)
        });
        if kept.await? > 0 {
            self.webhooks.wake();
        }
        Ok(())
    }

    pub(super) async fn finish(&self, sweep: &SweepRow) -> Result<(), Failure> {
        let at = self.clock.now_ms();
        let now = SweepRow {
            state: DONE.to_owned(),
            finished_at: Some(at),
            last_id: None,
            ..sweep.clone()
        };
        if sweep.found == 0 && sweep.moved == 0 {
            return self.write(sweep, now).await;
        }
        tracing::warn!(
            sweep = sweep.id,
            found = sweep.found,
            moved = sweep.moved,
            "a sweep found what no webhook told of"
        );
        let mut deed = deed(sweep, &Actor::System.to_string(), "sweep-finished", at);
        deed.after = Some(json!({ "found": sweep.found, "moved": sweep.moved }).to_string());
        let seen = sweep.clone();
        let finished = self.store.change(move |change| {
            if sweeps::is_as(change, &seen)? {
                sweeps::write(change, &now)?;
                audit::add(change, deed)?;
            }
            Ok(())
        });
        Ok(finished.await?)
    }

    /// What a failure of Persona means: wait and go on, or leave it to the next sweep.
    async fn stumble(&self, sweep: SweepRow, error: &PersonaError) -> Result<Pace, Failure> {
        let persona_request_id = error.request_id();
        tracing::warn!(sweep = sweep.id, persona_request_id, cause = %error, "a page was not read");
        let now = SweepRow {
            failures: sweep.failures + 1,
            error: Some(error.to_string()),
            ..sweep.clone()
        };
        let at = self.clock.now_ms();
        let now = match rest(error, sweep.failures) {
            Some(wait) => SweepRow {
                next_at: at.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)),
                ..now
            },
            None => SweepRow {
                state: FAILED.to_owned(),
                finished_at: Some(at),
                ..now
            },
        };
        self.write(&sweep, now).await.map(|()| Pace::Now)
    }

    async fn write(&self, seen: &SweepRow, now: SweepRow) -> Result<(), Failure> {
        self.keep(seen, now, Vec::new(), Vec::new()).await
    }
}

/// The events that move an inquiry, of these objects or of all.
pub(super) fn filter(object_ids: &[String]) -> EventFilter {
    EventFilter {
        names: states().map(str::to_owned).collect(),
        object_ids: object_ids.to_vec(),
        ..EventFilter::default()
    }
}

/// The sweep after a request that was answered.
pub(super) fn advanced(sweep: &SweepRow, phase: Phase, last_id: Option<String>) -> SweepRow {
    SweepRow {
        phase: phase.code().to_owned(),
        last_id,
        failures: 0,
        next_at: 0,
        error: None,
        ..sweep.clone()
    }
}

fn keep_inquiry(change: &Change<'_>, row: &InquiryRow) -> StoreResult<()> {
    inquiries::keep(change, row)?;
    let template = row.template_id.as_deref();
    template.map_or(Ok(()), |template| templates::note(change, template))
}

/// What is written of an inquiry that somebody moved at Persona itself.
fn entry(row: &InquiryRow, id: String, at: i64) -> LedgerRow {
    LedgerRow {
        id,
        inquiry_id: row.id.clone(),
        link_id: None,
        at,
        event: "found-moved".to_owned(),
        detail: Some(row.status.clone()),
        actor: Some(Actor::System.to_string()),
    }
}

fn count<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}
