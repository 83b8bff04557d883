//! What came of a message, written once with its ledger and its audit.

use std::time::Duration;

use super::{
    Notifier,
    queue::{deed, entry},
};
use crate::{
    failure::Failure,
    id::new_id,
    model::message::MessageState,
    store::{
        self, Change, audit, inquiries, ledger,
        messages::{self, MessageRow},
    },
};

/// Leftoff itself, as the audit names it.
pub(super) const SYSTEM: &str = "system";

/// How often a message is tried: for the better part of a day.
const MOST_TRIES: i64 = 8;
/// How long the first wait is; each later one four times as long.
const FIRST_WAIT: i64 = 60_000;
const LONGEST_WAIT: i64 = 6 * 3_600_000;

/// What came of a try.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It was taken.
    Sent,
    /// It was not taken, and may be later.
    Failed(String),
    /// It was not taken and never will be.
    Bounced(String),
    /// It cannot be sent.
    GivenUp(String),
    /// Nobody needs it any more.
    Dropped(&'static str),
    /// Persona wants us to wait; the try does not count.
    Limited(Duration),
}

impl Outcome {
    pub(super) fn given_up(why: &str) -> Self {
        Self::GivenUp(why.to_owned())
    }

    /// The message after it, and what is written down of it.
    fn apply(self, seen: &MessageRow, now: i64) -> (MessageRow, Option<&'static str>) {
        let settled = |state: MessageState, error: Option<String>| MessageRow {
            state: state.code().to_owned(),
            settled_at: Some(now),
            error,
            ..seen.clone()
        };
        let again = |state: MessageState, tries: i64, wait: i64| MessageRow {
            state: state.code().to_owned(),
            tries,
            due_at: now + wait,
            ..seen.clone()
        };
        match self {
            Self::Sent => (settled(MessageState::Sent, None), Some("message-sent")),
            Self::Failed(why) if seen.tries < MOST_TRIES => {
                let row = again(MessageState::Failed, seen.tries, wait(seen.tries));
                let error = Some(why);
                (MessageRow { error, ..row }, None)
            }
            Self::Failed(why) | Self::GivenUp(why) => (
                settled(MessageState::GivenUp, Some(why)),
                Some("message-given-up"),
            ),
            Self::Bounced(why) => (
                settled(MessageState::GivenUp, Some(why)),
                Some("message-bounced"),
            ),
            Self::Dropped(why) => (
                settled(MessageState::Dropped, Some(why.to_owned())),
                Some("message-dropped"),
            ),
            Self::Limited(wait) => {
                let wait = i64::try_from(wait.as_millis()).unwrap_or(LONGEST_WAIT);
                (again(MessageState::Waiting, seen.tries - 1, wait), None)
            }
        }
    }
}

fn wait(tries: i64) -> i64 {
    let shift = u32::try_from(2 * (tries - 1)).unwrap_or_default().min(20);
    (FIRST_WAIT << shift).min(LONGEST_WAIT)
}

impl Notifier {
    /// Writes an outcome.
    pub(super) async fn settle(&self, seen: MessageRow, outcome: Outcome) -> Result<(), Failure> {
        let now = self.clock.now();
        let (id, at) = (new_id(now)?, now.as_millisecond());
        let written = self
            .store
            .change(move |change| write(change, &seen, outcome, id, at));
        Ok(written.await?)
    }
}

/// What somebody did meanwhile stays, unless the message is sent all the same: then that is the truth.
fn write(
    change: &Change<'_>,
    seen: &MessageRow,
    outcome: Outcome,
    id: String,
    now: i64,
) -> store::Result<()> {
    let is_mine = messages::find(change, &seen.id)?.as_ref() == Some(seen);
    let is_sent = matches!(outcome, Outcome::Sent);
    if !is_mine && !is_sent {
        return Ok(());
    }
    let (row, event) = outcome.apply(seen, now);
    messages::write(change, &row)?;
    let Some(event) = event else {
        return Ok(());
    };
    let actor = if is_sent { &*row.actor } else { SYSTEM };
    if is_sent {
        inquiries::edit(change, &row.inquiry_id, |inquiry| {
            inquiry.contacted_at = now;
        })?;
    }
    ledger::add(change, &entry(&row, id, now, event, actor))?;
    audit::add(change, deed(&row, now, event, actor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_to_six_hours_and_end_within_a_day() {
        let waits: Vec<_> = (1..MOST_TRIES).map(wait).collect();
        let minutes: Vec<_> = waits.iter().map(|wait| wait / 60_000).collect();
        assert_eq!(minutes, [1, 4, 16, 64, 256, 360, 360]);
        assert!(waits.iter().sum::<i64>() < 24 * 3_600_000);
    }
}
