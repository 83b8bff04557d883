//! Resume: from a person's act to a session token, with as few requests to Persona as the rules allow.

use persona::{Error as PersonaError, InquiryId, SessionToken, Shape};

use super::{Inquiries, Phase, Visitor, binding::Binding, inquiry_id, row};
use crate::{
    failure::Failure,
    links::{admission::belongs_to, entry},
    live::LiveSession,
    meter,
    model::refusal::Refusal,
    secret::Secret,
    store::{inquiries, inquiries::InquiryRow, ledger, links::LinkRow},
};

/// What opens the flow.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The inquiry.
    pub inquiry_id: InquiryId,
    /// Absent for an inquiry that was never started: it opens by its ID alone.
    pub session_token: Option<SessionToken>,
    /// The device that the link is bound to now; its cookie must reach the browser.
    pub device: Secret,
}

impl Inquiries {
    /// Opens the inquiry of a link for this visitor and binds the link to their device.
    ///
    /// An inquiry that we know as pending or expired is resumed at once; whatever else it turned out to be,
    /// Persona's 409 says so and is looked into. So the common case costs one request.
    ///
    /// # Errors
    /// A refusal of the link, the device or the factor; [`Refusal::Settled`] when the person is done;
    /// [`Refusal::NotResumable`] when Persona will not open it; Persona's and the database's own failures.
    pub async fn resume(&self, link: &LinkRow, visitor: &Visitor) -> Result<Opened, Failure> {
        let opened = self.try_resume(link, visitor).await;
        if let Err(failure) = &opened {
            meter::resume(failure.refusal().code());
        }
        opened
    }

    /// The same, for a press that is counted elsewhere.
    pub(super) async fn try_resume(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
    ) -> Result<Opened, Failure> {
        self.admit(link, visitor).await?;
        let pressed_at = self.clock.now_ms();
        let binding = self.binding(link, visitor, pressed_at)?;
        let opened = self.resume_for(link, visitor, binding).await;
        if opened.is_err() {
            self.record_press(link, pressed_at).await?;
        }
        opened
    }

    async fn resume_for(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        binding: Binding,
    ) -> Result<Opened, Failure> {
        let id = inquiry_id(link)?;
        if !belongs_to(link, visitor.device.as_ref()) {
            self.live.forget(&link.id);
        }
        let slot = self.live.slot(&link.id);
        let mut slot = slot.lock().await;
        let known = self.known(&id, slot.is_some()).await?;
        match known.phase() {
            Phase::Created => {
                *slot = None;
                self.open(link, binding, &id, None, "opened").await
            }
            Phase::Pending | Phase::Unknown
                if let Some(live) = slot.as_ref().filter(|live| live.is_good(self.clock.now())) =>
            {
                let token = live.token.clone();
                self.open(link, binding, &id, Some(token), "reopened").await
            }
            // Of a status that is newer than this program Persona knows whether it can be resumed.
            Phase::Pending | Phase::Expired | Phase::Unknown => {
                *slot = None;
                let (opened, live) = self.renew(link, binding, &id).await?;
                *slot = live;
                Ok(opened)
            }
            _ => Err(Refusal::Settled.into()),
        }
    }

    /// What we know is enough for an attempt, unless the flow may open without resuming.
    async fn known(&self, id: &InquiryId, has_live_session: bool) -> Result<InquiryRow, Failure> {
        match self.store.inquiry(id.as_str()).await? {
            Some(row) if row.phase().is_settled() => Ok(row),
            Some(row) if row.phase() == Phase::Expired => Ok(row),
            Some(row) if row.phase() == Phase::Pending && !has_live_session => Ok(row),
            _ => self.refresh(id).await,
        }
    }

    async fn renew(
        &self,
        link: &LinkRow,
        binding: Binding,
        id: &InquiryId,
    ) -> Result<(Opened, Option<LiveSession>), Failure> {
        let read_at = self.clock.now_ms();
        let resumed = self
            .persona
            .resume_inquiry(id, &Self::action_key()?, &Shape::state())
            .await;
        match resumed {
            Ok(resumed) => {
                let token = resumed.session_token;
                let until = token
                    .expires_hint()
                    .or(resumed.inquiry.attributes.expires_at);
                let known = Some(row(&resumed.inquiry, read_at));
                let opened = self
                    .write_opened(link, binding, id, Some(token.clone()), "resumed", known)
                    .await?;
                Ok((opened, Some(LiveSession { token, until })))
            }
            Err(PersonaError::Conflict { .. }) => self.look_into(link, binding, id).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Persona would not resume: the inquiry moved since we last read it, or its sessions are used up.
    async fn look_into(
        &self,
        link: &LinkRow,
        binding: Binding,
        id: &InquiryId,
    ) -> Result<(Opened, Option<LiveSession>), Failure> {
        match self.refresh(id).await?.phase() {
            Phase::Created => self
                .open(link, binding, id, None, "opened")
                .await
                .map(|opened| (opened, None)),
            phase if phase.is_settled() => Err(Refusal::Settled.into()),
            _ => {
                let entry = entry(link, self.clock.now(), "resume-refused", None)?;
                self.record(entry).await?;
                Err(Refusal::NotResumable.into())
            }
        }
    }

    async fn open(
        &self,
        link: &LinkRow,
        binding: Binding,
        id: &InquiryId,
        session_token: Option<SessionToken>,
        event: &'static str,
    ) -> Result<Opened, Failure> {
        self.write_opened(link, binding, id, session_token, event, None)
            .await
    }

    /// Keeps what Persona said, binds the link and writes the ledger; whoever loses a race for the link gets no token.
    async fn write_opened(
        &self,
        link: &LinkRow,
        binding: Binding,
        id: &InquiryId,
        session_token: Option<SessionToken>,
        event: &'static str,
        known: Option<InquiryRow>,
    ) -> Result<Opened, Failure> {
        let entry = entry(link, self.clock.now(), event, None)?;
        let written = self.store.change(move |change| {
            let bound = binding.write(change, Some(entry.at))?;
            let is_bound = bound.is_some();
            let resumed = |row: &mut InquiryRow| {
                row.resumed_at = Some(entry.at);
                (row.trouble, row.trouble_at) = (None, None);
            };
            match &known {
                Some(known) if is_bound => inquiries::keep_and(change, known, resumed)?,
                Some(known) => inquiries::keep(change, known)?,
                None if is_bound => inquiries::edit(change, &entry.inquiry_id, resumed)?,
                None => {}
            }
            if is_bound {
                ledger::add(change, &entry)?;
            }
            Ok(bound)
        });
        let device = written.await?.ok_or(Refusal::OtherDevice)?;
        meter::resume(event);
        Ok(Opened {
            inquiry_id: id.clone(),
            session_token,
            device,
        })
    }
}
