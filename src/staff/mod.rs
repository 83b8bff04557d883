//! The company's people: who they are, how they sign in, and where they are signed in.

mod account;
mod actor;
mod session;
mod sign_in;
mod team;

use std::{num::NonZeroU32, sync::Arc};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

pub use account::{AccountError, NewStaff};
pub use actor::Actor;
pub use session::{Browser, Signed, Stage};
pub use sign_in::{Enrolment, SignInError, SignedIn};
pub use team::{NewPasswordError, Seen, first_password};

use crate::{clock::Clock, config, password::Passwords, seal::Seal, store::Store};

/// Accounts and sessions of the staff; cheap to clone.
#[derive(Clone, Debug)]
pub struct Staff {
    store: Store,
    clock: Clock,
    seal: Seal,
    passwords: Passwords,
    settings: config::Ops,
    company: String,
    attempts: Arc<DefaultKeyedRateLimiter<String>>,
}

impl Staff {
    /// The staff in this store.
    #[must_use]
    pub fn new(store: Store, clock: Clock, config: &config::Config) -> Self {
        let most = NonZeroU32::new(config.ops.sign_in_attempts).unwrap_or(NonZeroU32::MIN);
        let a_minute = Quota::per_minute(NonZeroU32::MIN).allow_burst(most);
        Self {
            store,
            clock,
            seal: Seal::new(config.server.secret.clone()),
            passwords: Passwords::default(),
            settings: config.ops.clone(),
            company: config.portal.name.clone(),
            attempts: Arc::new(RateLimiter::keyed(a_minute)),
        }
    }

    /// Throws away the counts of addresses that nobody tries any more.
    pub fn forget_idle(&self) {
        self.attempts.retain_recent();
        self.attempts.shrink_to_fit();
    }
}
