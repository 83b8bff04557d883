//! Receipts: a bulk begins only as it was seen, and a large one only when a second person saw it too.

use serde_json::json;

use super::{Bulks, deed};
use crate::{
    failure::Failure,
    model::bulk::BulkState,
    secret::same,
    staff::Actor,
    store::{
        self, Change, audit,
        bulk::{self, BulkRow, Moved, Terms},
    },
};

/// What somebody confirms.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// The fingerprint that they saw.
    pub fingerprint: String,
    /// The code of the reason.
    pub reason: String,
    /// What they add in words.
    pub note: String,
}

/// What came of an attempt to move a bulk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// It is in this state now.
    To(BulkState),
    /// It was in a state in which this cannot be done; somebody else may have been quicker.
    NotFrom(BulkState),
    /// Inquiries moved since the receipt was shown; there is a new one.
    Stale {
        /// How many.
        count: i64,
        /// The first of them.
        first: Vec<Moved>,
    },
    /// Nothing would happen to anybody.
    Nothing,
    /// Who made it cannot approve it.
    OwnBulk,
}

impl Bulks {
    /// Confirms a draft: it begins, or waits for somebody else's approval. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn confirm(
        &self,
        actor: &Actor,
        id: &str,
        confirmation: Confirmation,
    ) -> Result<Option<Turned>, Failure> {
        let four_eyes = self.four_eyes();
        self.turn(actor, id, move |change, mut bulk, turn| {
            if bulk.state() != BulkState::Draft {
                return Ok(Turned::NotFrom(bulk.state()));
            }
            if let Some(stale) = turn.stale(change, &bulk, &confirmation.fingerprint)? {
                return Ok(stale);
            }
            if bulk.included == 0 {
                return Ok(Turned::Nothing);
            }
            bulk.reason = Some(confirmation.reason);
            bulk.note = Some(confirmation.note);
            bulk.confirmed_by = Some(turn.actor.to_string());
            bulk.confirmed_at = Some(turn.terms.now);
            let next = if bulk.included > four_eyes {
                BulkState::WaitingApproval
            } else {
                BulkState::Running
            };
            turn.to(change, bulk, next, "bulk-confirmed")
        })
        .await
    }

    /// Approves a bulk that somebody else made: it begins. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn approve(
        &self,
        actor: &Actor,
        id: &str,
        fingerprint: String,
    ) -> Result<Option<Turned>, Failure> {
        self.turn(actor, id, move |change, mut bulk, turn| {
            if bulk.state() != BulkState::WaitingApproval {
                return Ok(Turned::NotFrom(bulk.state()));
            }
            if bulk.maker == turn.actor.to_string() {
                return Ok(Turned::OwnBulk);
            }
            if let Some(stale) = turn.stale(change, &bulk, &fingerprint)? {
                return Ok(stale);
            }
            bulk.approved_by = Some(turn.actor.to_string());
            bulk.approved_at = Some(turn.terms.now);
            turn.to(change, bulk, BulkState::Running, "bulk-approved")
        })
        .await
    }

    /// Changes whom a draft leaves out. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn set_terms(
        &self,
        actor: &Actor,
        id: &str,
        with_outdated: bool,
        with_contacted: bool,
    ) -> Result<Option<Turned>, Failure> {
        let bulks = self.clone();
        self.turn(actor, id, move |change, mut bulk, turn| {
            if bulk.state() != BulkState::Draft {
                return Ok(Turned::NotFrom(bulk.state()));
            }
            bulk.with_outdated = i64::from(with_outdated);
            bulk.with_contacted = i64::from(with_contacted);
            let terms = bulks.terms(&bulk);
            let bulk = bulk::freeze(change, bulk, &terms)?;
            turn.to(change, bulk, BulkState::Draft, "bulk-terms-set")
        })
        .await
    }

    /// Holds a bulk: what is under way is finished, and nothing new is begun. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn pause(&self, actor: &Actor, id: &str) -> Result<Option<Turned>, Failure> {
        let from = [BulkState::Running];
        self.switch(actor, id, &from, BulkState::Paused, "bulk-paused")
            .await
    }

    /// Lets a bulk go on. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn go_on(&self, actor: &Actor, id: &str) -> Result<Option<Turned>, Failure> {
        let from = [BulkState::Paused];
        self.switch(actor, id, &from, BulkState::Running, "bulk-went-on")
            .await
    }

    /// Ends a bulk before its end. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn cancel(&self, actor: &Actor, id: &str) -> Result<Option<Turned>, Failure> {
        let from = [
            BulkState::Draft,
            BulkState::WaitingApproval,
            BulkState::Running,
            BulkState::Paused,
        ];
        self.switch(actor, id, &from, BulkState::Cancelled, "bulk-cancelled")
            .await
    }

    async fn switch(
        &self,
        actor: &Actor,
        id: &str,
        from: &[BulkState],
        to: BulkState,
        act: &'static str,
    ) -> Result<Option<Turned>, Failure> {
        let from = from.to_vec();
        self.turn(actor, id, move |change, mut bulk, turn| {
            if !from.contains(&bulk.state()) {
                return Ok(Turned::NotFrom(bulk.state()));
            }
            if to == BulkState::Running {
                bulk.problem = None;
            }
            if to == BulkState::Cancelled {
                bulk.finished_at = Some(turn.terms.now);
            }
            turn.to(change, bulk, to, act)
        })
        .await
    }

    async fn turn(
        &self,
        actor: &Actor,
        id: &str,
        job: impl FnOnce(&Change<'_>, BulkRow, &Turn) -> store::Result<Turned> + Send + 'static,
    ) -> Result<Option<Turned>, Failure> {
        let (bulks, actor, id) = (self.clone(), actor.clone(), id.to_owned());
        let turned = self.store.change(move |change| {
            let Some(bulk) = bulk::find(change, &id)? else {
                return Ok(None);
            };
            let terms = bulks.terms(&bulk);
            job(change, bulk, &Turn { actor, terms }).map(Some)
        });
        let turned = turned.await?;
        self.bell.ring();
        Ok(turned)
    }
}

/// Who turns a bulk, and by which terms.
struct Turn {
    actor: Actor,
    terms: Terms,
}

impl Turn {
    /// Looks whether the bulk is still what was seen; if it is not, freezes it anew and says what moved.
    fn stale(
        &self,
        change: &Change<'_>,
        bulk: &BulkRow,
        seen: &str,
    ) -> store::Result<Option<Turned>> {
        let (count, first) = bulk::moved(change, &bulk.id, &self.terms)?;
        if count > 0 {
            bulk::freeze(change, bulk.clone(), &self.terms)?;
        }
        let is_stale = count > 0 || !same(seen, &bulk.fingerprint);
        Ok(is_stale.then_some(Turned::Stale { count, first }))
    }

    fn to(
        &self,
        change: &Change<'_>,
        mut bulk: BulkRow,
        state: BulkState,
        act: &str,
    ) -> store::Result<Turned> {
        let before = std::mem::replace(&mut bulk.state, state.code().to_owned());
        bulk::write(change, &bulk)?;
        let mut deed = deed(&bulk, &self.actor, act, self.terms.now);
        deed.before = Some(json!({ "state": before }).to_string());
        let (state_code, included) = (&bulk.state, bulk.included);
        deed.after = Some(json!({ "state": state_code, "included": included }).to_string());
        audit::add(change, deed)?;
        // The last row may have been settled while the bulk was paused.
        let finished = bulk::finish(change, &bulk.id, self.terms.now)?;
        Ok(Turned::To(finished.map_or(state, |bulk| bulk.state())))
    }
}
