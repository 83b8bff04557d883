//! The company's people: who they are, how they sign in, and where they are signed in.

mod account;
mod actor;
mod provider;
mod session;
mod sign_in;
mod team;

pub use account::{AccountError, NewStaff};
pub use actor::Actor;
pub use provider::{Arrival, Departure, ProviderError};
pub use session::{Browser, Signed, Stage};
pub use sign_in::{Enrolment, SignInError, SignedIn};
pub use team::{NewPasswordError, Seen, first_password};

use crate::{
    clock::Clock,
    config,
    oidc::{Oidc, TransportError},
    password::Passwords,
    paths,
    seal::Seal,
    store::Store,
};

/// Accounts and sessions of the staff; cheap to clone.
#[derive(Clone, Debug)]
pub struct Staff {
    store: Store,
    clock: Clock,
    seal: Seal,
    passwords: Passwords,
    settings: config::Ops,
    company: String,
    /// The OpenID provider and its name.
    provider: Option<(String, Oidc)>,
}

impl Staff {
    /// The staff in this store.
    ///
    /// # Errors
    /// When no HTTP client can be made for the OpenID provider.
    pub fn new(
        store: Store,
        clock: Clock,
        config: &config::Config,
    ) -> Result<Self, TransportError> {
        Ok(Self {
            provider: provider(config, &clock)?,
            store,
            clock,
            seal: Seal::new(config.server.secret.clone()),
            passwords: Passwords::default(),
            settings: config.ops.clone(),
            company: config.portal.name.clone(),
        })
    }

    /// Throws away the counts of addresses that nobody tries any more.
    pub async fn forget_idle(&self) {
        if let Err(error) = self.store.forget_tries(self.clock.now_ms()).await {
            tracing::warn!(%error, "attempts to sign in were not swept");
        }
    }
}

fn provider(
    config: &config::Config,
    clock: &Clock,
) -> Result<Option<(String, Oidc)>, TransportError> {
    let Some(settings) = &config.oidc else {
        return Ok(None);
    };
    let mut redirect = config.server.public_url.clone();
    redirect.set_path(paths::SIGN_IN_RETURN);
    let oidc = Oidc::new(settings, redirect, clock.clone())?;
    Ok(Some((settings.name.clone(), oidc)))
}
