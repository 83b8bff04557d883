//! Connections that only read: made when they are needed, kept for the next.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    error::{Error, Result},
    sql::{self, Rows},
};

/// Connections that are kept while nobody reads.
const IDLE: usize = 8;
/// Long reads at the same time; each has a thread of its own.
const SCANS: usize = 8;

/// The connections that read.
#[derive(Debug)]
pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Rows>>,
    scans: Arc<Semaphore>,
    is_closed: AtomicBool,
}

impl Readers {
    /// Readers of this file.
    pub(super) fn new(file: PathBuf) -> Self {
        Self {
            file,
            idle: Mutex::default(),
            scans: Arc::new(Semaphore::new(SCANS)),
            is_closed: AtomicBool::new(false),
        }
    }

    /// Runs a job with a connection of its own.
    pub(super) fn with<T>(&self, job: impl FnOnce(&Rows) -> Result<T>) -> Result<T> {
        if self.is_closed.load(Ordering::Relaxed) {
            return Err(Error::Closed);
        }
        let idle = self.lock().pop();
        let rows = idle.map_or_else(|| sql::open_reader(&self.file), Ok)?;
        let result = job(&rows);
        let mut idle = self.lock();
        if idle.len() < IDLE {
            idle.push(rows);
        }
        result
    }

    /// Waits until one more may read for long.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.scans).acquire_owned().await;
        turn.map_err(|_| Error::Closed)
    }

    /// Lets nobody read any more.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        self.scans.close();
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Rows>> {
        // A list of connections is whole whatever its last holder did.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
