//! The links of a bulk: they are handed out once, when the bulk is done.

use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::{Bulks, deed};
use crate::{
    failure::Failure,
    paths,
    secret::Secret,
    staff::Actor,
    store::{audit, bulk, bulk_rows, bulk_rows::TakenLink},
};

/// A link that is handed out.
#[derive(Clone, Debug)]
pub struct HandedOut {
    /// The inquiry.
    pub inquiry_id: String,
    /// The company's own name for the person.
    pub reference_id: Option<String>,
    /// The link's ID.
    pub link_id: String,
    /// What its URL ends in.
    pub token: Secret,
    /// When its time is over.
    pub expires_at: Timestamp,
}

impl Bulks {
    /// The links of a bulk that nobody took yet; from now on they are taken. None when there is no such bulk.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take_links(
        &self,
        actor: &Actor,
        id: &str,
    ) -> Result<Option<Vec<HandedOut>>, Failure> {
        let (now, actor, id) = (self.clock.now_ms(), actor.clone(), id.to_owned());
        let taken = self.store.change(move |change| {
            let Some(bulk) = bulk::find(change, &id)? else {
                return Ok(None);
            };
            let links = bulk_rows::take_links(change, &id, now)?;
            if !links.is_empty() {
                let mut deed = deed(&bulk, &actor, "bulk-links-taken", now);
                deed.after = Some(json!({ "links": links.len() }).to_string());
                audit::add(change, deed)?;
            }
            Ok(Some(links))
        });
        let Some(links) = taken.await? else {
            return Ok(None);
        };
        let handed_out = links.into_iter().filter_map(|link| self.hand_out(link));
        Ok(Some(handed_out.collect()))
    }

    /// With another `server.secret` the token cannot be told any more.
    fn hand_out(&self, link: TakenLink) -> Option<HandedOut> {
        let token = self.tokens.known(&link.link_id, &link.token_hash)?;
        Some(HandedOut {
            inquiry_id: link.inquiry_id,
            reference_id: link.reference_id,
            link_id: link.link_id,
            token,
            expires_at: Timestamp::from_millisecond(link.expires_at).unwrap_or_default(),
        })
    }

    /// Where a token leads.
    #[must_use]
    pub fn url(&self, token: &Secret) -> Option<Url> {
        self.site.join(&paths::link(token.expose())).ok()
    }
}
