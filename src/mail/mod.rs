//! Mail: what is written to the person, and the server that takes it.

mod letter;
mod recipient;
mod trial;

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{self, extension::ClientId},
};
use secrecy::{ExposeSecret as _, SecretString};

pub use letter::{Letter, Letterhead, Term};
pub use recipient::{Number, Recipient};
pub use trial::Trial;

use crate::config;

/// Nobody waits longer at a button.
const PATIENCE: Duration = Duration::from_secs(10);

const CONTENT_LANGUAGE: HeaderName = HeaderName::new_from_ascii_str("Content-Language");
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

fn header(name: HeaderName, value: &str) -> HeaderValue {
    HeaderValue::new(name, value.to_owned())
}

/// Sends mail through one server.
#[derive(Clone, Debug)]
pub struct Mailer {
    url: SecretString,
    from: Mailbox,
}

/// Why a mail was not sent. A server's own words may name the recipient, so only its code is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server said no.
    #[error("the mail server refused it with code {0}")]
    Refused(String),
    /// The server did not answer in time, or not at all.
    #[error("the mail server does not answer")]
    Unreachable,
    /// The message cannot be written, or the settings lead nowhere.
    #[error("the message cannot be sent as it is")]
    Unusable,
}

impl MailError {
    /// Whether trying again is of no use: the server knows no such recipient, or wants nothing of this kind.
    ///
    /// A server that turns us away before it looks at the recipient, because it wants another sign-in
    /// (<https://www.rfc-editor.org/rfc/rfc4954#section-6>), says nothing about them.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Refused(code) => {
                code.starts_with('5') && !["530", "534", "535", "538"].contains(&&**code)
            }
            Self::Unreachable => false,
            Self::Unusable => true,
        }
    }

    /// The name in the ledger and in the audit.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Refused(code) => format!("refused-{code}"),
            Self::Unreachable => "unreachable".to_owned(),
            Self::Unusable => "unusable".to_owned(),
        }
    }
}

impl Mailer {
    /// The mailer of the settings, if they name a server.
    #[must_use]
    pub fn new(settings: &config::Mail) -> Option<Self> {
        Some(Self {
            url: settings.smtp_url.clone()?,
            from: settings.from.clone()?,
        })
    }

    /// Who the mail is from.
    #[must_use]
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// Sends a letter; it is sent when the server took it. Whoever gets it twice knows the second by its ID.
    ///
    /// # Errors
    /// [`MailError`].
    pub async fn send(
        &self,
        id: &str,
        to: &Recipient,
        letter: &Letter,
        now: Timestamp,
    ) -> Result<(), MailError> {
        let (text, html) = (letter.text.clone(), letter.html.clone());
        let message = Message::builder()
            .message_id(Some(self.message_id(id)))
            .date(date(now))
            .from(self.from.clone())
            .to(Mailbox::new(None, to.address().clone()))
            .subject(&letter.subject)
            .raw_header(header(CONTENT_LANGUAGE, &letter.language))
            // Nobody's absence is announced to a machine (RFC 3834).
            .raw_header(header(AUTO_SUBMITTED, "auto-generated"))
            .multipart(MultiPart::alternative_plain_html(text, html))
            .map_err(|_| MailError::Unusable)?;
        let sent = self.transport()?.send(message).await;
        sent.map(drop).map_err(|error| why(&error))
    }

    fn message_id(&self, id: &str) -> String {
        format!("<{id}@{}>", self.from.email.domain())
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
        let url = self.url.expose_secret();
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let host = self.from.email.domain().to_owned();
        builder
            .map(|builder| builder.timeout(Some(PATIENCE)))
            .map(|builder| builder.hello_name(ClientId::Domain(host)).build())
            .map_err(|_| MailError::Unusable)
    }
}

fn date(now: Timestamp) -> SystemTime {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn why(error: &smtp::Error) -> MailError {
    match error.status() {
        Some(code) => MailError::Refused(code.to_string()),
        None if error.is_client() => MailError::Unusable,
        None => MailError::Unreachable,
    }
}
