//! The table `policy_marks`: when a policy looks at an inquiry again.

use super::{Change, Record as _, Result, Rows, Store, columns, inquiries::InquiryRow};
use crate::model::policy::PolicyAct;

/// When a policy looks at an inquiry again, unless it moves before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkRow {
    /// The policy.
    pub policy_id: String,
    /// The inquiry.
    pub inquiry_id: String,
    /// The inquiry's version when it was looked at.
    pub version: i64,
    /// When, in ms since 1970.
    pub next_at: i64,
}

columns!(MarkRow: policy_id, inquiry_id, version, next_at);

/// Which inquiries a policy may have to do with.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The policy.
    pub policy_id: String,
    /// What it does.
    pub act: PolicyAct,
    /// The template of the inquiries; all when none.
    pub template_id: Option<String>,
    /// Only those that stood still since then, in ms since 1970.
    pub still_since: i64,
    /// Now.
    pub now: i64,
}

impl Candidates {
    /// What it takes beside the marks. An index tells who left something unfinished.
    const fn condition(&self) -> &'static str {
        match self.act {
            PolicyAct::Resume => "need = 'expired' and since <= $1",
            PolicyAct::Remind => {
                "need is not null and status in ('created', 'pending', 'expired')
                 and coalesce(started_at, created_at, read_at) <= $1"
            }
        }
    }
}

impl Store {
    /// IDs of inquiries that a policy has to look at.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy_candidates(
        &self,
        candidates: Candidates,
        most: i64,
    ) -> Result<Vec<String>> {
        let sql = format!(
            "select id from inquiries where {} and ($2 is null or template_id = $2)
             and not exists (
                 select 1 from policy_marks where policy_id = $3 and inquiry_id = inquiries.id
                 and policy_marks.version = inquiries.version and next_at > $4
             ) order by since, id limit $5",
            candidates.condition()
        );
        self.scan(move |rows| {
            let Candidates {
                policy_id,
                template_id,
                still_since,
                now,
                ..
            } = &candidates;
            rows.all_values(&sql, &[still_since, template_id, policy_id, now, &most])
        })
        .await
    }
}

/// Notes when a policy looks at an inquiry again.
///
/// # Errors
/// When the database cannot write.
pub fn mark(change: &Change<'_>, row: &MarkRow) -> Result<()> {
    change.upsert("policy_marks", "policy_id, inquiry_id", row)
}

/// Inquiries that were open at some time since then, of one template or of all.
///
/// # Errors
/// When the database does not answer.
pub fn open_since(rows: &Rows, template: Option<&str>, from: i64) -> Result<Vec<InquiryRow>> {
    let columns = InquiryRow::COLUMNS;
    let sql = format!(
        "select {columns} from inquiries where redacted_at is null
         and ($1 is null or template_id = $1)
         and (status in ('created', 'pending', 'expired') or finished_at > $2)"
    );
    rows.all(&sql, &[&template, &from])
}
