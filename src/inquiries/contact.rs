//! Writing to the person: whom, and what came of it.

use persona::{Error as PersonaError, Inquiry, InquiryId, Shape};

use super::{Inquiries, Phase, by_hand::parse};
use crate::{
    failure::Failure,
    links::entry,
    mail::{MailError, Number, Recipient},
    store::{
        audit::{self, Deed},
        inquiries,
        ledger::{self, LedgerRow},
        links::{self, LinkRow},
    },
};

/// The fields in which Persona's templates keep them by default.
const ADDRESS: &str = "email-address";
const NUMBER: &str = "phone-number";

/// How the person of an inquiry is reached, and whether there is still something to write about.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Where the inquiry stands at Persona.
    pub phase: Phase,
    /// Their e-mail address.
    pub address: Option<Recipient>,
    /// Their telephone number.
    pub number: Option<Number>,
}

impl Inquiries {
    /// The address that Persona holds for the person of an inquiry; it is read each time and kept nowhere.
    ///
    /// # Errors
    /// When Persona does not answer.
    pub async fn recipient(&self, id: &str) -> Result<Option<Recipient>, Failure> {
        Ok(self.contact(&parse(id)?).await?.address)
    }

    /// How the person of an inquiry is reached, as Persona knows it now; it is kept nowhere.
    ///
    /// # Errors
    /// Persona's own.
    pub async fn contact(&self, id: &InquiryId) -> Result<Contact, PersonaError> {
        let shape = Shape::default()
            .fields("inquiry", ["status", "redacted-at"])
            .with_field(ADDRESS)
            .with_field(NUMBER);
        let inquiry = self.persona.retrieve_inquiry(id, &shape).await?;
        let status = &inquiry.attributes.status;
        Ok(Contact {
            phase: Phase::of(status, inquiry.is_redacted()),
            address: text(&inquiry, ADDRESS).and_then(Recipient::parse),
            number: text(&inquiry, NUMBER).and_then(Number::parse),
        })
    }

    /// Takes the turn to write to the person of a link, so that two who press at once send one mail; false when the
    /// inquiry moved since somebody saw it at this version.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take_turn(&self, link: &LinkRow, version: i64) -> Result<bool, Failure> {
        let id = link.inquiry_id.clone();
        let taken = self.store.change(move |change| {
            let is_mine = inquiries::is_at(change, &id, version)?;
            if is_mine {
                inquiries::edit(change, &id, |_| {})?;
            }
            Ok(is_mine)
        });
        Ok(taken.await?)
    }

    /// Writes down that a link was mailed, or why not.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn record_mail(
        &self,
        actor: &str,
        link: &LinkRow,
        sent: &Result<(), MailError>,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let event = if sent.is_ok() {
            "mailed"
        } else {
            "mail-failed"
        };
        let detail = sent.as_ref().err().map(MailError::code);
        let entry = LedgerRow {
            actor: Some(actor.to_owned()),
            ..entry(link, now, event, detail.clone())?
        };
        let deed = Deed {
            at: entry.at,
            actor: actor.to_owned(),
            act: format!("link-{event}"),
            object: format!("link:{}", link.id),
            after: detail.map(|why| serde_json::json!({ "why": why }).to_string()),
            ..Deed::default()
        };
        let (is_sent, link_id) = (sent.is_ok(), link.id.clone());
        let recorded = self.store.change(move |change| {
            if is_sent {
                links::mailed(change, &link_id)?;
                inquiries::edit(change, &entry.inquiry_id, |row| row.contacted_at = entry.at)?;
            }
            ledger::add(change, &entry)?;
            audit::add(change, deed)
        });
        Ok(recorded.await?)
    }
}

fn text<'a>(inquiry: &'a Inquiry, field: &str) -> Option<&'a str> {
    inquiry.field(field)?.as_str()
}
