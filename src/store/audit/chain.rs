//! How a deed gets its place at the end of the chain.

use super::{AuditRow, BEGINNING, Deed, Head, Link};
use crate::store::{Change, Result, Rows, columns};

/// The head as the table keeps it.
struct HeadRow {
    id: i64,
    seq: i64,
    hash: String,
}

columns!(HeadRow: id, seq, hash);

/// Adds a deed to the end of the chain.
///
/// It follows the head, not the last row that is there: after rows were cut off at the end a gap stays for good.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, deed: Deed) -> Result<()> {
    append(change, deed).map(drop)
}

/// The same, giving the row.
///
/// # Errors
/// When the database cannot write.
pub fn append(change: &Change<'_>, deed: Deed) -> Result<AuditRow> {
    let head = head(change)?.unwrap_or_default();
    let seq = head.seq + 1;
    let skip = match Link::skip_seq(seq) {
        0 => BEGINNING.to_owned(),
        further if further == head.seq => head.hash.clone(),
        further => hash_at(change, further)?.unwrap_or_default(),
    };
    let mut row = AuditRow {
        seq,
        at: deed.at,
        actor: deed.actor,
        act: deed.act,
        object: deed.object,
        reason: deed.reason,
        note: deed.note,
        before: deed.before,
        after: deed.after,
        previous: head.hash,
        skip,
        hash: String::new(),
    };
    row.hash = row.link().hash();
    change.insert("audit", &row, "")?;
    let hash = row.hash.clone();
    change.upsert("audit_head", "id", &HeadRow { id: 1, seq, hash })?;
    Ok(row)
}

pub(super) fn head(rows: &Rows) -> Result<Option<Head>> {
    let row: Option<HeadRow> = rows.by("audit_head", "id", &1)?;
    Ok(row.map(|HeadRow { seq, hash, .. }| Head { seq, hash }))
}

fn hash_at(rows: &Rows, seq: i64) -> Result<Option<String>> {
    rows.one_value("select hash from audit where seq = $1", &[&seq])
}
