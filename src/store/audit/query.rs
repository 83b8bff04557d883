//! Which rows of the audit are asked for.

use super::AuditRow;
use crate::store::{Record as _, Result, Rows, queue::Conditions};

/// Which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// By this actor; with a colon at its end, by every actor of this kind.
    pub actor: Option<String>,
    /// Of this act.
    pub act: Option<String>,
    /// To this object.
    pub object: Option<String>,
    /// For this reason.
    pub reason: Option<String>,
    /// Not before, in ms since 1970.
    pub from: Option<i64>,
    /// Before, in ms since 1970.
    pub until: Option<i64>,
}

impl AuditQuery {
    fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        match &self.actor {
            Some(kind) if kind.ends_with(':') => {
                let beyond = format!("{kind}\u{10ffff}");
                all.add(
                    "actor >= ? and actor < ?",
                    [kind.clone().into(), beyond.into()],
                );
            }
            Some(actor) => all.add("actor = ?", [actor.clone().into()]),
            None => {}
        }
        let texts = [
            ("act = ?", &self.act),
            ("object = ?", &self.object),
            ("reason = ?", &self.reason),
        ];
        for (sql, value) in texts {
            if let Some(value) = value {
                all.add(sql, [value.clone().into()]);
            }
        }
        for (sql, value) in [("at >= ?", self.from), ("at < ?", self.until)] {
            if let Some(value) = value {
                all.add(sql, [value.into()]);
            }
        }
        all
    }

    pub(super) fn rows(
        &self,
        rows: &Rows,
        place: &str,
        seq: i64,
        order: &str,
        most: usize,
    ) -> Result<Vec<AuditRow>> {
        let mut conditions = self.conditions();
        conditions.add(place, [seq.into()]);
        let (columns, conditions_sql) = (AuditRow::COLUMNS, conditions.sql());
        let sql = format!(
            "select {columns} from audit where {conditions_sql} order by seq {order} limit {most}"
        );
        rows.all(&sql, &conditions.params())
    }
}
