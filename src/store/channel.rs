//! The table `channel`: how the webhooks do, in one row.

use super::{Change, Result, Rows, Store, columns};

/// The only row.
const ROW: i64 = 1;
/// The time is kept to the second, so that a storm does not write it for each event.
const GRAIN: i64 = 1000;

/// How the webhooks do: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelRow {
    /// When a webhook that Persona signed came last.
    pub heard_at: Option<i64>,
    /// Since when something is wrong.
    pub alarm_at: Option<i64>,
    /// What: `silent` or `missed`.
    pub alarm: Option<String>,
}

columns!(ChannelRow: heard_at, alarm_at, alarm);

/// Something is wrong with the webhooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Since when, in ms since 1970.
    pub since: i64,
    /// What is wrong.
    pub why: Why,
    /// When a webhook came last.
    pub heard_at: Option<i64>,
}

/// What is wrong with the webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// None came for longer than the settings allow.
    Silent,
    /// A sweep found what none told of, and none came since.
    Missed,
}

impl Why {
    /// The name in the database and in the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Missed => "missed",
        }
    }
}

impl ChannelRow {
    /// What is wrong, if anything.
    #[must_use]
    pub fn alarm(&self) -> Option<Alarm> {
        let missed = self.alarm.as_deref() == Some(Why::Missed.code());
        self.alarm_at.map(|since| Alarm {
            since,
            why: if missed { Why::Missed } else { Why::Silent },
            heard_at: self.heard_at,
        })
    }
}

impl Store {
    /// How the webhooks do.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn channel(&self) -> Result<ChannelRow> {
        self.look_up(find).await
    }

    /// What is wrong with the webhooks, if anything: for whoever wants to tell somebody.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn webhook_alarm(&self) -> Result<Option<Alarm>> {
        Ok(self.channel().await?.alarm())
    }
}

/// How the webhooks do.
///
/// # Errors
/// When the database does not answer.
pub fn find(rows: &Rows) -> Result<ChannelRow> {
    Ok(rows.by("channel", "id", &ROW)?.unwrap_or_default())
}

/// A webhook came: whatever was wrong is over. True when something was.
///
/// # Errors
/// When the database cannot write.
pub fn hear(change: &Change<'_>, at: i64) -> Result<bool> {
    let known = find(change)?;
    let is_fresh = known.heard_at.is_some_and(|heard| heard > at - GRAIN);
    if is_fresh && known.alarm_at.is_none() {
        return Ok(false);
    }
    let heard_at = known.heard_at.map_or(at, |heard| heard.max(at));
    let sql = "update channel set heard_at = $1, alarm_at = null, alarm = null where id = $2";
    change.execute(sql, &[&heard_at, &ROW])?;
    Ok(known.alarm_at.is_some())
}

/// Something is wrong; false when that was known.
///
/// # Errors
/// When the database cannot write.
pub fn raise(change: &Change<'_>, why: Why, at: i64) -> Result<bool> {
    let sql = "update channel set alarm_at = $1, alarm = $2 where id = $3 and alarm_at is null";
    Ok(change.execute(sql, &[&at, &why.code(), &ROW])? == 1)
}
