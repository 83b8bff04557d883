//! The way into the queue, and out of it before a message is sent.

use jiff::Timestamp;
use serde_json::json;

use super::Notifier;
use crate::{
    failure::Failure,
    id::new_id,
    model::message::{MessageChannel, MessageKind, MessageState},
    quiet::Quiet,
    store::{
        self, Change,
        audit::{self, Deed},
        ledger::{self, LedgerRow},
        links::LinkRow,
        messages::{self, MessageRow},
    },
};

/// A message to be.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    /// Why the person is written to.
    pub kind: MessageKind,
    /// How it goes.
    pub channel: MessageChannel,
    /// The link that it brings, drafted by [`Links::draft`](crate::links::Links::draft); its language is the message's.
    pub link: &'a LinkRow,
    /// Who caused it, as the audit names them.
    pub actor: &'a str,
    /// The policy that made it, and the hours in which it is not sent.
    pub policy: Option<(&'a str, Option<&'a Quiet>)>,
}

impl NewMessage<'_> {
    /// The message as it is kept, due at once.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn row(self, now: Timestamp) -> Result<MessageRow, getrandom::Error> {
        let (policy, quiet) = self.policy.unzip();
        Ok(MessageRow {
            id: new_id(now)?,
            kind: self.kind.code().to_owned(),
            inquiry_id: self.link.inquiry_id.clone(),
            link_id: self.link.id.clone(),
            channel: self.channel.code().to_owned(),
            locale: self.link.locale.clone(),
            actor: self.actor.to_owned(),
            policy_id: policy.map(str::to_owned),
            quiet: quiet.flatten().map(ToString::to_string),
            state: MessageState::Waiting.code().to_owned(),
            created_at: now.as_millisecond(),
            due_at: now.as_millisecond(),
            ..MessageRow::default()
        })
    }
}

/// Puts a message into the queue, in the change of the act that causes it. Ring [`Notifier::bell`] after the commit.
///
/// # Errors
/// When the database cannot write.
pub fn enqueue(change: &Change<'_>, message: &MessageRow) -> store::Result<()> {
    messages::add(change, message)
}

/// Drops what waits of one policy, or of all. Gives how many messages that were.
///
/// # Errors
/// When the database cannot write.
pub fn drop_of_policies(
    change: &Change<'_>,
    policy: Option<&str>,
    now: i64,
) -> store::Result<usize> {
    messages::drop_of_policies(change, policy, "stopped", now)
}

impl Notifier {
    /// Puts a message that was given up into the queue again; false when it is not given up, or does not exist.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn retry(&self, actor: &str, id: &str) -> Result<bool, Failure> {
        let now = self.clock.now();
        let (at, entry_id) = (now.as_millisecond(), new_id(now)?);
        let (actor, id) = (actor.to_owned(), id.to_owned());
        let retried = self.store.change(move |change| {
            let found = messages::find(change, &id)?;
            let Some(before) = found.filter(|row| row.state() == MessageState::GivenUp) else {
                return Ok(false);
            };
            let row = MessageRow {
                state: MessageState::Waiting.code().to_owned(),
                tries: 0,
                due_at: at,
                settled_at: None,
                ..before.clone()
            };
            messages::write(change, &row)?;
            ledger::add(
                change,
                &entry(&row, entry_id, at, "message-retried", &actor),
            )?;
            audit::add(
                change,
                Deed {
                    before: Some(
                        json!({ "state": before.state, "error": before.error }).to_string(),
                    ),
                    ..deed(&row, at, "message-retried", &actor)
                },
            )?;
            Ok(true)
        });
        let retried = retried.await?;
        self.bell.ring();
        Ok(retried)
    }
}

/// An entry of the ledger about a message.
pub(super) fn entry(row: &MessageRow, id: String, at: i64, event: &str, actor: &str) -> LedgerRow {
    LedgerRow {
        id,
        inquiry_id: row.inquiry_id.clone(),
        link_id: Some(row.link_id.clone()),
        at,
        event: event.to_owned(),
        detail: Some(row.channel.clone()),
        actor: Some(actor.to_owned()),
    }
}

/// An entry of the audit about a message; it stands at the link, as the mails that somebody sends by hand do.
pub(super) fn deed(row: &MessageRow, at: i64, act: &str, actor: &str) -> Deed {
    let after = json!({ "message": row.id, "kind": row.kind, "channel": row.channel,
        "state": row.state, "why": row.error });
    Deed {
        at,
        actor: actor.to_owned(),
        act: act.to_owned(),
        object: format!("link:{}", row.link_id),
        note: row
            .policy_id
            .as_ref()
            .map(|policy| format!("policy:{policy}")),
        after: Some(after.to_string()),
        ..Deed::default()
    }
}
