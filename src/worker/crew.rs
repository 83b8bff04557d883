//! Who works in the background, and whether they still do.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{Work, run};

/// All workers of the process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Crew(Arc<Mutex<Vec<Member>>>);

#[derive(Debug)]
struct Member {
    name: &'static str,
    task: JoinHandle<()>,
}

impl Crew {
    /// Has work done from now on, until it is told to stop.
    pub fn employ<W: Work>(&self, work: W, stopping: CancellationToken) {
        let task = tokio::spawn(run(work, stopping));
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
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Member>> {
        // A list is whole whatever its last holder did.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
