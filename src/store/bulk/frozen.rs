//! The inquiries of a bulk as they were when its receipt was shown.

use sha2::{Digest as _, Sha256};

use super::{BulkRow, MOST, Moved, Source, Terms};
use crate::{
    model::bulk::Verdict,
    store::{Change, Param, Record as _, Result, columns},
};

#[derive(Clone, Debug)]
struct Frozen {
    inquiry_id: String,
    version: i64,
    verdict: String,
}

columns!(Frozen: inquiry_id, version, verdict);

/// Adds a bulk with the inquiries that it takes, as they are now.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, bulk: BulkRow, source: &Source, terms: &Terms) -> Result<BulkRow> {
    change.insert("bulks", &bulk, "")?;
    let (condition, values) = source.condition();
    let verdict = terms.sql();
    let sql = format!(
        "insert into bulk_rows (bulk_id, position, inquiry_id, version, verdict, state, attempt, tries, due_at)
         select ?, row_number() over (order by since, id), id, version, {verdict}, 'waiting', 0, 0, 0
         from inquiries where {condition} order by since, id limit {MOST}"
    );
    let mut params: Vec<Param<'_>> = vec![&bulk.id];
    params.extend(values.iter().map(|value| value as Param<'_>));
    change.execute(&sql, &params)?;
    count_frozen(change, bulk)
}

/// Looks at each inquiry of a draft anew.
///
/// # Errors
/// When the database cannot write.
pub fn freeze(change: &Change<'_>, bulk: BulkRow, terms: &Terms) -> Result<BulkRow> {
    let verdict = terms.sql();
    let sql = format!(
        "update bulk_rows set
             version = (select inquiries.version from inquiries where inquiries.id = bulk_rows.inquiry_id),
             verdict = (select {verdict} from inquiries where inquiries.id = bulk_rows.inquiry_id)
         where bulk_id = $1"
    );
    change.execute(&sql, &[&bulk.id])?;
    count_frozen(change, bulk)
}

fn count_frozen(change: &Change<'_>, mut bulk: BulkRow) -> Result<BulkRow> {
    let state = "update bulk_rows set state = case verdict when 'included' then 'waiting' else 'left-out' end
        where bulk_id = $1";
    change.execute(state, &[&bulk.id])?;
    let columns = Frozen::COLUMNS;
    let sql = format!("select {columns} from bulk_rows where bulk_id = $1 order by position");
    let rows: Vec<Frozen> = change.all(&sql, &[&bulk.id])?;
    let is_included = |row: &&Frozen| row.verdict == Verdict::Included.code();
    bulk.total = as_count(rows.len());
    bulk.included = as_count(rows.iter().filter(is_included).count());
    bulk.fingerprint = fingerprint(&bulk.act, &rows);
    change.upsert("bulks", "id", &bulk)?;
    Ok(bulk)
}

fn fingerprint(act: &str, rows: &[Frozen]) -> String {
    let mut hash = Sha256::new();
    hash.update(act);
    for row in rows {
        let (id, version, verdict) = (&row.inquiry_id, row.version, &row.verdict);
        hash.update(format!("\n{id} {version} {verdict}"));
    }
    hex::encode(hash.finalize())
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// How many inquiries moved since the bulk was frozen, and the first of them.
///
/// # Errors
/// When the database does not answer.
pub fn moved(change: &Change<'_>, bulk: &str, terms: &Terms) -> Result<(i64, Vec<Moved>)> {
    const SHOWN: i64 = 20;
    let from = "from bulk_rows join inquiries on inquiries.id = inquiry_id
        where bulk_id = $1 and inquiries.version <> bulk_rows.version";
    let count: Option<i64> = change.one_value(&format!("select count(*) {from}"), &[&bulk])?;
    let verdict = terms.sql();
    let sql =
        format!("select inquiry_id, verdict, {verdict} {from} order by position limit {SHOWN}");
    Ok((count.unwrap_or_default(), change.all(&sql, &[&bulk])?))
}
