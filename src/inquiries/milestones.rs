//! Milestones that have no other trace: a button that led nowhere, and a flow that is on view.

use super::{Inquiries, Visitor};
use crate::{
    failure::Failure,
    links::{admission::belongs_to, entry},
    model::refusal::Refusal,
    store::{
        ledger,
        links::LinkRow,
        milestones::{Milestone, reach},
    },
};

impl Inquiries {
    /// Records that the flow is on view, once, as the browser says. It decides nothing: it is counted.
    ///
    /// # Errors
    /// [`Refusal::OtherDevice`] for a device that the link does not belong to; the database's failures.
    pub async fn record_ready(&self, link: &LinkRow, visitor: &Visitor) -> Result<(), Failure> {
        if !belongs_to(link, visitor.device.as_ref()) {
            return Err(Refusal::OtherDevice.into());
        }
        // A flow that nothing was given for cannot be on view.
        if link.resumed_at.is_none() || link.ready_at.is_some() {
            return Ok(());
        }
        let id = link.id.clone();
        let entry = entry(link, self.clock.now(), "flow-ready", None)?;
        let recorded = self.store.change(move |change| {
            if reach(change, &id, Milestone::Ready, entry.at)? {
                ledger::add(change, &entry)?;
            }
            Ok(())
        });
        Ok(recorded.await?)
    }

    /// Keeps that the button was pressed though nothing came of it.
    pub(super) async fn record_press(&self, link: &LinkRow, at: i64) -> Result<(), Failure> {
        if link.opened_at.is_some() {
            return Ok(());
        }
        let id = link.id.clone();
        let recorded = self
            .store
            .change(move |change| reach(change, &id, Milestone::Opened, at).map(drop));
        Ok(recorded.await?)
    }
}
