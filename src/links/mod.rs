//! Links: made, handed off, listed, revoked.

pub mod admission;
pub mod factor;

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::{
    clock::Clock,
    config,
    failure::Failure,
    id::new_id,
    secret::Secret,
    store::{Store, ledger, ledger::LedgerRow, links, links::LinkRow},
};
use factor::Factor;

/// What a link is made from.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The inquiry; it must be known to the store.
    pub inquiry_id: String,
    /// Who makes it.
    pub maker: String,
    /// Why.
    pub reason: String,
    /// What a device must prove before the link opens.
    pub factor: Factor,
    /// Where the person goes at the end.
    pub return_url: Option<Url>,
    /// The language it is made for.
    pub locale: Option<String>,
    /// How long it lives; the settings' default when absent.
    pub life: Option<Duration>,
}

/// A link that was just made. The token is nowhere else.
#[derive(Clone, Debug)]
pub struct MadeLink {
    /// The link as it is kept.
    pub row: LinkRow,
    /// What its URL ends in.
    pub token: Secret,
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
        self.make(new, None, "link-created").await
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
            factor: Factor::None,
            return_url: parent
                .return_url
                .as_deref()
                .and_then(|url| url.parse().ok()),
            locale: parent.locale.clone(),
            life: Some(self.settings.hand_off_life()),
        };
        self.make(new, Some(parent.id.clone()), "handed-off").await
    }

    async fn make(
        &self,
        new: NewLink,
        parent_id: Option<String>,
        event: &str,
    ) -> Result<MadeLink, Failure> {
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
            revoked_at: None,
            device_hash: None,
            bound_at: None,
            wrong_factors: 0,
        };
        let entry = entry(&row, now, event, Some(row.reason.clone()))?;
        let made = self.store.change(move |change| {
            links::add(change, &row)?;
            ledger::add(change, &entry)?;
            Ok(MadeLink { row, token })
        });
        Ok(made.await?)
    }

    /// Takes a link and its hand-offs back; false when there was nothing to take back.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn revoke(&self, id: &str) -> Result<bool, Failure> {
        let Some(link) = self.store.link(id).await? else {
            return Ok(false);
        };
        let now = self.clock.now();
        let entry = entry(&link, now, "link-revoked", None)?;
        let revoked = self.store.change(move |change| {
            let revoked = links::revoke(change, &link.id, now.as_millisecond())?;
            if revoked {
                ledger::add(change, &entry)?;
            }
            Ok(revoked)
        });
        Ok(revoked.await?)
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
    })
}

fn after(now: Timestamp, life: Duration) -> i64 {
    let life = i64::try_from(life.as_millis()).unwrap_or(i64::MAX);
    now.as_millisecond().saturating_add(life)
}
