//! The tables `policies` and `policy_switch`: when Leftoff acts by itself.

use super::{Change, Record as _, Result, Rows, Store, columns};
use crate::model::{message::MessageChannel, policy::PolicyAct};

/// A policy: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyRow {
    /// A ULID.
    pub id: String,
    /// What the staff calls it.
    pub name: String,
    /// The act's code.
    pub act: String,
    /// The template whose inquiries it is for; every one when none.
    pub template_id: Option<String>,
    /// The code of the channel of its messages.
    pub channel: String,
    /// The language of its messages to people whose own is not known.
    pub locale: String,
    /// Minutes after the last that happened, separated by commas.
    pub offsets: String,
    /// Messages of policies that one person gets in seven days at most.
    pub per_week: i64,
    /// Messages of policies that one person gets at all.
    pub in_total: i64,
    /// The hours in which it rests, as `22:00-08:00 Europe/Berlin`.
    pub quiet: Option<String>,
    /// Since when it is on; none while it is off.
    pub on_since: Option<i64>,
    /// Who made it, as the audit names them.
    pub maker: String,
    /// When it was made.
    pub created_at: i64,
    /// Grows with each change.
    pub version: i64,
}

columns!(PolicyRow: id, name, act, template_id, channel, locale, offsets, per_week, in_total, quiet, on_since, maker,
    created_at, version);

impl PolicyRow {
    /// What it does.
    #[must_use]
    pub fn act(&self) -> PolicyAct {
        PolicyAct::parse(&self.act).unwrap_or(PolicyAct::Remind)
    }

    /// How its messages go.
    #[must_use]
    pub fn channel(&self) -> MessageChannel {
        MessageChannel::parse(&self.channel).unwrap_or(MessageChannel::Mail)
    }
}

/// Whether policies may act at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitchRow {
    /// Always 1.
    pub id: i64,
    /// 1 when all are stopped.
    pub is_stopped: i64,
    /// Since when, in ms since 1970.
    pub since: i64,
    /// Who did it, as the audit names them.
    pub actor: String,
}

columns!(SwitchRow: id, is_stopped, since, actor);

impl Store {
    /// The policy with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy(&self, id: &str) -> Result<Option<PolicyRow>> {
        self.by("policies", "id", &id).await
    }

    /// Every policy, the oldest first; there are a handful.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policies(&self) -> Result<Vec<PolicyRow>> {
        let sql = format!("select {} from policies order by id", PolicyRow::COLUMNS);
        self.all(&sql, &[]).await
    }

    /// Whether policies may act at all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn policy_switch(&self) -> Result<SwitchRow> {
        self.look_up(switch).await
    }
}

/// The same, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn switch(rows: &Rows) -> Result<SwitchRow> {
    Ok(rows.by("policy_switch", "id", &1)?.unwrap_or_default())
}

/// Turns the switch.
///
/// # Errors
/// When the database cannot write.
pub fn turn(change: &Change<'_>, row: &SwitchRow) -> Result<()> {
    change.upsert("policy_switch", "id", row)
}

/// The policy with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(rows: &Rows, id: &str) -> Result<Option<PolicyRow>> {
    rows.by("policies", "id", &id)
}

/// Adds a policy, or writes over it. It looks at every inquiry anew then.
///
/// # Errors
/// When the database cannot write.
pub fn write(change: &Change<'_>, row: &PolicyRow) -> Result<()> {
    change.upsert("policies", "id", row)?;
    let sql = "delete from policy_marks where policy_id = $1";
    change.execute(sql, &[&row.id]).map(drop)
}
