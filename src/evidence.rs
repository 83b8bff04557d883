//! Evidence of an inquiry: what we know of it and who did what to it, with a proof that these rows stand in the chain.
//!
//! The format is described in `docs/evidence.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    staff::Actor,
    store::{
        self, Store,
        audit::{self, AuditRow, Deed, Head, Link},
        inquiries::InquiryRow,
        ledger::LedgerRow,
        links::LinkRow,
    },
};

/// The name of the format.
const NAME: &str = "leftoff-evidence-1";
/// The act by which the file is bound to the chain.
const ACT: &str = "evidence-exported";
/// More links than an inquiry of 25 sessions ever has.
const MOST_LINKS: i64 = 1000;

/// An inquiry's evidence.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    format: String,
    /// Persona's ID of the inquiry.
    pub inquiry: String,
    /// What we knew of it; its hash stands in the last row.
    pub facts: Value,
    /// What was done to it, in order. The last row is the export of this file.
    pub rows: Vec<AuditRow>,
    /// The rows between, without what they say: as few as lead from the head to each row.
    pub between: Vec<Link>,
    /// Where the chain ended.
    pub head: Head,
}

/// Why a file is no evidence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is something else.
    #[error("this is no evidence file that can be read")]
    Unreadable,
    /// A row is not what the chain names.
    #[error("row {0} was changed, or belongs to another chain")]
    Changed(i64),
    /// No way leads to a row.
    #[error("nothing leads from the head to row {0}")]
    Apart(i64),
    /// A row is there twice or not in its order.
    #[error("row {0} is not in its place")]
    Misplaced(i64),
    /// A row speaks of something else.
    #[error("row {0} is not about this inquiry")]
    Foreign(i64),
    /// What is told of the inquiry is not what was exported.
    #[error("the facts were changed after row {0}")]
    Facts(i64),
    /// The file was made in another chain than the noted head is of.
    #[error("row {0} is not the one that was noted, or is not in this file")]
    Noted(i64),
}

/// Gathers the evidence of an inquiry and notes that somebody took it; none when we do not know the inquiry.
///
/// # Errors
/// When the database does not answer.
pub async fn gather(
    store: &Store,
    actor: &Actor,
    now: i64,
    id: &str,
) -> store::Result<Option<Evidence>> {
    let Some(inquiry) = store.inquiry(id).await? else {
        return Ok(None);
    };
    let links = store.links(Some(id), MOST_LINKS).await?;
    let facts = facts(store, now, &inquiry, &links).await?;
    let deed = Deed {
        at: now,
        actor: actor.to_string(),
        act: ACT.to_owned(),
        object: object(id),
        after: Some(json!({ "facts": digest(&facts) }).to_string()),
        ..Deed::default()
    };
    let last = store
        .change(move |change| audit::append(change, deed))
        .await?;
    let objects =
        std::iter::once(object(id)).chain(links.iter().map(|link| object_of_link(&link.id)));
    let rows = store.audit_of(objects.collect(), last.seq).await?;
    let between = store.audit_at(way(last.seq, &rows)).await?;
    Ok(Some(Evidence {
        format: NAME.to_owned(),
        inquiry: id.to_owned(),
        facts,
        rows,
        between: between.iter().map(AuditRow::link).collect(),
        head: last.head(),
    }))
}

fn object(inquiry: &str) -> String {
    format!("inquiry:{inquiry}")
}

fn object_of_link(link: &str) -> String {
    format!("link:{link}")
}

async fn facts(
    store: &Store,
    now: i64,
    inquiry: &InquiryRow,
    links: &[LinkRow],
) -> store::Result<Value> {
    let ledger = store.ledger(&inquiry.id).await?;
    let receipt = store.receipt(&inquiry.id).await?.map(|receipt| {
        json!({ "link": receipt.link_id, "status": receipt.status, "verified_at": receipt.verified_at })
    });
    Ok(json!({
        "told_at": now,
        "inquiry": fact_of_inquiry(inquiry),
        "links": links.iter().map(fact_of_link).collect::<Vec<_>>(),
        "ledger": ledger.iter().map(fact_of_ledger).collect::<Vec<_>>(),
        "receipt": receipt,
    }))
}

fn fact_of_inquiry(row: &InquiryRow) -> Value {
    json!({
        "id": row.id, "status": row.status, "reference_id": row.reference_id, "account_id": row.account_id,
        "template_id": row.template_id, "template_version_id": row.template_version_id,
        "created_at": row.created_at, "started_at": row.started_at, "expires_at": row.expires_at,
        "expired_at": row.expired_at, "finished_at": row.finished_at, "redacted_at": row.redacted_at,
        "resumed_at": row.resumed_at, "contacted_at": (row.contacted_at > 0).then_some(row.contacted_at),
        "step": row.step, "sessions": row.sessions, "read_at": row.read_at,
    })
}

