//! Mail: what is written to the person, and the server that takes it.

mod letter;
mod recipient;
mod trial;

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{self, extension::ClientId},
};
use secrecy::{ExposeSecret as _, SecretString};

pub use letter::Letter;
pub use recipient::Recipient;
pub use trial::Trial;

use crate::config;

/// Nobody waits longer at a button.
const PATIENCE: Duration = Duration::from_secs(10);

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

    /// Sends a letter; it is sent when the server took it.
    ///
    /// # Errors
    /// [`MailError`].
    pub async fn send(&self, to: &Recipient, letter: &Letter) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.address().clone()))
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| MailError::Unusable)?;
        let sent = self.transport()?.send(message).await;
        sent.map(drop).map_err(|error| why(&error))
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

fn why(error: &smtp::Error) -> MailError {
    match error.status() {
        Some(code) => MailError::Refused(code.to_string()),
        None if error.is_client() => MailError::Unusable,
        None => MailError::Unreachable,
    }
}
