//! Completion: the browser says "done", the server looks for itself.

use super::{Inquiries, Visitor, inquiry_id};
use crate::{
    failure::Failure,
    links::{admission::belongs_to, entry},
    meter,
    model::refusal::Refusal,
    store::{
        inquiries::InquiryRow,
        ledger,
        links::LinkRow,
        milestones::{Milestone, reach},
        receipts,
        receipts::ReceiptRow,
    },
};

impl Inquiries {
    /// Reads the inquiry from Persona and writes the receipt, once, if the person is done.
    ///
    /// Nothing of what the browser claims is taken: Persona calls its callback's status stale at times
    /// (<https://docs.withpersona.com/embedded-flow-client-callbacks>), and anybody can forge it.
    ///
    /// # Errors
    /// [`Refusal::OtherDevice`] for a device that the link does not belong to; Persona's and the database's failures.
    pub async fn verify(&self, link: &LinkRow, visitor: &Visitor) -> Result<InquiryRow, Failure> {
        if !belongs_to(link, visitor.device.as_ref()) {
            return Err(Refusal::OtherDevice.into());
        }
        let inquiry = self.refresh(&inquiry_id(link)?).await?;
        if inquiry.phase().is_finished() {
            self.write_receipt(link, &inquiry).await?;
        }
        Ok(inquiry)
    }

    /// Reads the inquiry from Persona and keeps nothing: for a page that only looks.
    ///
    /// # Errors
    /// As [`Inquiries::verify`].
    pub async fn peek(&self, link: &LinkRow, visitor: &Visitor) -> Result<InquiryRow, Failure> {
        if !belongs_to(link, visitor.device.as_ref()) {
            return Err(Refusal::OtherDevice.into());
        }
        self.read(&inquiry_id(link)?).await
    }

    async fn write_receipt(&self, link: &LinkRow, inquiry: &InquiryRow) -> Result<(), Failure> {
        let now = self.clock.now();
        let receipt = ReceiptRow {
            inquiry_id: inquiry.id.clone(),
            link_id: link.id.clone(),
            status: inquiry.status.clone(),
            verified_at: now.as_millisecond(),
            event_id: None,
        };
        let entry = entry(link, now, "verified", Some(inquiry.status.clone()))?;
        let finished_at = inquiry.read_at;
        let status = receipt.status.clone();
        let written = self.store.change(move |change| {
            let is_new = receipts::add(change, &receipt)?;
            if is_new {
                reach(change, &receipt.link_id, Milestone::Finished, finished_at)?;
                ledger::add(change, &entry)?;
            }
            Ok(is_new)
        });
        if written.await? {
            meter::receipt(&status);
        }
        self.live.forget(&link.id);
        Ok(())
    }
}
