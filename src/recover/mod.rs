//! Recovery: whoever lost their link asks for another, which goes to the contact that Persona holds and to nobody else.
//!
//! The answer is given before anything is looked up, and is the same for everybody. What was typed may be personal or a
//! token, so it is sealed until it is looked into, and gone afterwards.

mod find;
mod run;
mod settle;

use crate::{
    budget::Budget,
    clock::Clock,
    config::{self, Config},
    failure::Failure,
    id::new_id,
    inquiries::Inquiries,
    links::{Links, token::Tokens},
    notify::Notifier,
    seal::Seal,
    store::{
        Store,
        recoveries::{self, RecoveryRow},
    },
    worker::Bell,
};

/// What requests are sealed for.
const PURPOSE: &str = "request for a new link";
/// The longest that is looked at, in characters.
pub const LONGEST: usize = 500;
/// The most that looking into a request is put off by chance, in ms: what it costs falls on no request in particular.
const LONGEST_REST: i64 = 5_000;

/// Brings people new links; cheap to clone. It is also the work in the background that does so.
#[derive(Clone, Debug)]
pub struct Recovery {
    store: Store,
    inquiries: Inquiries,
    links: Links,
    notifier: Notifier,
    tokens: Tokens,
    clock: Clock,
    budget: Budget,
    seal: Seal,
    settings: config::Recover,
    bell: Bell,
}

/// What a recovery is made of, beside the settings.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// Where Persona is asked.
    pub inquiries: Inquiries,
    /// What makes links.
    pub links: Links,
    /// What sends them.
    pub notifier: Notifier,
    /// The tokens of links that are sent.
    pub tokens: Tokens,
    /// The time.
    pub clock: Clock,
    /// How much of Persona may be used.
    pub budget: Budget,
}

impl Recovery {
    /// Recoveries as the settings say.
    #[must_use]
    pub fn new(parts: Parts, settings: &Config) -> Self {
        let Parts {
            store,
            inquiries,
            links,
            notifier,
            tokens,
            clock,
            budget,
        } = parts;
        Self {
            store,
            inquiries,
            links,
            notifier,
            tokens,
            clock,
            budget,
            seal: Seal::new(settings.server.secret.clone()),
            settings: settings.recover.clone(),
            bell: Bell::default(),
        }
    }

    /// Whether a link could reach anybody at all.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        !self.notifier.channels().is_empty()
    }

    /// Takes a request. It looks nothing up, so it takes as long for everybody.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn ask(&self, text: &str, locale: &str) -> Result<(), Failure> {
        let now = self.clock.now();
        let asked: String = text.trim().chars().take(LONGEST).collect();
        let mut chance = [0];
        getrandom::fill(&mut chance)?;
        let row = RecoveryRow {
            id: new_id(now)?,
            asked: self.seal.close(PURPOSE, asked.as_bytes())?,
            locale: locale.to_owned(),
            created_at: now.as_millisecond(),
            due_at: now.as_millisecond() + LONGEST_REST * i64::from(chance[0]) / 255,
            tries: 0,
        };
        let kept = self
            .store
            .change(move |change| recoveries::add(change, &row));
        kept.await?;
        self.bell.ring();
        Ok(())
    }
}
