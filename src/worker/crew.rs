//! Who works in the background, and whether they still do.

use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use tokio::{task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{Work, run, shift::Shift};
use crate::store::Store;

/// All workers of the process; cheap to clone.
#[derive(Clone, Debug)]
pub struct Crew {
    members: Arc<Mutex<Vec<Member>>>,
    store: Store,
    shift: Arc<OnceLock<Shift>>,
    has_left: CancellationToken,
}

#[derive(Debug)]
struct Member {
    name: &'static str,
    task: JoinHandle<()>,
}

impl Crew {
    /// Nobody yet; they will work with this store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            members: Arc::default(),
            store,
            shift: Arc::default(),
            has_left: CancellationToken::new(),
        }
    }

    /// Has work done from now on when it is this process's turn, until it is told to stop.
    pub fn employ<W: Work>(&self, work: W, stopping: CancellationToken) {
        let begin = || Shift::begin(&self.store, self.has_left.clone());
        let shift = self.shift.get_or_init(begin).clone();
        let task = tokio::spawn(run(work, shift, self.store.news(), stopping));
        self.lock().push(Member {
            name: W::NAME,
            task,
        });
    }

    /// Who was to work and does not any more: somebody panicked.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let crew = self.lock();
        let gone = crew.iter().filter(|member| member.task.is_finished());
        gone.map(|member| member.name).collect()
    }

    /// How many work.
    #[must_use]
    pub fn alive(&self) -> usize {
        let crew = self.lock();
        crew.iter()
            .filter(|member| !member.task.is_finished())
            .count()
    }

    /// Waits until everybody who was told to stop finished their step; who takes longer is cut off.
    pub async fn leave(&self, within: Duration) {
        let until = Instant::now() + within;
        let crew = std::mem::take(&mut *self.lock());
        for Member { name, mut task } in crew {
            if tokio::time::timeout_at(until, &mut task).await.is_err() {
                tracing::warn!(worker = name, "a step took too long and was cut off");
                task.abort();
            }
        }
        self.has_left.cancel();
        if let Err(error) = self.store.end_shift().await {
            tracing::warn!(%error, "the shift was not given back: it ends by itself");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Member>> {
        // A list is whole whatever its last holder did.
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
