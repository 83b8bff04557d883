//! The table `policy_acts`: what policies did, once for each step of an inquiry.

use super::{Change, Record as _, Result, Rows, Store, columns, inquiries::InquiryRow};
use crate::model::policy::StepState;

/// A step of a policy: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyActRow {
    /// A ULID.
    pub id: String,
    /// The policy.
    pub policy_id: String,
    /// The inquiry.
    pub inquiry_id: String,
    /// What the step is counted from.
    pub anchor: i64,
    /// Which of the policy's offsets, from 0.
    pub step: i64,
    /// Steps before it that were missed, and are made good by it.
    pub missed: i64,
    /// The state's code.
    pub state: String,
    /// The code of what stands against it, or the failure in words.
    pub reason: Option<String>,
    /// When it was begun.
    pub at: i64,
    /// The link that it made.
    pub link_id: Option<String>,
    /// The message that it made.
    pub message_id: Option<String>,
    /// How often Persona was asked and failed.
    pub tries: i64,
    /// A part of the idempotency key.
    pub attempt: i64,
    /// When it goes on.
    pub due_at: i64,
}

columns!(PolicyActRow: id, policy_id, inquiry_id, anchor, step, missed, state, reason, at, link_id, message_id, tries,
    attempt, due_at);

impl PolicyActRow {
    /// What came of it.
    #[must_use]
    pub fn state(&self) -> StepState {
        StepState::parse(&self.state).unwrap_or(StepState::Failed)
    }
}

impl Store {
    /// Steps that were begun and go on now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy_acts_due(&self, now: i64, most: i64) -> Result<Vec<PolicyActRow>> {
        let columns = PolicyActRow::COLUMNS;
        let sql = format!(
            "select {columns} from policy_acts where state = 'acting' and due_at <= $1 order by due_at, id limit $2"
        );
        self.all(&sql, &[&now, &most]).await
    }

    /// What a policy did, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy_acts(
        &self,
        policy: &str,
        before: Option<String>,
        most: i64,
    ) -> Result<Vec<PolicyActRow>> {
        let columns = PolicyActRow::COLUMNS;
        let sql = format!(
            "select {columns} from policy_acts where policy_id = $1 and id < $2 order by id desc limit $3"
        );
        let (policy, before) = (policy.to_owned(), before.unwrap_or_else(|| "~".to_owned()));
        self.scan(move |rows| rows.all(&sql, &[&policy, &before, &most]))
            .await
    }

    /// The latest that a policy did.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy_latest(&self, policy: &str) -> Result<Option<PolicyActRow>> {
        let columns = PolicyActRow::COLUMNS;
        let sql = format!(
            "select {columns} from policy_acts where policy_id = $1 order by id desc limit 1"
        );
        self.one(&sql, &[&policy]).await
    }
}

/// What policies did with an inquiry, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_inquiry(rows: &Rows, inquiry: &str) -> Result<Vec<PolicyActRow>> {
    let columns = PolicyActRow::COLUMNS;
    let sql = format!("select {columns} from policy_acts where inquiry_id = $1 order by at, id");
    rows.all(&sql, &[&inquiry])
}

/// A message of a policy to the person of an inquiry, on whichever of their inquiries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The policy.
    pub policy_id: String,
    /// When.
    pub at: i64,
}

columns!(Written: policy_id, at);

/// Every message of policies to the person of an inquiry, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn written_to(rows: &Rows, inquiry: &InquiryRow) -> Result<Vec<Written>> {
    let sql = "select policy_id, at from policy_acts
        where state in ('acting', 'done') and inquiry_id in (
            select id from inquiries where id = $1
            union select id from inquiries where reference_id = $2
            union select id from inquiries where account_id = $3
        ) order by at";
    rows.all(
        sql,
        &[&inquiry.id, &inquiry.reference_id, &inquiry.account_id],
    )
}

/// Adds a step; false when it was made before.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &PolicyActRow) -> Result<bool> {
    let added = change.insert("policy_acts", row, "on conflict do nothing")?;
    Ok(added == 1)
}

/// The step with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(rows: &Rows, id: &str) -> Result<Option<PolicyActRow>> {
    rows.by("policy_acts", "id", &id)
}

/// Moves a step from what the caller saw to what it is now; false when it moved meanwhile.
///
/// # Errors
/// When the database cannot write.
pub fn move_on(change: &Change<'_>, seen: &PolicyActRow, now: &PolicyActRow) -> Result<bool> {
    if find(change, &seen.id)?.as_ref() != Some(seen) {
        return Ok(false);
    }
    change.upsert("policy_acts", "id", now)?;
    Ok(true)
}
