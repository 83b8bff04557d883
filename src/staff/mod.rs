//! The company's people: who they are, how they sign in, and where they are signed in.

mod account;
mod actor;
mod provider;
mod session;
mod sign_in;
mod team;

use std::{num::NonZeroU32, sync::Arc};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

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
    attempts: Arc<DefaultKeyedRateLimiter<String>>,
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
        let most = NonZeroU32::new(config.ops.sign_in_attempts).unwrap_or(NonZeroU32::MIN);
        let a_minute = Quota::per_minute(NonZeroU32::MIN).allow_burst(most);
        Ok(Self {
            provider: provider(config, &clock)?,
            store,
            clock,
            seal: Seal::new(config.server.secret.clone()),
            passwords: Passwords::default(),
            settings: config.ops.clone(),
            company: config.portal.name.clone(),
            attempts: Arc::new(RateLimiter::keyed(a_minute)),
        })
    }

    /// Throws away the counts of addresses that nobody tries any more.
    pub fn forget_idle(&self) {
        self.attempts.retain_recent();
        self.attempts.shrink_to_fit();
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
