//! Looking into requests: who is meant, whether they may go on, and how they are reached.

use std::time::Duration;

use persona::{Error as PersonaError, InquiryId};

use super::{PURPOSE, Recovery, settle::Outcome};
use crate::{
    failure::Failure,
    inquiries::Contact,
    model::message::MessageChannel,
    store::{
        inquiries::InquiryRow,
        recoveries::{self, RecoveryRow},
    },
    worker::{Bell, Pace, Work},
};

/// How often a request is looked into again when Persona does not answer, or does not accept our key: for about three hours,
/// because whoever asked was told that a link comes.
const MOST_TRIES: i64 = 9;
/// How long the first retry waits; each later one twice as long.
const FIRST_WAIT: i64 = 10_000;
/// Inquiries of one request for which Persona is asked.
const MOST_ASKED: usize = 3;

impl Work for Recovery {
    const NAME: &'static str = "recoveries";

    async fn step(&self) -> Result<Pace, Failure> {
        let Some(row) = self.store.next_recovery().await? else {
            return Ok(Pace::Idle);
        };
        let wait = row.due_at - self.clock.now_ms();
        if let Ok(wait @ 1..) = u64::try_from(wait) {
            return Ok(Pace::In(Duration::from_millis(wait)));
        }
        let asked = self.seal.open(PURPOSE, &row.asked).unwrap_or_default();
        let found = self.find(&String::from_utf8_lossy(&asked)).await?;
        if !found.is_empty()
            && let Some(wait) = self.budget.wait()
        {
            return Ok(Pace::In(wait));
        }
        match self.decide(found).await {
            Ok(outcome) => self.settle(row, outcome).await?,
            Err(Stop::Persona(inquiry, error)) => self.put_off(row, inquiry, &error).await?,
            Err(Stop::Failed(failure)) => return Err(failure),
        }
        Ok(Pace::Now)
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Recovery {
    /// The first inquiry that Persona still holds open decides.
    async fn decide(&self, found: Vec<InquiryRow>) -> Result<Outcome, Stop> {
        for row in found.into_iter().take(MOST_ASKED) {
            if let Some(outcome) = self.look(row).await? {
                return Ok(outcome);
            }
        }
        Ok(Outcome::Nothing)
    }

    /// What is done for an inquiry; none when Persona knows it no more, or it is finished.
    async fn look(&self, row: InquiryRow) -> Result<Option<Outcome>, Stop> {
        if self.is_too_soon(&row.id).await? {
            return Ok(Some(Outcome::Nothing));
        }
        if let Some(why) = self.obstacle(&row).await? {
            return Ok(Some(Outcome::Asked(row.id, why)));
        }
        let Ok(id) = InquiryId::parse(&row.id) else {
            return Ok(None);
        };
        let contact = match self.inquiries.contact(&id).await {
            Err(PersonaError::NotFound { .. }) => return Ok(None),
            contact => contact.map_err(|error| Stop::Persona(row.id.clone(), error))?,
        };
        if contact.phase.is_settled() {
            return Ok(None);
        }
        Ok(Some(match self.channel(&contact) {
            Some(channel) => Outcome::Link(row.id, channel),
            None => Outcome::Asked(row.id, "no-contact"),
        }))
    }

    /// The way to the person: mail if there is one, else a short message.
    fn channel(&self, contact: &Contact) -> Option<MessageChannel> {
        let channels = self.notifier.channels();
        let leads = |channel: &MessageChannel| match channel {
            MessageChannel::Mail => contact.address.is_some(),
            MessageChannel::Sms => contact.number.is_some(),
        };
        channels.into_iter().find(leads)
    }

    /// Persona does not answer: the request is looked into later. When that goes on the staff learns of it.
    async fn put_off(
        &self,
        row: RecoveryRow,
        inquiry: String,
        error: &PersonaError,
    ) -> Result<(), Failure> {
        tracing::warn!(persona_request_id = error.request_id(), cause = %error, "Persona failed");
        if row.tries >= MOST_TRIES {
            return self
                .settle(row, Outcome::Asked(inquiry, "persona-silent"))
                .await;
        }
        let wait = match error {
            PersonaError::RateLimited {
                retry_after: Some(wait),
                ..
            } => i64::try_from(wait.as_millis()).unwrap_or(i64::MAX),
            _ => FIRST_WAIT << row.tries,
        };
        let row = RecoveryRow {
            due_at: self.clock.now_ms().saturating_add(wait.max(FIRST_WAIT)),
            tries: row.tries + 1,
            ..row
        };
        let put_off = self
            .store
            .change(move |change| recoveries::put_off(change, &row));
        Ok(put_off.await?)
    }
}

/// Why there is no outcome yet.
pub(super) enum Stop {
    /// Persona was asked about this inquiry in vain.
    Persona(String, PersonaError),
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
