//! The tables `audit` and `audit_head`: who did what, as a chain in which each row carries the hash of the one before.

mod chain;
mod guards;
mod query;
mod row;

use super::{Record as _, Result, Store};
use chain::head;

pub use chain::{add, append};
pub(super) use guards::{GUARDS, POSTGRES_GUARDS};
pub use query::AuditQuery;
pub use row::{AuditRow, BEGINNING, Deed, Head, Link};

impl Store {
    /// Rows of the chain from a place on, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_from(&self, seq: i64, most: i64) -> Result<Vec<AuditRow>> {
        let most = usize::try_from(most).unwrap_or_default();
        self.audit_matching(AuditQuery::default(), seq, most).await
    }

    /// Rows that match from a place on, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_matching(
        &self,
        query: AuditQuery,
        seq: i64,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| query.rows(rows, "seq >= ?", seq, "asc", most))
            .await
    }

    /// Rows that match before a place, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_before(
        &self,
        query: AuditQuery,
        seq: i64,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| query.rows(rows, "seq < ?", seq, "desc", most))
            .await
    }

    /// Rows about one of these objects up to a place, in order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_of(&self, objects: Vec<String>, until: i64) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| {
            let columns = AuditRow::COLUMNS;
            let sql = format!("select {columns} from audit where object = $1 and seq <= $2");
            let mut found: Vec<AuditRow> = Vec::new();
            for object in &objects {
                found.extend(rows.all::<AuditRow>(&sql, &[object, &until])?);
            }
            found.sort_by_key(|row| row.seq);
            Ok(found)
        })
        .await
    }

    /// The rows at these places, as far as they are there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_at(&self, places: Vec<i64>) -> Result<Vec<AuditRow>> {
        self.scan(move |rows| {
            let found = places.iter().map(|seq| rows.by("audit", "seq", seq));
            Ok(found
                .collect::<Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect())
        })
        .await
    }

    /// The latest row of an act.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn latest_of(&self, act: &'static str) -> Result<Option<AuditRow>> {
        let columns = AuditRow::COLUMNS;
        let sql = format!("select {columns} from audit where act = $1 order by seq desc limit 1");
        self.one(&sql, &[&act]).await
    }

    /// Where the chain ends; none when nobody did anything yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn audit_head(&self) -> Result<Option<Head>> {
        self.look_up(head).await
    }

    /// Every act that was ever done, by name. It jumps from one to the next along the index.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn acts(&self) -> Result<Vec<String>> {
        let next = "select min(act) from audit where act > $1";
        self.scan(move |rows| {
            let mut acts: Vec<String> = Vec::new();
            let mut last = String::new();
            while let Some(act) = rows.one_value::<Option<String>>(next, &[&last])?.flatten() {
                last.clone_from(&act);
                acts.push(act);
            }
            Ok(acts)
        })
        .await
    }
}
