//! Signing in by the company's OpenID provider.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Browser, Signed, Staff, Stage};
use crate::{
    failure::Failure,
    oidc::{Callback, Identity, OidcError, Pending},
    secret::Secret,
    store::{
        audit::{self, Deed},
        staff::{self, StaffRow},
    },
};

/// What a journey to the provider is sealed for.
const JOURNEY: &str = "oidc-journey";
/// What is written of a session that began there.
pub(super) const METHOD: &str = "oidc";

/// Somebody who is on the way to the provider and back: a cookie of their browser, sealed.
#[derive(Serialize, Deserialize)]
struct Journey {
    pending: Pending,
    next: String,
    /// The session that is to be proved anew; none for a sign-in.
    session: Option<String>,
}

/// A journey that begins.
#[derive(Debug)]
pub struct Departure {
    /// Where to send the browser.
    pub url: Url,
    /// What its cookie holds meanwhile.
    pub sealed: String,
}

/// A journey that came to its end.
#[derive(Debug)]
pub struct Arrival {
    /// The session's cookie.
    pub cookie: Secret,
    /// Where they wanted to go.
    pub next: String,
}

/// Why the provider's word does not let somebody in.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The settings name no provider.
    #[error("there is no OpenID provider")]
    None,
    /// The browser began no such journey, or too long ago.
    #[error("this browser began no such sign-in")]
    Unbegun,
    /// The provider knows them, and nobody here does.
    #[error("nobody on the staff is who the provider says")]
    Stranger,
    /// Somebody else came back than who is signed in, or they proved nothing new.
    #[error("the proof is not of who is signed in")]
    Unproved,
    /// The provider did not do its part, or its answer cannot be trusted.
    #[error(transparent)]
    Provider(#[from] OidcError),
    /// It is not the person's fault.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Staff {
    /// What the provider is called, when there is one.
    #[must_use]
    pub fn provider(&self) -> Option<&str> {
        self.provider.as_ref().map(|(name, _)| name.as_str())
    }

    /// Begins a sign-in at the provider.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn depart(&self, next: String) -> Result<Departure, ProviderError> {
        let (_, oidc) = self.provider.as_ref().ok_or(ProviderError::None)?;
        let begun = oidc.begin().await?;
        self.departure(begun.url, begun.pending, next, None)
    }

    /// Begins a proof at the provider of somebody who is signed in.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn depart_again(
        &self,
        signed: &Signed,
        next: String,
    ) -> Result<Departure, ProviderError> {
        let (_, oidc) = self.provider.as_ref().ok_or(ProviderError::None)?;
        let begun = oidc.begin_again(Duration::ZERO).await?;
        let session = Some(signed.session.id.clone());
        self.departure(begun.url, begun.pending, next, session)
    }

    fn departure(
        &self,
        url: Url,
        pending: Pending,
        next: String,
        session: Option<String>,
    ) -> Result<Departure, ProviderError> {
        let journey = Journey {
            pending,
            next,
            session,
        };
        let plain = serde_json::to_vec(&journey).map_err(|_| ProviderError::Unbegun)?;
        let sealed = self.seal.close(JOURNEY, &plain).map_err(Failure::from)?;
        Ok(Departure { url, sealed })
    }

    /// Ends a journey: a new session for a sign-in, or the present one under a new cookie for a proof.
    ///
    /// # Errors
    /// [`ProviderError`].
    pub async fn arrive(
        &self,
        sealed: &str,
        callback: &Callback,
        present: Option<&Signed>,
        browser: Browser,
    ) -> Result<Arrival, ProviderError> {
        let (_, oidc) = self.provider.as_ref().ok_or(ProviderError::None)?;
        let plain = self.seal.open(JOURNEY, sealed);
        let journey = plain.and_then(|plain| serde_json::from_slice::<Journey>(&plain).ok());
        let journey = journey.ok_or(ProviderError::Unbegun)?;
        let identity = oidc.finish(&journey.pending, callback).await?;
        let person = self.vouched(&identity).await?;
        let cookie = match &journey.session {
            None => self.begin(&person, METHOD, Stage::Done, browser).await?,
            Some(session) => {
                let present = present.filter(|signed| {
                    signed.session.id == *session && signed.person.id == person.id
                });
                self.complete(present.ok_or(ProviderError::Unproved)?)
                    .await?
            }
        };
        Ok(Arrival {
            cookie,
            next: journey.next,
        })
    }

    /// Who on the staff the provider speaks of: by its own name for them, and the first time by their verified address.
    async fn vouched(&self, identity: &Identity) -> Result<StaffRow, ProviderError> {
        let (issuer, subject) = (&identity.issuer, &identity.subject);
        let known = self.store.staff_by_subject(issuer, subject).await;
        let person = match known.map_err(Failure::from)? {
            Some(person) => person,
            None => self.welcome(identity).await?,
        };
        Some(person)
            .filter(|person| person.disabled_at.is_none())
            .ok_or(ProviderError::Stranger)
    }

    /// Binds somebody who was added by their address to the provider's name for them, for good.
    async fn welcome(&self, identity: &Identity) -> Result<StaffRow, ProviderError> {
        let email = identity.email.as_deref().ok_or(ProviderError::Stranger)?;
        let person = self.store.staff_by_email(&email.to_lowercase()).await;
        let person = person.map_err(Failure::from)?;
        let person = person.filter(|person| person.oidc_subject.is_none());
        let id = person.ok_or(ProviderError::Stranger)?.id;
        let (issuer, subject) = (identity.issuer.clone(), identity.subject.clone());
        let deed = Deed {
            at: self.clock.now_ms(),
            actor: super::Actor::Staff(id.clone()).to_string(),
            act: "provider-bound".to_owned(),
            object: format!("staff:{id}"),
            ..Deed::default()
        };
        let bound = self.store.change(move |change| {
            let bound = staff::edit(change, &id, |row| {
                if row.oidc_subject.is_none() {
                    (row.oidc_issuer, row.oidc_subject) = (Some(issuer), Some(subject));
                }
            })?;
            audit::add(change, deed)?;
            Ok(bound)
        });
        let bound = bound.await.map_err(Failure::from)?;
        bound
            .filter(|row| row.oidc_subject.as_ref() == Some(&identity.subject))
            .ok_or(ProviderError::Stranger)
    }
}
