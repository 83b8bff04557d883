//! Work in the background, a step at a time: whatever a step began is in the database, so that a restart loses nothing.

mod crew;
mod shift;

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{Notify, watch},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

pub use crew::Crew;

use crate::{failure::Failure, meter};
use shift::Shift;

/// How long work rests after a failure, so that a fault does not become a storm.
const REST: Duration = Duration::from_secs(5);

/// How long work waits for more news from other processes.
const TOGETHER: Duration = Duration::from_millis(100);

/// Something that is done in the background.
pub trait Work: Send + Sync + 'static {
    /// What it is, for the log.
    const NAME: &'static str;

    /// Does a little of it. Tests call it too, without waiting.
    fn step(&self) -> impl Future<Output = Result<Pace, Failure>> + Send;

    /// What wakes it when it is idle.
    fn bell(&self) -> &Bell;
}

/// When the next step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At once.
    Now,
    /// After a while, or when the bell rings.
    In(Duration),
    /// When the bell rings.
    Idle,
}

/// Wakes idle work; a ring is kept until somebody waits for it.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// There is something to do.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Waits for a ring; one that was kept counts.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

/// Steps while it is this process's turn, until it is told to stop; then a step under way is finished. One that is under
/// way when the turn is lost is dropped, as if the process had ended there.
async fn run<W: Work>(
    work: W,
    mut shift: Shift,
    mut news: watch::Receiver<()>,
    stopping: CancellationToken,
) {
    while !stopping.is_cancelled() {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = shift.on() => {}
        }
        news.mark_unchanged();
        let pace = tokio::select! {
            pace = step(&work) => pace,
            () = shift.off() => continue,
        };
        tokio::select! {
            () = stopping.cancelled() => {}
            () = rest(&work, pace) => {}
            () = told(&mut news), if pace != Pace::Now => {}
        }
    }
}

/// Waits for commits of other processes, any of which may have left work; those that come soon after each other count as
/// one.
async fn told(news: &mut watch::Receiver<()>) {
    if news.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
    sleep(TOGETHER).await;
}

/// One step, counted; after a failure work rests.
async fn step<W: Work>(work: &W) -> Pace {
    let began = Instant::now();
    let stepped = work.step().await;
    let outcome = match &stepped {
        Ok(Pace::Now) => "more",
        Ok(Pace::In(_)) => "later",
        Ok(Pace::Idle) => "idle",
        Err(_) => "failed",
    };
    meter::step(W::NAME, outcome, began.elapsed());
    stepped.unwrap_or_else(|failure| {
        failure.report(W::NAME);
        Pace::In(REST)
    })
}

async fn rest<W: Work>(work: &W, pace: Pace) {
    match pace {
        Pace::Now => {}
        Pace::In(wait) => {
            tokio::time::timeout(wait, work.bell().rung()).await.ok();
        }
        Pace::Idle => work.bell().rung().await,
    }
}
