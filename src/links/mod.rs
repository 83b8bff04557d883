//! Links: made, handed off, listed, revoked.

pub mod admission;
pub mod channel;
pub mod factor;
mod new;
mod pending;
mod standing;
pub mod token;
pub mod wishes;

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::{
    clock::Clock,
    config,
    failure::Failure,
    id::new_id,
    secret::Secret,
    store::{
        self, Change, Store,
        audit::{self, Deed},
        inquiries, ledger,
        ledger::LedgerRow,
        links::{self, LinkRow},
        milestones,
    },
};
use channel::Channel;
use factor::Factor;
pub use new::{MadeLink, NewLink};
pub use pending::{Making, Revoking};
pub use standing::Standing;
use token::Tokens;

/// A link that is not kept yet; whoever keeps it does so together with what else belongs to the act.
#[derive(Debug)]
pub struct DraftLink {
    row: LinkRow,
    written: Written,
}

impl DraftLink {
    /// The link.
    #[must_use]
    pub const fn row(&self) -> &LinkRow {
        &self.row
    }

    /// Keeps the link, with its entries in the ledger and in the audit.
    ///
    /// # Errors
    /// When the database cannot write.
    #[expect(
        clippy::should_implement_trait,
        reason = "tables are added to; nobody takes it for a sum"
    )]
    pub fn add(mut self, change: &Change<'_>) -> store::Result<LinkRow> {
        self.written.add(change, &mut self.row)?;
        Ok(self.row)
    }
}

/// Makes and revokes links.
#[derive(Clone, Debug)]
pub struct Links {
    store: Store,
    clock: Clock,
    settings: config::Links,
}

impl Links {
    /// Links in this store.
    #[must_use]
    pub const fn new(store: Store, clock: Clock, settings: config::Links) -> Self {
        Self {
            store,
            clock,
            settings,
        }
    }

    /// Makes a link.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn create(&self, new: NewLink) -> Result<MadeLink, Failure> {
        let making = self.making(new)?;
        Ok(self.store.change(|change| making.make(change)).await?)
    }

    /// A link that is to be made in a change that makes more.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn making(&self, new: NewLink) -> Result<Making, Failure> {
        let (row, token) = self.prepare(new.clone(), None)?;
        let written = self.written(&row, "link-created", &new.maker, new.note)?;
        Ok(Making {
            row,
            token,
            written,
        })
    }

    /// Makes a link if its inquiry still is as the maker saw it; none when it moved meanwhile.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn create_at(&self, new: NewLink, version: i64) -> Result<Option<MadeLink>, Failure> {
        let making = self.making(new)?;
        let made = self.store.change(move |change| {
            if !inquiries::is_at(change, &making.row.inquiry_id, version)? {
                return Ok(None);
            }
            making.make(change).map(Some)
        });
        Ok(made.await?)
    }

    /// Drafts a link whose token follows from its ID, so that a message can bring it later.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn draft(&self, new: NewLink, tokens: &Tokens) -> Result<DraftLink, Failure> {
        let (row, _) = self.prepare(new.clone(), None)?;
        let row = LinkRow {
            token_hash: tokens.of(&row.id)?.hash(),
            ..row
        };
        let written = self.written(&row, "link-created", &new.maker, new.note)?;
        Ok(DraftLink { row, written })
    }

    /// Makes a short-lived link for another device of the same person.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn hand_off(&self, parent: &LinkRow) -> Result<MadeLink, Failure> {
        let new = NewLink {
            inquiry_id: parent.inquiry_id.clone(),
            maker: parent.maker.clone(),
            reason: parent.reason.clone(),
            note: None,
            channel: Channel::HandOff,
            factor: Factor::None,
            return_url: parent
                .return_url
                .as_deref()
                .and_then(|url| url.parse().ok()),
            locale: parent.locale.clone(),
            life: Some(self.settings.hand_off_life()),
        };
        let (mut row, token) = self.prepare(new, Some(parent.id.clone()))?;
        let written = self.written(&row, "handed-off", SYSTEM, None)?;
        let made = self.store.change(move |change| {
            written.add(change, &mut row)?;
            Ok(MadeLink { row, token })
        });
        Ok(made.await?)
    }

    /// A link that is not kept yet, and its token.
    fn prepare(
        &self,
        new: NewLink,
        parent_id: Option<String>,
    ) -> Result<(LinkRow, Secret), Failure> {
        let now = self.clock.now();
        let token = Secret::random()?;
        let row = LinkRow {
            id: new_id(now)?,
            token_hash: token.hash(),
            inquiry_id: new.inquiry_id,
            parent_id,
            maker: new.maker,
            reason: new.reason,
            factor: new.factor.code().to_owned(),
            return_url: new.return_url.map(Into::into),
            locale: new.locale,
            created_at: now.as_millisecond(),
            expires_at: after(now, new.life.unwrap_or_else(|| self.settings.life())),
            channel: new.channel.code().to_owned(),
            ..LinkRow::default()
        };
        Ok((row, token))
    }

    /// What is written beside a new link: that it was made, by whom and why.
    fn written(
        &self,
        row: &LinkRow,
        event: &str,
        actor: &str,
        note: Option<String>,
    ) -> Result<Written, Failure> {
        let entry = entry(row, self.clock.now(), event, Some(row.reason.clone()))?;
        let actor = Some(actor.to_owned());
        let entry = LedgerRow { actor, ..entry };
        let deed = Deed {
            reason: Some(row.reason.clone()),
            note,
            after: Some(state(row)),
            ..deed(&entry)
        };
        Ok(Written { entry, deed })
    }

    /// Takes a link and its hand-offs back; false when there was nothing to take back.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn revoke(&self, id: &str, why: Why) -> Result<bool, Failure> {
        let revoked = self.take_back(id, why, None).await?;
        Ok(revoked.unwrap_or_default())
    }

    /// The same if the inquiry still is as somebody saw it; none when it moved meanwhile.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn revoke_at(
        &self,
        id: &str,
        why: Why,
        version: i64,
    ) -> Result<Option<bool>, Failure> {
        self.take_back(id, why, Some(version)).await
    }

    async fn take_back(
        &self,
        id: &str,
        why: Why,
        version: Option<i64>,
    ) -> Result<Option<bool>, Failure> {
        let Some(link) = self.store.link(id).await? else {
            return Ok(Some(false));
        };
        let revoking = self.revoking(&link, why)?;
        let revoked = self.store.change(move |change| {
            if let Some(version) = version
                && !inquiries::is_at(change, &link.inquiry_id, version)?
            {
                return Ok(None);
            }
            revoking.take_back(change).map(Some)
        });
        Ok(revoked.await?)
    }

    /// A link that is to be taken back in a change that does more.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn revoking(&self, link: &LinkRow, why: Why) -> Result<Revoking, Failure> {
        let entry = LedgerRow {
            actor: Some(why.actor),
            ..entry(
                link,
                self.clock.now(),
                "link-revoked",
                Some(why.reason.clone()),
            )?
        };
        let deed = Deed {
            reason: Some(why.reason),
            note: why.note,
            before: Some(state(link)),
            ..deed(&entry)
        };
        Ok(Revoking {
            id: link.id.clone(),
            written: Written { entry, deed },
        })
    }

    /// The newest links, of one inquiry or of all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, inquiry_id: Option<&str>) -> Result<Vec<LinkRow>, Failure> {
        const MOST: i64 = 200;
        Ok(self.store.links(inquiry_id, MOST).await?)
    }
}

