//! What the process said that it has done: each such answer is a promise.

use std::{
    fmt,
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

/// Longer than any answer takes; without an answer for so long there is none.
const PATIENCE: Duration = Duration::from_mins(1);

/// Something that was acknowledged, by what identifies it.
#[derive(Clone, Debug)]
pub(super) enum Promise {
    /// An event of Persona's that a webhook told of.
    Event(String),
    /// An inquiry for which a person was given a session.
    Resumed(String),
    /// An inquiry whose end was verified.
    Receipt(String),
    /// The note that somebody wrote at an act.
    Deed(String),
    /// The address of somebody who asked for another link, and the inquiry.
    Mail(String, String),
}

/// Every promise of all lives, each with the life that gave it.
#[derive(Default)]
pub(super) struct Promises {
    kept: Mutex<Vec<(usize, Promise)>>,
    run: AtomicUsize,
    cut: AtomicUsize,
    grown: Notify,
}

impl Promises {
    /// Begins a life; gives how many promises there are.
    pub(super) fn begin(&self, run: usize) -> usize {
        self.run.store(run, Ordering::SeqCst);
        self.all().len()
    }

    pub(super) fn all(&self) -> MutexGuard<'_, Vec<(usize, Promise)>> {
        self.kept.lock().unwrap()
    }

    /// An answer came that promises something.
    pub(super) fn keep(&self, promise: Promise) {
        let run = self.run.load(Ordering::SeqCst);
        self.all().push((run, promise));
        self.grown.notify_waiters();
    }

    /// No answer came: nobody knows what was done.
    pub(super) fn lose(&self) {
        self.cut.fetch_add(1, Ordering::SeqCst);
    }

    /// How many requests got no answer.
    pub(super) fn cut(&self) -> usize {
        self.cut.load(Ordering::SeqCst)
    }

    /// Waits until there are so many.
    pub(super) async fn reach(&self, count: usize) {
        loop {
            let grown = self.grown.notified();
            if self.all().len() >= count {
                return;
            }
            let grown = tokio::time::timeout(PATIENCE, grown).await;
            grown.expect("the process promises nothing any more");
        }
    }
}

impl fmt::Display for Promises {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.all();
        let count = |is: fn(&Promise) -> bool| all.iter().filter(|(_, one)| is(one)).count();
        write!(
            f,
            "acknowledged: {} events, {} resumes, {} receipts, {} acts of staff and software, {} requests for mail; \
             cut off: {} requests",
            count(|one| matches!(one, Promise::Event(_))),
            count(|one| matches!(one, Promise::Resumed(_))),
            count(|one| matches!(one, Promise::Receipt(_))),
            count(|one| matches!(one, Promise::Deed(_))),
            count(|one| matches!(one, Promise::Mail(..))),
            self.cut()
        )
    }
}
