//! The thread that writes: it takes what waits, runs it job by job, and commits it at once.
//!
//! A commit costs a write to the disk however much is in it, so whoever comes while one is under way shares the next.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::Instant,
};

use tokio::sync::{mpsc, oneshot, watch};

use crate::meter;

use super::{
    database::Database,
    error::{Error, OpenError, Result},
    sql::{Change, Rows},
};

/// Jobs that may wait; whoever comes later waits to be let in.
const WAITING: usize = 1024;
/// Jobs that share a commit at most, so that the first of them does not wait for long.
const GROUP: usize = 128;

/// The way to the thread.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    jobs: mpsc::Sender<Message>,
    commits: watch::Receiver<()>,
}

enum Message {
    Change(Box<dyn Job>),
    Check(oneshot::Sender<Result<()>>),
    Stop(oneshot::Sender<()>),
}

/// A change that was asked for.
pub(super) trait Job: Send {
    /// Does the work; false when nothing of it shall be kept.
    fn run(&mut self, change: &Change<'_>) -> bool;
    /// Tells whoever asked, after the commit.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Pending<F, T> {
    work: Option<F>,
    result: Result<T>,
    asker: oneshot::Sender<Result<T>>,
}

/// A job, and where its result will be.
pub(super) fn pending<T, F>(work: F) -> (Box<dyn Job>, oneshot::Receiver<Result<T>>)
where
    T: Send + 'static,
    F: FnOnce(&Change<'_>) -> Result<T> + Send + 'static,
{
    let (asker, result) = oneshot::channel();
    let pending = Pending {
        work: Some(work),
        result: Err(Error::Interrupted),
        asker,
    };
    (Box::new(pending), result)
}

impl<F, T> Job for Pending<F, T>
where
    T: Send,
    F: FnOnce(&Change<'_>) -> Result<T> + Send,
{
    fn run(&mut self, change: &Change<'_>) -> bool {
        if let Some(work) = self.work.take() {
            // The job is rolled back as a whole, so nothing half done is left to be seen.
            let result = catch_unwind(AssertUnwindSafe(|| work(change)));
            self.result = result.unwrap_or(Err(Error::Interrupted));
        }
        self.result.is_ok()
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        // Whoever asked may have gone away.
        self.asker
            .send(self.result.and_then(|done| committed.map(|()| done)))
            .ok();
    }
}

impl Writer {
    /// Hands a job over; waits while too many wait already.
    pub(super) async fn send(&self, job: Box<dyn Job>) -> Result<()> {
        let sent = self.jobs.send(Message::Change(job)).await;
        sent.map_err(|_| Error::Closed)
    }

    /// A way that leads nowhere, for a database that is only read.
    pub(super) fn closed() -> Self {
        let (jobs, _) = mpsc::channel(1);
        let (_, commits) = watch::channel(());
        Self { jobs, commits }
    }

    /// Has the thread begin a transaction and give it up.
    pub(super) async fn check(&self) -> Result<()> {
        let (asker, answer) = oneshot::channel();
        let sent = self.jobs.send(Message::Check(asker)).await;
        sent.map_err(|_| Error::Closed)?;
        answer.await.map_err(|_| Error::Interrupted)?
    }

    /// How many jobs wait.
    pub(super) fn waiting(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    /// Tells of each commit from now on.
    pub(super) fn commits(&self) -> watch::Receiver<()> {
        let mut commits = self.commits.clone();
        commits.mark_unchanged();
        commits
    }

    /// Ends the thread after the jobs before.
    pub(super) async fn stop(&self, stopped: oneshot::Sender<()>) -> Result<()> {
        let sent = self.jobs.send(Message::Stop(stopped)).await;
        sent.map_err(|_| Error::Closed)
    }
}

/// Starts the thread; it tells of each of its commits.
///
/// # Errors
/// When the database cannot be reached, or the system has no thread left.
pub(super) fn start(
    database: Database,
    (committed, commits): (watch::Sender<()>, watch::Receiver<()>),
) -> Result<Writer, OpenError> {
    let (jobs, messages) = mpsc::channel(WAITING);
    let rows = database.writer()?;
    thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || run(&database, rows, messages, &committed))?;
    Ok(Writer { jobs, commits })
}

fn run(
    database: &Database,
    mut rows: Rows,
    mut messages: mpsc::Receiver<Message>,
    committed: &watch::Sender<()>,
) {
    let mut stop = None;
    while stop.is_none()
        && let Some(message) = messages.blocking_recv()
    {
        if rows.is_closed()
            && let Ok(again) = database.writer()
        {
            rows = again;
        }
        match message {
            Message::Change(job) => {
                stop = serve(&rows, job, &mut messages);
                committed.send_replace(());
            }
            Message::Check(asker) => drop(asker.send(rows.check())),
            Message::Stop(stopped) => stop = Some(stopped),
        }
    }
    // Whoever comes from now on is told that the store is closed.
    drop((rows, messages));
    if let Some(stopped) = stop {
        stopped.send(()).ok();
    }
}

/// Commits a job and those that came meanwhile, then answers them all.
fn serve(
    rows: &Rows,
    first: Box<dyn Job>,
    messages: &mut mpsc::Receiver<Message>,
) -> Option<oneshot::Sender<()>> {
    let mut group = Vec::new();
    let mut next = Some(first);
    let mut stop = None;
    let began = Instant::now();
    let committed = rows.transaction(|| {
        while let Some(mut job) = next.take() {
            let ran = rows.apart(|change| job.run(change));
            group.push(job);
            ran?;
            if group.len() < GROUP {
                match messages.try_recv() {
                    Ok(Message::Change(job)) => next = Some(job),
                    // This very transaction is the answer.
                    Ok(Message::Check(asker)) => drop(asker.send(Ok(()))),
                    Ok(Message::Stop(stopped)) => stop = Some(stopped),
                    Err(_) => {}
                }
            }
        }
        Ok(())
    });
    // Where no transaction can begin, whoever came meanwhile waited as long as the first, and need not wait once more.
    if committed.is_err() && group.is_empty() {
        group.extend(next.take());
        while group.len() < GROUP {
            match messages.try_recv() {
                Ok(Message::Change(job)) => group.push(job),
                Ok(Message::Check(asker)) => drop(asker.send(committed.clone())),
                Ok(Message::Stop(stopped)) => stop = Some(stopped),
                Err(_) => break,
            }
        }
    }
    let outcome = if committed.is_ok() { "ok" } else { "failed" };
    meter::commit(group.len(), outcome, began.elapsed());
    if let Err(error) = &committed {
        tracing::error!(%error, jobs = group.len(), "a commit failed");
    }
    for job in group.into_iter().chain(next) {
        job.answer(committed.clone());
    }
    stop
}
