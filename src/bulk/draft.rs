//! Drafts: the inquiries of a bulk are frozen, and nothing happens to them yet.

use serde_json::json;

use super::{Bulks, deed};
use crate::{
    failure::Failure,
    id::new_id,
    model::bulk::{BulkAct, BulkState},
    staff::Actor,
    store::{
        audit,
        bulk::{self, BulkRow, Source},
    },
};

/// A bulk that is to be made.
#[derive(Clone, Debug)]
pub struct NewBulk {
    /// What it does.
    pub act: BulkAct,
    /// Which inquiries it takes.
    pub source: Source,
    /// The query of the view that it came from.
    pub origin: String,
}

impl Bulks {
    /// Makes a draft; none when there is no inquiry to take.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn draft(&self, actor: &Actor, new: NewBulk) -> Result<Option<BulkRow>, Failure> {
        self.make(actor, new, BulkRow::default()).await
    }

    /// Makes a draft of the rows that failed in a bulk, on its terms; none when there are none.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn retry(&self, actor: &Actor, failed: &BulkRow) -> Result<Option<BulkRow>, Failure> {
        let new = NewBulk {
            act: failed.act(),
            source: Source::FailedOf(failed.id.clone()),
            origin: failed.origin.clone(),
        };
        let like = BulkRow {
            retry_of: Some(failed.id.clone()),
            with_outdated: failed.with_outdated,
            with_contacted: failed.with_contacted,
            reason: failed.reason.clone(),
            note: failed.note.clone(),
            ..BulkRow::default()
        };
        self.make(actor, new, like).await
    }

    async fn make(
        &self,
        actor: &Actor,
        new: NewBulk,
        like: BulkRow,
    ) -> Result<Option<BulkRow>, Failure> {
        if matches!(&new.source, Source::Ticked(ids) if ids.is_empty()) {
            return Ok(None);
        }
        let now = self.clock.now();
        let row = BulkRow {
            id: new_id(now)?,
            maker: actor.to_string(),
            act: new.act.code().to_owned(),
            origin: new.origin,
            state: BulkState::Draft.code().to_owned(),
            created_at: now.as_millisecond(),
            ..like
        };
        let terms = self.terms(&row);
        let actor = actor.clone();
        let made = self.store.change(move |change| {
            let row = bulk::add(change, row, &new.source, &terms)?;
            if row.total == 0 {
                bulk::discard(change, &row.id)?;
                return Ok(None);
            }
            let mut made = deed(&row, &actor, "bulk-drafted", row.created_at);
            let (act, total, included) = (&row.act, row.total, row.included);
            made.after =
                Some(json!({ "act": act, "total": total, "included": included }).to_string());
            audit::add(change, made)?;
            Ok(Some(row))
        });
        Ok(made.await?)
    }
}
