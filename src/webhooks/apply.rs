//! Applying what was kept, in the order in which it happened.

use std::time::Duration;

use persona::{Error as PersonaError, EventFilter, EventId, InquiryId, PageRequest, Shape};

use super::{Webhooks, kept::kept};
use crate::{
    budget::rest,
    failure::Failure,
    inquiries::{Said, tell},
    model::event::is_known,
    store::{
        self, Change,
        events::{self, APPLIED, EventRow, IGNORED, PARKED},
    },
    worker::{Bell, Pace, Work},
};

/// Events that share a commit: enough to be quick, few enough that nobody waits long behind them.
const BATCH: usize = 100;

impl Work for Webhooks {
    const NAME: &'static str = "events";

    async fn step(&self) -> Result<Pace, Failure> {
        let waiting = self.store.waiting_events(BATCH).await?;
        if !waiting.is_empty() {
            return self.apply(waiting).await.map(|()| Pace::Now);
        }
        match self.store.bare_event().await? {
            Some(event) => self.ask(event).await,
            None => Ok(Pace::Idle),
        }
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Webhooks {
    /// Applies events together; if one of them cannot be, each by itself.
    async fn apply(&self, waiting: Vec<EventRow>) -> Result<(), Failure> {
        let now = self.clock.now_ms();
        let batch = waiting.clone();
        let applied = self.store.change(move |change| {
            batch
                .iter()
                .try_for_each(|event| apply_one(change, event, now))
        });
        match applied.await {
            Err(store::Error::Database(error)) if !error.is_outage() => {
                self.apply_each(waiting).await
            }
            applied => Ok(applied?),
        }
    }

    async fn apply_each(&self, waiting: Vec<EventRow>) -> Result<(), Failure> {
        for event in waiting {
            let (now, one) = (self.clock.now_ms(), event.clone());
            let applied = self
                .store
                .change(move |change| apply_one(change, &one, now))
                .await;
            match applied {
                Err(store::Error::Database(error)) if !error.is_outage() => {
                    self.park(event, &error.to_string()).await?;
                }
                applied => applied?,
            }
        }
        Ok(())
    }

    /// Asks Persona for what an event does not say.
    async fn ask(&self, event: EventRow) -> Result<Pace, Failure> {
        let wait = event.due_at - self.clock.now_ms();
        if let Ok(wait @ 1..) = u64::try_from(wait) {
            return Ok(Pace::In(Duration::from_millis(wait)));
        }
        if let Some(wait) = self.budget.wait() {
            return Ok(Pace::In(wait));
        }
        let answer = match inquiry_of(&event) {
            Some(id) => self.ask_for_inquiry(&event, &id).await,
            None => self.ask_for_event(&event).await,
        };
        match answer {
            Ok(now) => self.move_on(event, now).await?,
            Err(error) => self.stumble(event, &error).await?,
        }
        Ok(Pace::Now)
    }

    /// The event with what Persona says of its inquiry now.
    async fn ask_for_inquiry(
        &self,
        event: &EventRow,
        id: &InquiryId,
    ) -> Result<EventRow, PersonaError> {
        let inquiry = self.persona.retrieve_inquiry(id, &Shape::state()).await?;
        let said = Said::of(&inquiry, &event.name, event.at);
        Ok(EventRow {
            position: said.position(),
            said: said.text(),
            ..event.clone()
        })
    }

    /// The event as Persona lists it; parked when it does not any more.
    async fn ask_for_event(&self, event: &EventRow) -> Result<EventRow, PersonaError> {
        let filter = EventFilter {
            event_ids: EventId::parse(&*event.id).into_iter().collect(),
            ..EventFilter::default()
        };
        let page = PageRequest::of(1);
        let listed = self.persona.list_events(&filter, &page).await?;
        let now = self.clock.now_ms();
        Ok(match listed.items.first() {
            Some(listed) => EventRow {
                received_at: event.received_at,
                told_at: event.told_at,
                sweep_id: event.sweep_id.clone(),
                ..kept(listed, now, &event.source)
            },
            None => settled(
                event,
                PARKED,
                "Persona does not list this event any more",
                now,
            ),
        })
    }

    /// Waits and tries again, or parks the event until somebody looked into it.
    async fn stumble(&self, event: EventRow, error: &PersonaError) -> Result<(), Failure> {
        let Some(wait) = rest(error, event.tries) else {
            return self.park(event, &error.to_string()).await;
        };
        let persona_request_id = error.request_id();
        tracing::warn!(event = event.id, persona_request_id, cause = %error, "Persona was asked in vain");
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        let now = EventRow {
            tries: event.tries + 1,
            due_at: self.clock.now_ms().saturating_add(wait),
            ..event.clone()
        };
        self.move_on(event, now).await
    }

    async fn park(&self, event: EventRow, cause: &str) -> Result<(), Failure> {
        tracing::warn!(event = event.id, cause, "an event is parked");
        let now = settled(&event, PARKED, cause, self.clock.now_ms());
        self.move_on(event, now).await
    }

    async fn move_on(&self, seen: EventRow, now: EventRow) -> Result<(), Failure> {
        let moved = self
            .store
            .change(move |change| events::move_on(change, &seen, &now).map(drop));
        Ok(moved.await?)
    }
}

/// The inquiry to ask for, when the event is one that we know.
fn inquiry_of(event: &EventRow) -> Option<InquiryId> {
    let id = event.inquiry_id.clone().filter(|_| is_known(&event.name))?;
    InquiryId::parse(id).ok()
}

fn apply_one(change: &Change<'_>, event: &EventRow, now: i64) -> store::Result<()> {
    let settled = match &event.inquiry_id {
        Some(inquiry) => {
            let result = if tell(change, event, inquiry)? {
                "newest"
            } else {
                "outdated"
            };
            settled(event, APPLIED, result, now)
        }
        None => settled(event, IGNORED, "", now),
    };
    events::move_on(change, event, &settled).map(drop)
}

fn settled(event: &EventRow, state: &str, result: &str, now: i64) -> EventRow {
    EventRow {
        state: state.to_owned(),
        settled_at: Some(now),
        result: Some(result.to_owned()).filter(|result| !result.is_empty()),
        ..event.clone()
    }
}
