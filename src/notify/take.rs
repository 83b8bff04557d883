//! Taking messages up: each belongs to one worker for a while, and what is not needed any more is dropped.

use std::time::Duration;

use super::{
    Notifier,
    queue::{deed, entry},
    settle::SYSTEM,
};
use crate::{
    failure::Failure,
    id::new_id,
    inquiries::Phase,
    model::message::{MessageChannel, MessageState},
    quiet::Quiet,
    store::{
        self, Change, audit, inquiries, ledger, links,
        messages::{self, MessageRow},
    },
    worker::{Bell, Pace, Work},
};

/// Messages that are under way at once: a mail server that answers in a second takes hundreds a minute.
const AT_ONCE: usize = 8;
/// How long a message belongs to whoever took it up: longer than Persona and the mail server together may take. After a
/// crash it is taken up again then.
const LEASE: i64 = 120_000;

impl Work for Notifier {
    const NAME: &'static str = "messages";

    async fn step(&self) -> Result<Pace, Failure> {
        let Some(next) = self.store.message_next(self.channels()).await? else {
            return Ok(Pace::Idle);
        };
        let wait = next - self.clock.now_ms();
        if wait > 0 {
            let wait = u64::try_from(wait).unwrap_or_default();
            return Ok(Pace::In(Duration::from_millis(wait)));
        }
        if let Some(wait) = self.budget.wait() {
            return Ok(Pace::In(wait));
        }
        let taken = self.take().await?;
        self.send_all(taken).await
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Notifier {
    /// Takes up messages whose time has come.
    async fn take(&self) -> Result<Vec<MessageRow>, Failure> {
        let now = self.clock.now();
        let ids = (0..AT_ONCE).map(|_| new_id(now));
        let taking = Taking {
            now: now.as_millisecond(),
            channels: self.channels(),
            ids: ids.collect::<Result<_, _>>()?,
        };
        let taken = self.store.change(move |change| taking.run(change));
        Ok(taken.await?)
    }
}

/// One round of taking up.
struct Taking {
    now: i64,
    channels: Vec<MessageChannel>,
    /// For what is written into the ledger.
    ids: Vec<String>,
}

impl Taking {
    fn run(mut self, change: &Change<'_>) -> store::Result<Vec<MessageRow>> {
        let mut taken = Vec::new();
        for row in messages::due(change, &self.channels, self.now, AT_ONCE)? {
            if let Some(why) = needless(change, &row, self.now)? {
                self.drop(change, row, why)?;
                continue;
            }
            let quiet = row.quiet.as_deref().and_then(Quiet::parse);
            let loud = quiet.map_or(self.now, |quiet| quiet.after_ms(self.now));
            let row = if loud > self.now {
                MessageRow {
                    due_at: loud,
                    ..row
                }
            } else {
                let row = self.mine(row);
                taken.push(row.clone());
                row
            };
            messages::write(change, &row)?;
        }
        Ok(taken)
    }

    fn mine(&self, row: MessageRow) -> MessageRow {
        MessageRow {
            state: MessageState::Sending.code().to_owned(),
            tries: row.tries + 1,
            due_at: self.now + LEASE,
            ..row
        }
    }

    fn drop(&mut self, change: &Change<'_>, row: MessageRow, why: &str) -> store::Result<()> {
        let row = MessageRow {
            state: MessageState::Dropped.code().to_owned(),
            settled_at: Some(self.now),
            error: Some(why.to_owned()),
            ..row
        };
        messages::write(change, &row)?;
        let id = self.ids.pop().unwrap_or_default();
        let (act, at) = ("message-dropped", self.now);
        ledger::add(change, &entry(&row, id, at, act, SYSTEM))?;
        audit::add(change, deed(&row, at, act, SYSTEM))
    }
}

/// Why nobody needs a message any more, as far as we know.
fn needless(
    change: &Change<'_>,
    row: &MessageRow,
    now: i64,
) -> store::Result<Option<&'static str>> {
    let is_usable =
        links::find(change, &row.link_id)?.is_some_and(|link| link.standing(now).is_usable());
    if !is_usable {
        return Ok(Some("link-over"));
    }
    let inquiry = inquiries::find(change, &row.inquiry_id)?;
    let phase = inquiry.map_or(Phase::Unknown, |inquiry| inquiry.phase());
    Ok(phase.is_settled().then_some("finished"))
}