/// Neither the token's hash nor the device's: whoever holds the file learns nothing to try.
fn fact_of_link(row: &LinkRow) -> Value {
    json!({
        "id": row.id, "parent": row.parent_id, "maker": row.maker, "reason": row.reason, "factor": row.factor,
        "created_at": row.created_at, "expires_at": row.expires_at, "revoked_at": row.revoked_at,
        "bound_at": row.bound_at,
    })
}

fn fact_of_ledger(row: &LedgerRow) -> Value {
    json!({ "id": row.id, "link": row.link_id, "at": row.at, "event": row.event, "detail": row.detail, "actor": row.actor })
}

/// SHA-256 of a value in its canonical form (RFC 8785).
fn digest(facts: &Value) -> String {
    let canonical = serde_json_canonicalizer::to_vec(facts).unwrap_or_default();
    hex::encode(Sha256::digest(canonical))
}

/// The places that lead from the head to each row, without those of the rows themselves.
fn way(head: i64, rows: &[AuditRow]) -> Vec<i64> {
    let mut places = BTreeSet::new();
    for row in rows {
        let mut at = head;
        while at > row.seq {
            places.insert(at);
            let further = Link::skip_seq(at);
            at = if further >= row.seq { further } else { at - 1 };
        }
    }
    for row in rows {
        places.remove(&row.seq);
    }
    places.into_iter().collect()
}

impl Evidence {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no evidence.
    pub fn parse(text: &[u8]) -> Result<Self, Wrong> {
        let read: Result<Self, _> = serde_json::from_slice(text);
        read.ok()
            .filter(|evidence| evidence.format == NAME)
            .ok_or(Wrong::Unreadable)
    }

    /// Whether everything in the file is as it was exported, and stands in the chain that ends with its head; with a
    /// head that was noted elsewhere, in that very chain.
    ///
    /// # Errors
    /// What is wrong.
    pub fn verify(&self, noted: Option<&Head>) -> Result<(), Wrong> {
        let places = self.places()?;
        self.follow(&places, noted)?;
        self.check_facts()?;
        match self.rows.iter().find(|row| !self.is_about(row)) {
            Some(row) => Err(Wrong::Foreign(row.seq)),
            None => Ok(()),
        }
    }

    /// Each place that the file knows, with what its row comes to.
    fn places(&self) -> Result<BTreeMap<i64, Link>, Wrong> {
        let mut places = BTreeMap::new();
        let rows = self.rows.iter().map(AuditRow::link);
        for link in rows.chain(self.between.iter().cloned()) {
            let seq = link.seq;
            if seq < 1 || places.insert(seq, link).is_some() {
                return Err(Wrong::Misplaced(seq));
            }
        }
        match self.rows.windows(2).find(|pair| pair[0].seq >= pair[1].seq) {
            Some(pair) => Err(Wrong::Misplaced(pair[1].seq)),
            None => Ok(places),
        }
    }

    /// Goes from the head down: each row must have the hash that a later one names.
    fn follow(&self, places: &BTreeMap<i64, Link>, noted: Option<&Head>) -> Result<(), Wrong> {
        let mut named = BTreeMap::from([(self.head.seq, &self.head.hash)]);
        for (seq, link) in places.iter().rev() {
            let hash = *named.get(seq).ok_or(Wrong::Apart(*seq))?;
            if link.hash() != *hash {
                return Err(Wrong::Changed(*seq));
            }
            for (further, hash) in [
                (seq - 1, &link.previous),
                (Link::skip_seq(*seq), &link.skip),
            ] {
                if named
                    .insert(further, hash)
                    .is_some_and(|other| other != hash)
                {
                    return Err(Wrong::Changed(*seq));
                }
            }
        }
        if let Some(row) = self
            .rows
            .iter()
            .find(|row| named.get(&row.seq) != Some(&&row.hash))
        {
            return Err(Wrong::Changed(row.seq));
        }
        match noted.filter(|noted| named.get(&noted.seq) != Some(&&noted.hash)) {
            Some(noted) => Err(Wrong::Noted(noted.seq)),
            None => Ok(()),
        }
    }

    /// The last row is the export, and holds the hash of the facts.
    fn check_facts(&self) -> Result<(), Wrong> {
        let last = self.rows.last().ok_or(Wrong::Facts(0))?;
        let after: Option<Value> = last
            .after
            .as_deref()
            .and_then(|after| serde_json::from_str(after).ok());
        let is_bound = last.seq == self.head.seq
            && last.act == ACT
            && last.object == object(&self.inquiry)
            && after.is_some_and(|after| after["facts"] == digest(&self.facts));
        if is_bound {
            Ok(())
        } else {
            Err(Wrong::Facts(last.seq))
        }
    }

    fn is_about(&self, row: &AuditRow) -> bool {
        let links = self.facts["links"].as_array().into_iter().flatten();
        let mut links = links.filter_map(|link| link["id"].as_str());
        row.object == object(&self.inquiry) || links.any(|link| row.object == object_of_link(link))
    }
}
