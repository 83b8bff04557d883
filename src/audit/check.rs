//! Whether a chain is whole: in the database, or in a file that was taken out.

use std::io::BufRead;

use super::{Fault, Preamble, Walk};
use crate::store::{
    self, Store,
    audit::{AuditRow, Head},
};

/// Rows that are read at once.
const BATCH: i64 = 2000;

/// Walks the whole chain in the database; gives where it ends. Rows that are added meanwhile are walked too.
///
/// # Errors
/// When the database does not answer. The answer itself is a [`Fault`] when something is wrong with the chain.
pub async fn check(store: &Store, noted: Option<Head>) -> store::Result<Result<Head, Fault>> {
    let mut walk = Walk::new(noted);
    loop {
        // The head is read first: whatever it names must be there then.
        let head = store.audit_head().await?.unwrap_or_default();
        let rows = store.audit_from(walk.last().seq + 1, BATCH).await?;
        for row in &rows {
            if let Err(fault) = walk.step(row) {
                return Ok(Err(fault));
            }
        }
        if rows.is_empty() {
            return Ok(walk.end(&head).map(|()| head));
        }
        tokio::task::yield_now().await;
    }
}

/// Walks a file of [`super::export`]; gives where it ends, and how many rows it has.
///
/// # Errors
/// The file's [`Fault`].
pub fn check_file(file: impl BufRead, noted: Option<Head>) -> Result<(Head, usize), Fault> {
    let mut lines = file.lines();
    let first = lines.next().and_then(Result::ok);
    let preamble = first.and_then(|line| serde_json::from_str::<Preamble>(&line).ok());
    let preamble = preamble
        .filter(Preamble::is_known)
        .ok_or(Fault::Unreadable(0))?;
    let mut walk = if preamble.filter.is_some() {
        Walk::over_some(noted)
    } else {
        Walk::new(noted)
    };
    let mut count = 0;
    for line in lines {
        let row = line
            .ok()
            .and_then(|line| serde_json::from_str::<AuditRow>(&line).ok());
        let row = row.ok_or(Fault::Unreadable(walk.last().seq))?;
        walk.step(&row)?;
        count += 1;
    }
    walk.end(&preamble.head)?;
    Ok((preamble.head, count))
}
