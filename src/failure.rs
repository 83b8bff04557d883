//! Why an act failed: what the person is told, and the cause that the log keeps.

use std::time::Duration;

use persona::Error as PersonaError;
use serde::{Deserialize, Serialize};

use crate::{model::refusal::Refusal, seal::SealError, store};

/// Why an act was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules say no.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Persona did not do its part.
    #[error("persona: {0}")]
    Persona(#[from] PersonaError),
    /// The database did not do its part.
    #[error("database: {0}")]
    Store(#[from] store::Error),
    /// The operating system gave no randomness.
    #[error("randomness: {0}")]
    Randomness(#[from] getrandom::Error),
    /// Something could not be sealed.
    #[error("seal: {0}")]
    Seal(#[from] SealError),
    /// Persona's one-time link leads to a host that the settings do not name.
    #[error("a one-time link to a host that is not in persona.link_hosts")]
    ForeignLink,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// What the person is told.
    #[must_use]
    pub const fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => *refusal,
            Self::Persona(PersonaError::NotFound { .. }) => Refusal::NotResumable,
            Self::Persona(_) => Refusal::PersonaUnavailable,
            Self::Store(_) | Self::Randomness(_) | Self::Seal(_) | Self::ForeignLink => {
                Refusal::Internal
            }
        }
    }

    /// How long to wait before the same act may succeed.
    fn retry_after(&self) -> Option<Duration> {
        /// Long enough for a restart at Persona's side, short enough to wait for.
        const OUTAGE: Duration = Duration::from_secs(30);
        match self {
            Self::Persona(PersonaError::RateLimited { retry_after, .. }) => {
                Some(retry_after.unwrap_or(OUTAGE))
            }
            _ if matches!(self.refusal(), Refusal::PersonaUnavailable) => Some(OUTAGE),
            _ => None,
        }
    }

    /// Logs the cause once, at the level that it deserves, and says what the person is told.
    pub fn report(&self, act: &'static str) -> Refused {
        let refusal = self.refusal();
        let code = refusal.code();
        match self {
            Self::Refused(_) => tracing::info!(act, refusal = code, "act refused"),
            Self::Persona(error) => {
                let persona_request_id = error.request_id();
                tracing::warn!(act, refusal = code, persona_request_id, cause = %error, "Persona failed");
            }
            _ => tracing::error!(act, refusal = code, cause = %self, "act failed"),
        }
        Refused::new(refusal, self.retry_after())
    }
}

/// What the person is told: why, and how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", .refusal.code())]
#[serde(rename_all = "kebab-case")]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// Seconds until the same act may succeed, at least one.
    pub retry_after: Option<u64>,
}

impl Refused {
    /// A refusal, and how long to wait.
    #[must_use]
    pub fn new(refusal: Refusal, wait: Option<Duration>) -> Self {
        let seconds = |wait: Duration| wait.as_millis().div_ceil(1000).max(1);
        let retry_after = wait.map(|wait| u64::try_from(seconds(wait)).unwrap_or(u64::MAX));
        Self {
            refusal,
            retry_after,
        }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal, None)
    }
}
