//! Acts on many inquiries at once: a draft that is looked at, confirmed by its receipt, and carried out in the background.

mod draft;
mod links;
mod outcome;
mod receipt;
mod run;

use url::Url;

pub use draft::NewBulk;
pub use links::HandedOut;
pub use receipt::{Confirmation, Turned};

use crate::{
    budget::Budget,
    clock::Clock,
    config,
    inquiries::Inquiries,
    links::token::Tokens,
    staff::Actor,
    store::{
        Store,
        audit::Deed,
        bulk::{BulkRow, Terms},
    },
    worker::Bell,
};

/// Bulks; cheap to clone. It is also the work in the background that carries them out.
#[derive(Clone, Debug)]
pub struct Bulks {
    store: Store,
    inquiries: Inquiries,
    clock: Clock,
    budget: Budget,
    bell: Bell,
    tokens: Tokens,
    site: Url,
    ops: config::Ops,
    link_life: i64,
}

impl Bulks {
    /// Bulks in this store, with their tokens sealed by `server.secret`.
    #[must_use]
    pub fn new(
        store: Store,
        inquiries: Inquiries,
        clock: Clock,
        budget: Budget,
        settings: &config::Config,
    ) -> Self {
        let life = settings.links.life().as_millis();
        Self {
            store,
            inquiries,
            clock,
            budget,
            bell: Bell::default(),
            tokens: Tokens::new(settings.server.secret.clone()),
            site: settings.server.public_url.clone(),
            ops: settings.ops.clone(),
            link_life: i64::try_from(life).unwrap_or(i64::MAX),
        }
    }

    /// Above how many inquiries somebody else must approve.
    #[must_use]
    pub const fn four_eyes(&self) -> i64 {
        self.ops.bulk_four_eyes as i64
    }

    /// What decides over the inquiries of a bulk now.
    fn terms(&self, bulk: &BulkRow) -> Terms {
        const HOUR: i64 = 3_600_000;
        let now = self.clock.now_ms();
        let since = now - i64::from(self.ops.contact_hours) * HOUR;
        Terms {
            act: bulk.act(),
            with_outdated: bulk.with_outdated != 0,
            contacted_since: (bulk.with_contacted == 0).then_some(since),
            now,
        }
    }
}

/// An entry of the audit about a bulk.
fn deed(bulk: &BulkRow, actor: &Actor, act: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: actor.to_string(),
        act: act.to_owned(),
        object: format!("bulk:{}", bulk.id),
        reason: bulk.reason.clone(),
        note: bulk.note.clone(),
        before: None,
        after: None,
    }
}
