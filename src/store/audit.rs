//! The table `audit`: who did what, as a chain in which each row carries the hash of the one before.

use sha2::{Digest as _, Sha256};

use super::{Change, Record as _, Result, Rows, Store, columns};

/// What the first row of a chain names as the hash before.
const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What somebody did; the chain gives it its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// When, in ms since 1970.
    pub at: i64,
    /// Who: `staff:ID`, `system`, or `cli:NAME`.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// SHA-256 of all that stands above, in lower-case hex.
    pub hash: String,
}

columns!(AuditRow: seq, at, actor, act, object, reason, note, before, after, previous, hash);

impl AuditRow {
    /// The row's own hash: each field with its length in front, so that no two rows have the same bytes.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |field: Option<&[u8]>| match field {
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            None => hash.update(u64::MAX.to_be_bytes()),
        };
        add(Some(&self.seq.to_be_bytes()));
        add(Some(&self.at.to_be_bytes()));
        let texts = [&self.actor, &self.act, &self.object].map(|text| Some(text.as_str()));
        let optional = [&self.reason, &self.note, &self.before, &self.after].map(Option::as_deref);
        for text in texts.into_iter().chain(optional) {
            add(text.map(str::as_bytes));
        }
        add(Some(self.previous.as_bytes()));
        hex::encode(hash.finalize())
    }

    /// Whether this row is what was written, and follows the row before (none for the first).
    #[must_use]
    pub fn follows(&self, before: Option<&Self>) -> bool {
        let (seq, hash) = before.map_or((0, BEGINNING), |row| (row.seq, &*row.hash));
        self.seq == seq + 1 && self.previous == hash && self.hash == self.digest()
    }
}

/// Adds a deed to the end of the chain.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, deed: Deed) -> Result<()> {
    let columns = AuditRow::COLUMNS;
    let sql = format!("select {columns} from audit order by seq desc limit 1");
    let last: Option<AuditRow> = change.one(&sql, &[])?;
    let (seq, previous) = last.map_or((0, BEGINNING.to_owned()), |row| (row.seq, row.hash));
    let mut row = AuditRow {
        seq: seq + 1,
        at: deed.at,
        actor: deed.actor,
        act: deed.act,
        object: deed.object,
        reason: deed.reason,
        note: deed.note,
        before: deed.before,
        after: deed.after,
        previous,
        hash: String::new(),
    };
    row.hash = row.digest();
    change.insert("audit", &row, "").map(drop)
}

impl Store {
    /// Rows of the chain from a place on, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_from(&self, seq: i64, most: i64) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| from(rows, seq, most)).await
    }
}

fn from(rows: &Rows, seq: i64, most: i64) -> Result<Vec<AuditRow>> {
    let columns = AuditRow::COLUMNS;
    let sql = format!("select {columns} from audit where seq >= $1 order by seq limit $2");
    rows.all(&sql, &[&seq, &most])
}
