//! Trouble that the browser reports: recorded for staff, and the session dropped when the flow said it is not valid.

use super::{Inquiries, Visitor};
use crate::{
    failure::Failure,
    links::{admission::belongs_to, entry},
    model::{refusal::Refusal, trouble::Trouble},
    store::{inquiries, ledger, links::LinkRow},
};

impl Inquiries {
    /// Records trouble; the link stays usable.
    ///
    /// # Errors
    /// [`Refusal::OtherDevice`] for a device that the link does not belong to; the database's failures.
    pub async fn record_trouble(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        trouble: Trouble,
    ) -> Result<(), Failure> {
        if !belongs_to(link, visitor.device.as_ref()) {
            return Err(Refusal::OtherDevice.into());
        }
        if matches!(trouble, Trouble::SessionLost | Trouble::FlowError) {
            self.live.forget(&link.id);
        }
        let entry = entry(link, self.clock.now(), trouble.code(), None)?;
        let recorded = self.store.change(move |change| {
            inquiries::edit(change, &entry.inquiry_id, |row| {
                (row.trouble, row.trouble_at) = (Some(entry.event.clone()), Some(entry.at));
            })?;
            ledger::add(change, &entry)
        });
        Ok(recorded.await?)
    }
}
