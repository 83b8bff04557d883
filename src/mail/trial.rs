//! Whether the mail server would take mail, without sending any.

use std::error::Error;

use super::Mailer;

/// Why it would not. A server's own words are not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trial {
    /// The settings lead nowhere.
    #[error("the address of the server cannot be used")]
    Unusable,
    /// Nobody is there, or the connection broke.
    #[error("no connection can be made")]
    NoConnection,
    /// Somebody is there and says nothing.
    #[error("there is no answer in time")]
    Silent,
    /// The certificate or the protocol is wrong.
    #[error("the TLS connection fails")]
    Tls,
    /// It does not offer what the settings ask for: TLS, or a way to sign in that we know.
    #[error("the server offers no TLS, or no way to sign in that the settings ask for")]
    NotOffered,
    /// It does not let us in.
    #[error("the server refuses the user or the password with code {0}")]
    SignIn(String),
    /// It refuses something else.
    #[error("the server refuses with code {0}")]
    Refused(String),
}

impl Mailer {
    /// Connects, greets, begins TLS and signs in, as sending would.
    ///
    /// # Errors
    /// [`Trial`].
    pub async fn try_out(&self) -> Result<(), Trial> {
        let transport = self.transport().map_err(|_| Trial::Unusable)?;
        match transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Trial::NoConnection),
            Err(error) => Err(match error.status() {
                // <https://www.rfc-editor.org/rfc/rfc4954#section-6>
                Some(code) if ["530", "534", "535", "538", "454"].contains(&&*code.to_string()) => {
                    Trial::SignIn(code.to_string())
                }
                Some(code) => Trial::Refused(code.to_string()),
                None if error.is_tls() => Trial::Tls,
                None if error.is_client() => Trial::NotOffered,
                None if speaks_of_tls(&error) => Trial::Tls,
                None if error.is_timeout() => Trial::Silent,
                None => Trial::NoConnection,
            }),
        }
    }
}

/// A handshake that fails on the way to a connection is told as a failure of the connection.
fn speaks_of_tls(error: &(dyn Error + 'static)) -> bool {
    let causes = std::iter::successors(Some(error), |cause| (**cause).source());
    let mut texts = causes.map(|cause| cause.to_string().to_lowercase());
    texts.any(|text| {
        ["certificate", "corrupt message", "tls"]
            .iter()
            .any(|word| text.contains(word))
    })
}
