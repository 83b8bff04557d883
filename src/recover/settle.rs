//! What comes of a request, written once: the entry, the link and the message that brings it, or nothing.

use super::Recovery;
use crate::{
    failure::Failure,
    id::new_id,
    links::{DraftLink, NewLink, channel::Channel, factor::Factor},
    model::{
        message::{MessageChannel, MessageKind},
        reason::Reason,
    },
    notify::{NewMessage, enqueue},
    staff::Actor,
    store::{
        self, Change,
        audit::{self, Deed},
        ledger::{self, LedgerRow},
        messages::MessageRow,
        recoveries::{self, RecoveryRow},
    },
    worker::Work as _,
};

/// What the ledger calls a request.
const ASKED: &str = "recovery-requested";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// What comes of a request.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nobody is meant, or it was asked for a moment ago.
    Nothing,
    /// The staff learns that the person of this inquiry asked, and why no link was sent.
    Asked(String, &'static str),
    /// The person of this inquiry gets a link in this way.
    Link(String, MessageChannel),
}

/// Everything that is written of a request.
struct Writing {
    request: String,
    asked: Option<(LedgerRow, Deed)>,
    sent: Option<(DraftLink, MessageRow)>,
    limits: Limits,
}

/// When a request for an inquiry comes too soon after others.
#[derive(Clone, Copy, Debug)]
struct Limits {
    now: i64,
    pause: i64,
    a_day: i64,
}

impl Limits {
    fn are_reached(self, rows: &store::Rows, inquiry_id: &str) -> store::Result<bool> {
        let since = |length: i64| ledger::count_since(rows, inquiry_id, ASKED, self.now - length);
        Ok(since(self.pause)? > 0 || since(DAY)? >= self.a_day)
    }
}

impl Recovery {
    fn limits(&self) -> Limits {
        Limits {
            now: self.clock.now_ms(),
            pause: i64::from(self.settings.pause_minutes) * MINUTE,
            a_day: self.settings.a_day.into(),
        }
    }

    /// Whether somebody asked for this inquiry a moment ago, or too often today.
    pub(super) async fn is_too_soon(&self, inquiry_id: &str) -> Result<bool, Failure> {
        let (limits, inquiry_id) = (self.limits(), inquiry_id.to_owned());
        let reached = self
            .store
            .scan(move |rows| limits.are_reached(rows, &inquiry_id));
        Ok(reached.await?)
    }

    /// Writes an outcome and takes the request away, in one.
    pub(super) async fn settle(&self, row: RecoveryRow, outcome: Outcome) -> Result<(), Failure> {
        let writing = self.writing(row, outcome)?;
        let written = self.store.change(move |change| writing.write(change));
        written.await?;
        self.notifier.bell().ring();
        Ok(())
    }

    fn writing(&self, row: RecoveryRow, outcome: Outcome) -> Result<Writing, Failure> {
        let (asked, sent) = match outcome {
            Outcome::Nothing => (None, None),
            Outcome::Asked(inquiry, why) => (Some(self.asked(inquiry, Some(why))?), None),
            Outcome::Link(inquiry, channel) => {
                let sent = self.sent(&row, &inquiry, channel)?;
                (Some(self.asked(inquiry, None)?), Some(sent))
            }
        };
        Ok(Writing {
            request: row.id,
            asked,
            sent,
            limits: self.limits(),
        })
    }

    /// What is written of whoever asked.
    fn asked(
        &self,
        inquiry_id: String,
        why: Option<&'static str>,
    ) -> Result<(LedgerRow, Deed), Failure> {
        let now = self.clock.now();
        let actor = Actor::System.to_string();
        let deed = Deed {
            at: now.as_millisecond(),
            actor: actor.clone(),
            act: ASKED.to_owned(),
            object: format!("inquiry:{inquiry_id}"),
            reason: why.map(str::to_owned),
            ..Deed::default()
        };
        let entry = LedgerRow {
            id: new_id(now)?,
            inquiry_id,
            link_id: None,
            at: now.as_millisecond(),
            event: ASKED.to_owned(),
            detail: why.map(str::to_owned),
            actor: Some(actor),
        };
        Ok((entry, deed))
    }

    /// The link, and the message that brings it.
    fn sent(
        &self,
        row: &RecoveryRow,
        inquiry_id: &str,
        channel: MessageChannel,
    ) -> Result<(DraftLink, MessageRow), Failure> {
        let actor = Actor::System.to_string();
        let new = NewLink {
            inquiry_id: inquiry_id.to_owned(),
            maker: actor.clone(),
            reason: Reason::PersonAsked.code().to_owned(),
            note: None,
            channel: Channel::Recover,
            factor: Factor::None,
            return_url: None,
            locale: Some(row.locale.clone()),
            life: None,
        };
        let link = self.links.draft(new, &self.tokens)?;
        let message = NewMessage {
            kind: MessageKind::Recovery,
            channel,
            link: link.row(),
            actor: &actor,
            policy: None,
        };
        let message = message.row(self.clock.now())?;
        Ok((link, message))
    }
}

impl Writing {
    fn write(self, change: &Change<'_>) -> store::Result<()> {
        if !recoveries::take(change, &self.request)? {
            return Ok(());
        }
        let Some((entry, deed)) = self.asked else {
            return Ok(());
        };
        // Two requests for one inquiry may be looked into at once; the limit is kept where they are written.
        if self.limits.are_reached(change, &entry.inquiry_id)? {
            return Ok(());
        }
        ledger::add(change, &entry)?;
        audit::add(change, deed)?;
        self.sent.map_or(Ok(()), |(link, message)| {
            link.add(change)?;
            enqueue(change, &message)
        })
    }
}