/// Leftoff itself, as the audit names it.
const SYSTEM: &str = "system";

/// Who takes something back, and why.
#[derive(Clone, Debug)]
pub struct Why {
    /// Who, as the audit names them.
    pub actor: String,
    /// The code of the reason.
    pub reason: String,
    /// What was added in words.
    pub note: Option<String>,
}

/// What is written into the ledger and into the audit about one act.
#[derive(Debug)]
struct Written {
    entry: LedgerRow,
    deed: Deed,
}

impl Written {
    /// Adds a link, with the template of its inquiry, and what is written of it.
    fn add(self, change: &Change<'_>, row: &mut LinkRow) -> store::Result<()> {
        row.template_id = milestones::template(change, &row.inquiry_id)?;
        links::add(change, row)?;
        self.add_alone(change)
    }

    /// Whoever looks at the inquiry must learn of the act, so its version moves too.
    fn add_alone(self, change: &Change<'_>) -> store::Result<()> {
        inquiries::edit(change, &self.entry.inquiry_id, |_| {})?;
        ledger::add(change, &self.entry)?;
        audit::add(change, self.deed)
    }
}

/// The deed of an entry about a link.
fn deed(entry: &LedgerRow) -> Deed {
    Deed {
        at: entry.at,
        actor: entry.actor.clone().unwrap_or_default(),
        act: entry.event.clone(),
        object: format!("link:{}", entry.link_id.as_deref().unwrap_or_default()),
        ..Deed::default()
    }
}

/// A link as the audit shows it.
fn state(row: &LinkRow) -> String {
    json!({ "inquiry": row.inquiry_id, "factor": row.factor, "locale": row.locale,
        "expires_at": row.expires_at, "parent": row.parent_id })
    .to_string()
}

/// A ledger entry about a link's inquiry.
///
/// # Errors
/// When there is no randomness for its ID.
pub fn entry(
    link: &LinkRow,
    now: Timestamp,
    event: &str,
    detail: Option<String>,
) -> Result<LedgerRow, getrandom::Error> {
    Ok(LedgerRow {
        id: new_id(now)?,
        inquiry_id: link.inquiry_id.clone(),
        link_id: Some(link.id.clone()),
        at: now.as_millisecond(),
        event: event.to_owned(),
        detail,
        actor: None,
    })
}

fn after(now: Timestamp, life: Duration) -> i64 {
    let life = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
    now.as_millisecond().saturating_add(life)
}
