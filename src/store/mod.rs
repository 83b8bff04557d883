//! The only place with SQL: one file for each table.
//!
//! What is read is read by the functions of [`Store`]. What is written is written by a closure that gets a [`Change`],
//! so that what belongs together is written together. The closure is not async: no call to anybody fits into it.

pub mod api_keys;
pub mod audit;
pub mod bulk;
pub mod bulk_rows;
pub mod channel;
pub mod copy;
pub mod deliveries;
pub mod endpoints;
mod error;
pub mod events;
pub mod examine;
pub mod funnel;
pub mod idempotency;
pub mod imports;
pub mod inquiries;
pub mod ledger;
pub mod links;
pub mod messages;
pub mod milestones;
pub mod policies;
pub mod policy_acts;
pub mod policy_marks;
pub mod queue;
mod readers;
pub mod receipts;
pub mod recoveries;
mod sql;
pub mod staff;
pub mod sweeps;
pub mod templates;
pub mod views;
mod writer;

use std::{fs, path::PathBuf, sync::Arc};

use tokio::{
    sync::{oneshot, watch},
    task::coop::consume_budget,
};

pub use error::{Error, OpenError, Result};
pub use sql::{Change, Rows};

use readers::Readers;
use sql::{Param, Record, columns};
use writer::Writer;

/// The tables, brought up to date when the store is opened.
mod migrations {
    refinery::embed_migrations!("migrations");
}

/// The database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Arc<Readers>,
    writer: Writer,
}

impl Store {
    /// Opens the database, makes it if it does not exist, and brings its tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached, made or migrated, or belongs to a newer Leftoff.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let file = file(url);
        let opened = tokio::task::spawn_blocking(move || {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            let mut connection = sql::open_writer(&file)?;
            migrations::migrations::runner().run(&mut connection)?;
            connection.execute_batch(audit::GUARDS)?;
            let readers = Arc::new(Readers::new(file));
            let writer = writer::start(connection)?;
            Ok(Self { readers, writer })
        });
        opened.await.map_err(|_| OpenError::Interrupted)?
    }

    /// Runs a job in a transaction: everything that it writes is kept together, or nothing of it.
    ///
    /// Jobs that come at the same time share one commit, each still apart from the others: one that fails takes
    /// nothing of its neighbours along. The answer comes when the commit is on the disk.
    ///
    /// # Errors
    /// The job's own error, or that of the commit.
    pub async fn change<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Change<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (pending, answer) = writer::pending(job);
        self.writer.send(pending).await?;
        answer.await.map_err(|_| Error::Interrupted)?
    }

    /// Reads a few rows by their keys.
    ///
    /// It runs where it is called: such a read takes some microseconds, less than handing it to another thread.
    ///
    /// # Errors
    /// When the database does not answer.
    async fn look_up<T>(&self, job: impl FnOnce(&Rows) -> Result<T> + Send) -> Result<T> {
        consume_budget().await;
        self.readers.with(job)
    }

    /// Reads as much as it takes, away from the threads that answer requests.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn scan<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Rows) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.readers.turn().await?;
        let readers = Arc::clone(&self.readers);
        let scanned = tokio::task::spawn_blocking(move || {
            let result = readers.with(job);
            drop(turn);
            result
        });
        scanned.await.map_err(|_| Error::Interrupted)?
    }

    /// Tells of each commit of this process from now on.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<()> {
        self.writer.commits()
    }

    /// Opens a database that is there, to read only: nothing of it is made or brought up to date.
    ///
    /// # Errors
    /// When there is no such database.
    pub fn open_to_read(url: &str) -> Result<Self> {
        let readers = Arc::new(Readers::new(file(url)));
        readers.with(|rows| rows.one_value::<i64>("select count(*) from sqlite_master", &[]))?;
        let writer = Writer::closed();
        Ok(Self { readers, writer })
    }

    /// Whether the database takes changes, without making one.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_writable(&self) -> Result<()> {
        self.writer.check().await
    }

    /// How many changes wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.writer.waiting()
    }

    /// Closes the database after the work under way.
    pub async fn close(&self) {
        let (closed, when_closed) = oneshot::channel();
        self.readers.close();
        if self.writer.stop(closed).await.is_ok() {
            when_closed.await.ok();
        }
    }
}

/// `sqlite:path` and `sqlite://path` name a file.
fn file(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    PathBuf::from(path.strip_prefix("//").unwrap_or(path))
}
