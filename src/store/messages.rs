//! The table `messages`: what is written to people, without who they are and what is written.

use super::{Change, Record as _, Result, Rows, Store, columns, queue::Conditions};
use crate::model::message::{MessageChannel, MessageKind, MessageState};

/// A message: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageRow {
    /// A ULID; the receiver knows a second copy by it.
    pub id: String,
    /// The kind's code.
    pub kind: String,
    /// The inquiry of whoever it goes to.
    pub inquiry_id: String,
    /// The link that it brings; its token must follow from its ID.
    pub link_id: String,
    /// The channel's code.
    pub channel: String,
    /// The language that it is written in; the fallback when none.
    pub locale: Option<String>,
    /// Who caused it, as the audit names them.
    pub actor: String,
    /// The policy that made it.
    pub policy_id: Option<String>,
    /// The hours in which it waits, as `22:00-08:00 Europe/Berlin`.
    pub quiet: Option<String>,
    /// The state's code.
    pub state: String,
    /// How often it was tried.
    pub tries: i64,
    /// When it was made.
    pub created_at: i64,
    /// When it may be taken up.
    pub due_at: i64,
    /// When it was sent, given up or dropped.
    pub settled_at: Option<i64>,
    /// Why it is not sent: a code without personal data.
    pub error: Option<String>,
}

columns!(MessageRow: id, kind, inquiry_id, link_id, channel, locale, actor, policy_id, quiet, state, tries, created_at,
    due_at, settled_at, error);

impl MessageRow {
    /// Why the person is written to.
    #[must_use]
    pub fn kind(&self) -> MessageKind {
        MessageKind::parse(&self.kind).unwrap_or(MessageKind::Link)
    }

    /// How it goes.
    #[must_use]
    pub fn channel(&self) -> MessageChannel {
        MessageChannel::parse(&self.channel).unwrap_or(MessageChannel::Mail)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> MessageState {
        MessageState::parse(&self.state).unwrap_or(MessageState::GivenUp)
    }
}

/// Which messages a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageQuery {
    /// Those in this state.
    pub state: Option<MessageState>,
    /// Those of this channel.
    pub channel: Option<MessageChannel>,
    /// Those before this one.
    pub before: Option<String>,
}

impl MessageQuery {
    fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        let before = self.before.clone().unwrap_or_else(|| "~".to_owned());
        all.add("id < ?", [before.into()]);
        if let Some(state) = self.state {
            all.add("state = ?", [state.code().to_owned().into()]);
        }
        if let Some(channel) = self.channel {
            all.add("channel = ?", [channel.code().to_owned().into()]);
        }
        all
    }
}

/// The condition of `messages_due`, word by word.
const OPEN: &str = "state in ('waiting', 'sending', 'failed')";

impl Store {
    /// The message with this ID.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn message(&self, id: &str) -> Result<Option<MessageRow>> {
        self.by("messages", "id", &id).await
    }

    /// Messages that match, the newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn messages(&self, query: MessageQuery, most: usize) -> Result<Vec<MessageRow>> {
        self.scan(move |rows| {
            let (columns, conditions) = (MessageRow::COLUMNS, query.conditions());
            let sql = format!(
                "select {columns} from messages where {} order by id desc limit {most}",
                conditions.sql()
            );
            rows.all(&sql, &conditions.params())
        })
        .await
    }

    /// When the next message of one of these channels may be taken up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn message_next(&self, channels: Vec<MessageChannel>) -> Result<Option<i64>> {
        let of_channels = among(&channels);
        let sql =
            format!("select min(due_at) from messages where {OPEN} and channel in ({of_channels})");
        let next: Option<Option<i64>> = self.one_value(&sql, &[]).await?;
        Ok(next.flatten())
    }
}

/// The codes of channels as SQL; they are our own words.
fn among(channels: &[MessageChannel]) -> String {
    let codes: Vec<_> = channels
        .iter()
        .map(|channel| format!("'{}'", channel.code()))
        .collect();
    // A list in SQL is never empty.
    if codes.is_empty() {
        return "null".to_owned();
    }
    codes.join(", ")
}

/// Adds a message.
///
/// # Errors
/// When the database cannot write.
pub fn add(change: &Change<'_>, row: &MessageRow) -> Result<()> {
    change.insert("messages", row, "").map(drop)
}

/// Writes over a message.
///
/// # Errors
/// When the database cannot write.
pub fn write(change: &Change<'_>, row: &MessageRow) -> Result<()> {
    change.upsert("messages", "id", row)
}

/// The message with this ID, as a change sees it.
///
/// # Errors
/// When the database does not answer.
pub fn find(change: &Change<'_>, id: &str) -> Result<Option<MessageRow>> {
    change.by("messages", "id", &id)
}

/// Messages of these channels whose time has come, those that wait for longest first.
///
/// # Errors
/// When the database does not answer.
pub fn due(
    rows: &Rows,
    channels: &[MessageChannel],
    now: i64,
    most: usize,
) -> Result<Vec<MessageRow>> {
    let (columns, of_channels) = (MessageRow::COLUMNS, among(channels));
    let sql = format!(
        "select {columns} from messages where {OPEN} and due_at <= $1 and channel in ({of_channels})
         order by due_at, id limit {most}"
    );
    rows.all(&sql, &[&now])
}

/// Drops what is not sent yet of one policy, or of all; gives how many messages that were.
///
/// # Errors
/// When the database cannot write.
pub fn drop_of_policies(
    change: &Change<'_>,
    policy: Option<&str>,
    why: &str,
    now: i64,
) -> Result<usize> {
    let sql = format!(
        "update messages set state = 'dropped', error = $1, settled_at = $2
         where {OPEN} and policy_id is not null and policy_id = coalesce($3, policy_id)"
    );
    change.execute(&sql, &[&why, &now, &policy])
}
