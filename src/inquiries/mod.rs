//! The heart: resume an inquiry, verify what became of it. The only writer of an inquiry's state.

mod binding;
mod by_hand;
mod completion;
mod contact;
mod hosted;
mod milestones;
mod phase;
mod reopen;
mod resume;
mod said;
mod told;
mod trouble;

use persona::{Client, IdempotencyKey, InquiryId, InquiryStatus, Shape};

pub use by_hand::{Acted, SessionSeen};
pub use contact::Contact;
pub use hosted::HostedFlow;
pub use phase::Phase;
pub use reopen::{Readied, Sight};
pub use resume::Opened;
pub use said::Said;
pub use told::{entry_id, tell};

use crate::{
    clock::Clock,
    config,
    failure::Failure,
    links::{admission::admit, entry},
    live::LiveSessions,
    mirror::row,
    model::refusal::Refusal,
    secret::Secret,
    store::{
        Store, inquiries,
        inquiries::InquiryRow,
        ledger,
        ledger::LedgerRow,
        links,
        links::LinkRow,
        milestones::{Milestone, reach},
    },
};

/// Who acts on a link: what their browser sent along.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The device's cookie.
    pub device: Option<Secret>,
    /// The answer to the link's factor; personal data, never stored or logged.
    pub birthdate: Option<Birthdate>,
}

/// A date of birth as somebody typed it. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Birthdate(pub String);

impl std::fmt::Debug for Birthdate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Birthdate(…)")
    }
}

/// What Leftoff does with inquiries.
#[derive(Clone, Debug)]
pub struct Inquiries {
    store: Store,
    persona: Client,
    clock: Clock,
    live: LiveSessions,
    settings: config::Links,
    link_hosts: Vec<String>,
}

impl Inquiries {
    /// Inquiries in this store, at this Persona.
    #[must_use]
    pub fn new(store: Store, persona: Client, clock: Clock, settings: &config::Config) -> Self {
        Self {
            store,
            persona,
            clock,
            live: LiveSessions::default(),
            settings: settings.links.clone(),
            link_hosts: settings.persona.link_hosts.clone(),
        }
    }

    /// How many requests Persona still takes in this window, as far as it told.
    #[must_use]
    pub fn requests_left(&self) -> Option<u32> {
        Some(self.persona.last_rate_limit()?.remaining)
    }

    /// Reads an inquiry from Persona and keeps what it says.
    ///
    /// # Errors
    /// When Persona or the database do not answer.
    pub async fn refresh(&self, id: &InquiryId) -> Result<InquiryRow, Failure> {
        let row = self.read(id).await?;
        self.store
            .change(move |change| inquiries::keep(change, &row).map(|()| row))
            .await
            .map_err(Failure::from)
    }

    /// Binds a link to the visitor's device without opening the inquiry, as a hand-off to a phone does.
    ///
    /// # Errors
    /// A refusal of the link, the device or the factor; Persona's and the database's failures.
    pub async fn claim(&self, link: &LinkRow, visitor: &Visitor) -> Result<Secret, Failure> {
        self.admit(link, visitor).await?;
        let binding = self.binding(link, visitor, self.clock.now_ms())?;
        let bound = self
            .store
            .change(move |change| binding.write(change, None))
            .await?;
        bound.ok_or_else(|| Refusal::OtherDevice.into())
    }

    async fn read(&self, id: &InquiryId) -> Result<InquiryRow, Failure> {
        let read_at = self.clock.now_ms();
        let inquiry = self.persona.retrieve_inquiry(id, &Shape::state()).await?;
        Ok(row(&inquiry, read_at))
    }

    /// Lets the visitor in or says why not; the factor is compared with what Persona knows.
    async fn admit(&self, link: &LinkRow, visitor: &Visitor) -> Result<(), Failure> {
        let most = self.settings.factor_attempts;
        match admit(link, visitor.device.as_ref(), self.clock.now(), most) {
            Ok(_) => Ok(()),
            Err(Refusal::FactorNeeded) => match &visitor.birthdate {
                Some(birthdate) => self.prove(link, birthdate).await,
                None => Err(Refusal::FactorNeeded.into()),
            },
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Compares the factor with what Persona knows. The attempt is taken before, so that racing guesses count too.
    async fn prove(&self, link: &LinkRow, answer: &Birthdate) -> Result<(), Failure> {
        let most = i64::from(self.settings.factor_attempts);
        let id = link.id.clone();
        let now = self.clock.now_ms();
        let taken = self.store.change(move |change| {
            let taken = links::take_attempt(change, &id, most)?;
            if taken {
                reach(change, &id, Milestone::Opened, now)?;
            }
            Ok(taken)
        });
        if !taken.await? {
            return Err(Refusal::FactorLocked.into());
        }
        match self.known_birthdate(&inquiry_id(link)?).await {
            Ok(known) if crate::links::factor::is_right(&answer.0, known.as_deref()) => {
                self.return_attempt(link).await
            }
            Ok(_) => self.refuse_factor(link).await,
            Err(failure) => {
                self.return_attempt(link).await?;
                Err(failure)
            }
        }
    }

    /// Gives back an attempt that was no wrong answer: what comes after it may fail and be tried again.
    async fn return_attempt(&self, link: &LinkRow) -> Result<(), Failure> {
        let id = link.id.clone();
        let returned = self
            .store
            .change(move |change| links::return_attempt(change, &id));
        Ok(returned.await?)
    }

    async fn refuse_factor(&self, link: &LinkRow) -> Result<(), Failure> {
        let entry = entry(link, self.clock.now(), "factor-refused", None)?;
        self.record(entry).await?;
        Err(Refusal::FactorWrong.into())
    }

    /// Adds one entry to the ledger.
    async fn record(&self, entry: LedgerRow) -> Result<(), Failure> {
        let recorded = self.store.change(move |change| ledger::add(change, &entry));
        Ok(recorded.await?)
    }

    async fn known_birthdate(&self, id: &InquiryId) -> Result<Option<String>, Failure> {
        let shape = Shape::default().fields("inquiry", ["status", "fields.birthdate"]);
        let inquiry = self.persona.retrieve_inquiry(id, &shape).await?;
        Ok(inquiry
            .field("birthdate")
            .and_then(|value| value.as_str())
            .map(str::to_owned))
    }

    /// A key for one act of one person; a retry of the same act uses it again.
    fn action_key() -> Result<IdempotencyKey, Failure> {
        Ok(IdempotencyKey::new(Secret::random()?.expose()))
    }
}

/// The ID of a link's inquiry.
fn inquiry_id(link: &LinkRow) -> Result<InquiryId, Failure> {
    InquiryId::parse(&link.inquiry_id).map_err(|_| Refusal::NotResumable.into())
}

impl InquiryRow {
    /// What can be done with the inquiry, as far as we know.
    #[must_use]
    pub fn phase(&self) -> Phase {
        Phase::of(
            &InquiryStatus::from(self.status.as_str()),
            self.redacted_at.is_some(),
        )
    }
}
