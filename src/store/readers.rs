//! Connections that only read: made when they are needed, kept for the next.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    database::Database,
    error::{Error, Result},
    sql::Rows,
};

/// Connections that are kept while nobody reads.
const IDLE: usize = 8;
/// Long reads of a file at the same time: more of them are no quicker, and each has a thread and a connection of its own.
const SCANS_OF_FILE: usize = 4;
/// The same of a server, where every read is a long one.
const SCANS_OF_SERVER: usize = 8;
/// After so long without use a connection is asked whether it still leads anywhere.
const STALE: Duration = Duration::from_secs(5);

/// The connections that read.
#[derive(Debug)]
pub(super) struct Readers {
    database: Database,
    idle: Mutex<Vec<(Rows, Instant)>>,
    scans: Arc<Semaphore>,
    is_closed: AtomicBool,
}

impl Readers {
    /// Readers of this database.
    pub(super) fn new(database: Database) -> Self {
        let scans = if database.is_near() {
            SCANS_OF_FILE
        } else {
            SCANS_OF_SERVER
        };
        Self {
            database,
            idle: Mutex::default(),
            scans: Arc::new(Semaphore::new(scans)),
            is_closed: AtomicBool::new(false),
        }
    }

    /// Runs a job with a connection of its own.
    pub(super) fn with<T>(&self, job: impl FnOnce(&Rows) -> Result<T>) -> Result<T> {
        if self.is_closed.load(Ordering::Relaxed) {
            return Err(Error::Closed);
        }
        let rows = self.idle().map_or_else(|| self.database.reader(), Ok)?;
        let result = job(&rows);
        let mut idle = self.lock();
        if idle.len() < IDLE && !rows.is_closed() {
            idle.push((rows, Instant::now()));
        }
        result
    }

    /// Whether reads are so quick that they are done where they are asked for.
    pub(super) const fn are_near(&self) -> bool {
        self.database.is_near()
    }

    /// A connection that is kept and leads somewhere.
    fn idle(&self) -> Option<Rows> {
        loop {
            let (rows, since) = self.lock().pop()?;
            if since.elapsed() < STALE || rows.answers() {
                return Some(rows);
            }
        }
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
        self.clear();
    }

    /// Gives up what is kept. Hanging up a server takes a thread that may wait.
    fn clear(&self) {
        let idle = std::mem::take(&mut *self.lock());
        if !idle.is_empty() && !self.are_near() {
            thread::spawn(move || drop(idle));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Rows, Instant)>> {
        // A list of connections is whole whatever its last holder did.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.clear();
    }
}
