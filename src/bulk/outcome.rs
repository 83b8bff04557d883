//! Outcomes: what became of a row, written once with its ledger, its audit and the counts.

use jiff::Timestamp;
use serde_json::json;

use super::{Bulks, deed};
use crate::{
    failure::Failure,
    id::new_id,
    inquiries::{Phase, Sight},
    links::{channel::Channel, factor::Factor},
    model::bulk::{BulkState, RowState, Verdict},
    staff::Actor,
    store::{
        self, Change,
        audit::{self, Deed},
        bulk::{self, BulkRow},
        bulk_rows::{self, BulkItem, Settled},
        ledger::{self, LedgerRow},
        links::LinkRow,
        milestones,
    },
};

/// What becomes of a row.
pub(super) enum Outcome {
    /// A link is made; what Persona said of the inquiry is kept.
    Linked(Sight),
    /// The inquiry was ended.
    Expired(Sight),
    /// Its links are taken back.
    Revoked,
    /// Nothing is to be done any more.
    Skipped(Verdict, Option<Sight>),
    /// It could not be done; in words.
    Failed(String),
}

impl Outcome {
    pub(super) const fn skipped(verdict: Verdict) -> Self {
        Self::Skipped(verdict, None)
    }

    pub(super) const fn failed(words: String) -> Self {
        Self::Failed(words)
    }

    /// What Persona's answer means: a person who is done meanwhile is left alone.
    pub(super) fn of_sight(sight: Sight, otherwise: fn(Sight) -> Self) -> Self {
        let verdict = match sight.row.phase() {
            Phase::Redacted => Verdict::Redacted,
            phase if phase.is_settled() => Verdict::Finished,
            _ => return otherwise(sight),
        };
        Self::Skipped(verdict, Some(sight))
    }

    /// The same for one that shall be opened: a link to an inquiry whose sessions are used up would open nothing.
    pub(super) fn of_open(sight: Sight) -> Self {
        let is_open = !sight.row.phase().is_settled();
        if is_open && !sight.is_reopened && sight.row.sessions >= bulk::MOST_SESSIONS {
            return Self::Skipped(Verdict::SessionCap, Some(sight));
        }
        Self::of_sight(sight, Self::Linked)
    }

    fn settled(&self) -> Settled {
        let (state, result) = match self {
            Self::Linked(sight) if sight.is_reopened => (RowState::Done, "resumed"),
            Self::Linked(_) => (RowState::Done, "link-made"),
            Self::Expired(_) => (RowState::Done, "expired"),
            Self::Revoked => (RowState::Done, "links-revoked"),
            Self::Skipped(verdict, _) => (RowState::Skipped, verdict.code()),
            Self::Failed(_) => (RowState::Failed, "failed"),
        };
        let error = match self {
            Self::Failed(words) => Some(words.clone()),
            _ => None,
        };
        Settled {
            state,
            result,
            error,
            link_id: None,
        }
    }
}

/// One row, and everything that is written with it.
struct Writing {
    bulk: BulkRow,
    item: BulkItem,
    at: i64,
    /// An ID for each entry of the ledger; there are two at most.
    entries: [String; 2],
    link: Option<LinkRow>,
}

impl Bulks {
    /// Writes an outcome, unless the row is settled already.
    pub(super) async fn write(
        &self,
        bulk: BulkRow,
        item: BulkItem,
        outcome: Outcome,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let link = match &outcome {
            Outcome::Linked(_) => Some(self.link(&bulk, &item, now)?),
            _ => None,
        };
        // IDs of one millisecond are in no order of themselves.
        let mut entries = [new_id(now)?, new_id(now)?];
        entries.sort_unstable();
        let writing = Writing {
            entries,
            at: now.as_millisecond(),
            bulk,
            item,
            link,
        };
        let written = self
            .store
            .change(move |change| writing.write(change, &outcome));
        Ok(written.await?)
    }

    /// A link whose token follows from its ID, so that it can be handed out later without being kept.
    fn link(&self, bulk: &BulkRow, item: &BulkItem, now: Timestamp) -> Result<LinkRow, Failure> {
        let id = new_id(now)?;
        let at = now.as_millisecond();
        Ok(LinkRow {
            token_hash: self.tokens.of(&id)?.hash(),
            id,
            inquiry_id: item.inquiry_id.clone(),
            maker: bulk.actor().to_owned(),
            reason: bulk.reason.clone().unwrap_or_default(),
            factor: Factor::None.code().to_owned(),
            channel: Channel::Bulk.code().to_owned(),
            created_at: at,
            expires_at: at.saturating_add(self.link_life),
            ..LinkRow::default()
        })
    }

