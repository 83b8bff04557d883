//! Policies: what Leftoff does by itself for people who left something unfinished, and when it stops.
//!
//! [`Terms::next`](plan::Terms::next) decides, from what is known of an inquiry and nothing else; the work in the background
//! and the dry run ask it the same. Each step of a policy is made once: its row and everything that follows from it are
//! written in one change.

mod act;
mod carry;
mod manage;
pub mod plan;
mod rehearse;
mod run;
mod story;
mod terms;

pub use manage::{Managed, Turn};
pub use rehearse::{Rehearsal, Rehearsed};
pub use terms::{NewPolicy, schedule};

use crate::{
    budget::Budget,
    clock::Clock,
    inquiries::Inquiries,
    links::{Links, token::Tokens},
    store::Store,
    worker::Bell,
};

/// Leftoff itself, as the audit names it.
const SYSTEM: &str = "system";

/// Policies; cheap to clone. It is also the work in the background that carries them out.
#[derive(Clone, Debug)]
pub struct Policies {
    store: Store,
    inquiries: Inquiries,
    links: Links,
    tokens: Tokens,
    clock: Clock,
    budget: Budget,
    bell: Bell,
    /// Wakes the work that sends messages.
    messages: Bell,
}

impl Policies {
    /// Policies of this store; what they write is sent by the work that this bell wakes.
    #[must_use]
    pub fn new(
        store: Store,
        inquiries: Inquiries,
        links: Links,
        tokens: Tokens,
        clock: Clock,
        budget: Budget,
        messages: Bell,
    ) -> Self {
        Self {
            store,
            inquiries,
            links,
            tokens,
            clock,
            budget,
            bell: Bell::default(),
            messages,
        }
    }
}
