//! Sending: whom, what and where are put together, handed over, and forgotten.

use std::time::Duration;

use persona::{Error as PersonaError, InquiryId};
use tokio::task::JoinSet;
use url::Url;

use super::{Notifier, gateway::Short, settle::Outcome};
use crate::{
    failure::Failure,
    inquiries::Contact,
    mail::{MailError, Term},
    model::message::{MessageChannel, MessageState},
    paths,
    store::messages::MessageRow,
    words::Words,
    worker::Pace,
};

/// How long everything waits when Persona limits us and does not say for how long.
const REST: Duration = Duration::from_secs(5);

impl Notifier {
    pub(super) async fn send_all(&self, taken: Vec<MessageRow>) -> Result<Pace, Failure> {
        let mut sendings = JoinSet::new();
        for row in taken {
            let notifier = self.clone();
            sendings.spawn(async move { notifier.carry_out(row).await });
        }
        let mut limited = None;
        for waited in sendings.join_all().await {
            limited = limited.max(waited?);
        }
        Ok(limited.map_or(Pace::Now, Pace::In))
    }

    /// Sends one message and writes down what came of it; gives how long Persona wants us to wait.
    async fn carry_out(&self, row: MessageRow) -> Result<Option<Duration>, Failure> {
        let outcome = match self.send(&row).await {
            Ok(outcome) => outcome,
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Persona(error)) => of_persona(&error),
        };
        let wait = match outcome {
            Outcome::Limited(wait) => Some(wait),
            _ => None,
        };
        self.settle(row, outcome).await?;
        Ok(wait)
    }

    async fn send(&self, row: &MessageRow) -> Result<Outcome, Stop> {
        let Ok(id) = InquiryId::parse(&row.inquiry_id) else {
            return Ok(Outcome::given_up("unknown-inquiry"));
        };
        let link = self.store.link(&row.link_id).await.map_err(Failure::from)?;
        let Some(link) = link else {
            return Ok(Outcome::Dropped("link-over"));
        };
        let Some(token) = self.tokens.again(&link) else {
            return Ok(Outcome::given_up("secret-changed"));
        };
        let url = self.site.join(&paths::link(token.expose()));
        let Ok(url) = url else {
            return Ok(Outcome::given_up("unusable"));
        };
        let contact = self.inquiries.contact(&id).await?;
        if contact.phase.is_settled() {
            return Ok(Outcome::Dropped("finished"));
        }
        // Somebody may have stopped it while Persona was asked.
        let now = self.store.message(&row.id).await.map_err(Failure::from)?;
        if now.is_none_or(|now| now.state() != MessageState::Sending) {
            return Ok(Outcome::Dropped("stopped"));
        }
        let term = Term {
            now: self.clock.now_ms(),
            end: link.expires_at,
        };
        Ok(self.hand_over(row, contact, &url, term).await)
    }

    async fn hand_over(
        &self,
        row: &MessageRow,
        contact: Contact,
        url: &Url,
        term: Term,
    ) -> Outcome {
        let words = Words::negotiate(None, row.locale.as_deref(), None);
        match row.channel() {
            MessageChannel::Mail => {
                let (Some(mailer), Some(to)) = (&self.mailer, contact.address) else {
                    return Outcome::given_up("no-address");
                };
                let letter = self.head.letter(row.kind(), &words, url, term);
                of_mail(mailer.send(&row.id, &to, &letter, self.clock.now()).await)
            }
            MessageChannel::Sms => {
                let (Some(gateway), Some(to)) = (&self.gateway, contact.number) else {
                    return Outcome::given_up("no-number");
                };
                let short = Short {
                    id: &row.id,
                    kind: row.kind().code(),
                    to: to.expose(),
                    text: self.head.short(row.kind(), &words, url),
                    language: words.tag(),
                };
                gateway.send(&short, self.clock.now()).await
            }
        }
    }
}

fn of_mail(sent: Result<(), MailError>) -> Outcome {
    match sent {
        Ok(()) => Outcome::Sent,
        Err(error) if error.is_permanent() => Outcome::Bounced(error.code()),
        Err(error) => Outcome::Failed(error.code()),
    }
}

/// Persona knows the inquiry no more, limits us, or cannot answer now.
fn of_persona(error: &PersonaError) -> Outcome {
    match error {
        PersonaError::NotFound { .. } => Outcome::given_up("unknown-inquiry"),
        PersonaError::RateLimited { retry_after, .. } => {
            Outcome::Limited(retry_after.unwrap_or(REST))
        }
        error => {
            tracing::warn!(persona_request_id = error.request_id(), cause = %error, "Persona failed");
            Outcome::Failed("persona".to_owned())
        }
    }
}

/// Why there is no outcome yet.
enum Stop {
    Persona(PersonaError),
    Failed(Failure),
}

impl From<PersonaError> for Stop {
    fn from(error: PersonaError) -> Self {
        Self::Persona(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
