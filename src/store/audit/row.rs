//! A row of the audit and its place in the chain: what is hashed, and how one row names others.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::store::columns;

/// What the first row of a chain names as the hash before.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What somebody did; the chain gives it its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// When, in ms since 1970.
    pub at: i64,
    /// Who: `staff:ID`, `key:ID`, `system`, or `cli:NAME`.
    pub actor: String,
    /// What, in the past tense: `link-created`.
    pub act: String,
    /// To what: an ID with its kind in front, as in `inquiry:inq_…`.
    pub object: String,
    /// The code of the reason that was given.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// How it was before, as JSON.
    pub before: Option<String>,
    /// How it was after, as JSON.
    pub after: Option<String>,
}

/// A deed in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRow {
    /// Its place: 1, 2, 3 and so on, without a gap.
    pub seq: i64,
    /// When, in ms since 1970.
    pub at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub act: String,
    /// To what.
    pub object: String,
    /// The code of the reason that was given.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// How it was before, as JSON.
    pub before: Option<String>,
    /// How it was after, as JSON.
    pub after: Option<String>,
    /// The hash of the row before.
    pub previous: String,
    /// The hash of the row at [`Link::skip_seq`].
    pub skip: String,
    /// The hash of [`AuditRow::link`], in lower-case hex.
    pub hash: String,
}

columns!(AuditRow: seq, at, actor, act, object, reason, note, before, after, previous, skip, hash);

/// A row without what it says: enough to follow the chain across it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The row's place.
    pub seq: i64,
    /// SHA-256 of what the row says, in lower-case hex.
    pub content: String,
    /// The hash of the row before.
    pub previous: String,
    /// The hash of the row at [`Link::skip_seq`].
    pub skip: String,
}

/// Where a chain ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The last row's place; 0 for a chain without rows.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: BEGINNING.to_owned(),
        }
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl Link {
    /// The row further back that a row names: its number without its lowest bit.
    #[must_use]
    pub const fn skip_seq(seq: i64) -> i64 {
        seq & (seq - 1)
    }

    /// The row's hash: SHA-256 of the four in this order, place as eight bytes, hashes as their hex.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seq.to_be_bytes());
        for part in [&self.content, &self.previous, &self.skip] {
            hash.update(part.as_bytes());
        }
        hex::encode(hash.finalize())
    }
}

impl AuditRow {
    /// The row without what it says.
    #[must_use]
    pub fn link(&self) -> Link {
        Link {
            seq: self.seq,
            content: self.content(),
            previous: self.previous.clone(),
            skip: self.skip.clone(),
        }
    }

    /// SHA-256 of what the row says: each field with its length in front, so that no two rows have the same bytes.
    fn content(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |field: Option<&[u8]>| match field {
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            None => hash.update(u64::MAX.to_be_bytes()),
        };
        add(Some(&self.at.to_be_bytes()));
        let texts = [&self.actor, &self.act, &self.object].map(|text| Some(text.as_str()));
        let optional = [&self.reason, &self.note, &self.before, &self.after].map(Option::as_deref);
        for text in texts.into_iter().chain(optional) {
            add(text.map(str::as_bytes));
        }
        hex::encode(hash.finalize())
    }

    /// Where a chain that ends with this row ends.
    #[must_use]
    pub fn head(&self) -> Head {
        Head {
            seq: self.seq,
            hash: self.hash.clone(),
        }
    }
}
