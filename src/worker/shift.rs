//! Whose turn it is to work: of the processes that share a database one works in the background, and another goes on
//! when that one is gone.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// How long a shift lasts unless it is prolonged: so long nobody works after a process vanished.
const LENGTH: Duration = Duration::from_secs(8);
/// How often it is prolonged, and how often the others ask for it.
const EVERY: Duration = Duration::from_secs(2);
/// So much earlier than the database a process takes its shift for ended, as clocks do not run alike.
const MARGIN: Duration = Duration::from_secs(1);

/// Whether this process works; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    is_on: watch::Receiver<bool>,
}

impl Shift {
    /// Takes turns with the other processes, until everybody has left. Where there can be no others, it is always on.
    pub(super) fn begin(store: &Store, has_left: CancellationToken) -> Self {
        let (turn, is_on) = watch::channel(!store.is_shared());
        if store.is_shared() {
            tokio::spawn(take_turns(store.clone(), turn, has_left));
        }
        Self { is_on }
    }

    /// Waits until it is this process's turn.
    pub(super) async fn on(&mut self) {
        self.until(true).await;
    }

    /// Waits until it is this process's turn no longer.
    pub(super) async fn off(&mut self) {
        self.until(false).await;
    }

    async fn until(&mut self, wanted: bool) {
        if self.is_on.wait_for(|is_on| *is_on == wanted).await.is_err() {
            // Nobody takes turns any more: it stays as it is.
            std::future::pending::<()>().await;
        }
    }
}

async fn take_turns(store: Store, turn: watch::Sender<bool>, has_left: CancellationToken) {
    let mut until = Instant::now();
    while !has_left.is_cancelled() {
        let asked = Instant::now();
        let limit = if *turn.borrow() {
            until
        } else {
            asked + LENGTH
        };
        match timeout_at(limit, store.take_shift(LENGTH)).await {
            Ok(Ok(true)) => {
                until = asked + LENGTH - MARGIN;
                tell(&turn, true);
            }
            Ok(Ok(false)) => tell(&turn, false),
            Ok(Err(error)) => tracing::warn!(%error, "no shift can be asked for"),
            Err(_) => tracing::warn!("the database did not answer whose shift it is"),
        }
        if Instant::now() >= until {
            tell(&turn, false);
        }
        tokio::select! {
            () = has_left.cancelled() => {}
            () = sleep(EVERY) => {}
        }
    }
}

fn tell(turn: &watch::Sender<bool>, is_on: bool) {
    let changed = turn.send_if_modified(|was| std::mem::replace(was, is_on) != is_on);
    if changed {
        tracing::info!(is_on, "the work in the background changed hands");
    }
}