    /// Pauses a bulk that cannot succeed until somebody does something.
    pub(super) async fn park(&self, bulk: BulkRow, problem: String) -> Result<(), Failure> {
        let now = self.clock.now_ms();
        let parked = self.store.change(move |change| {
            let found = bulk::find(change, &bulk.id)?;
            let Some(mut bulk) = found.filter(|bulk| bulk.state() == BulkState::Running) else {
                return Ok(());
            };
            BulkState::Paused.code().clone_into(&mut bulk.state);
            bulk.problem = Some(problem);
            bulk::write(change, &bulk)?;
            audit::add(change, deed(&bulk, &Actor::System, "bulk-paused", now))
        });
        Ok(parked.await?)
    }
}

impl Writing {
    fn write(mut self, change: &Change<'_>, outcome: &Outcome) -> store::Result<()> {
        let mut settled = outcome.settled();
        settled.link_id = self.link.as_ref().map(|link| link.id.clone());
        if !bulk_rows::settle(change, &self.item, &settled, self.at)? {
            return Ok(());
        }
        self.take_effect(change, outcome)?;
        if settled.state != RowState::Skipped {
            audit::add(change, self.deed(&settled))?;
        }
        let finished = bulk::count(change, &self.bulk.id, settled.state, self.at)?;
        finished.map_or(Ok(()), |bulk| {
            let mut deed = deed(&bulk, &Actor::System, "bulk-finished", self.at);
            let (done, skipped, failed) = (bulk.done, bulk.skipped, bulk.failed);
            deed.after =
                Some(json!({ "done": done, "skipped": skipped, "failed": failed }).to_string());
            audit::add(change, deed)
        })
    }

    fn take_effect(&mut self, change: &Change<'_>, outcome: &Outcome) -> store::Result<()> {
        match outcome {
            Outcome::Linked(sight) => {
                sight.keep(change, self.at)?;
                if sight.is_reopened {
                    self.enter(change, 0, "resumed-by-staff")?;
                }
                if let Some(link) = &self.link {
                    let template_id = milestones::template(change, &link.inquiry_id)?;
                    let link = LinkRow {
                        template_id,
                        ..link.clone()
                    };
                    store::links::add(change, &link)?;
                }
                self.enter(change, 1, "link-created")
            }
            Outcome::Expired(sight) => {
                sight.keep(change, self.at)?;
                self.enter(change, 0, "inquiry-expired")
            }
            Outcome::Revoked => {
                store::links::revoke_all(change, &self.item.inquiry_id, self.at)?;
                // Whoever looks at the inquiry must learn of it.
                store::inquiries::edit(change, &self.item.inquiry_id, |_| {})?;
                self.enter(change, 0, "link-revoked")
            }
            Outcome::Skipped(_, sight) => sight
                .as_ref()
                .map_or(Ok(()), |sight| sight.keep(change, self.at)),
            Outcome::Failed(_) => self.enter(change, 0, "bulk-failed"),
        }
    }

    /// Adds an entry to the inquiry's ledger.
    fn enter(&self, change: &Change<'_>, place: usize, event: &str) -> store::Result<()> {
        let entry = LedgerRow {
            id: self.entries[place].clone(),
            inquiry_id: self.item.inquiry_id.clone(),
            link_id: self.link.as_ref().map(|link| link.id.clone()),
            at: self.at,
            event: event.to_owned(),
            detail: self.bulk.reason.clone(),
            actor: Some(self.bulk.actor().to_owned()),
        };
        ledger::add(change, &entry)
    }

    fn deed(&self, settled: &Settled) -> Deed {
        let after = json!({
            "bulk": self.bulk.id,
            "link": settled.link_id,
            "error": settled.error,
        });
        Deed {
            at: self.at,
            actor: self.bulk.actor().to_owned(),
            act: format!("bulk-{}", settled.result),
            object: format!("inquiry:{}", self.item.inquiry_id),
            reason: self.bulk.reason.clone(),
            note: self.bulk.note.clone(),
            before: None,
            after: Some(after.to_string()),
        }
    }
}
