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
mod database;
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
mod news;
pub mod policies;
pub mod policy_acts;
pub mod policy_marks;
mod postgres;
pub mod queue;
mod readers;
pub mod receipts;
pub mod recoveries;
mod row;
pub mod shifts;
mod sql;
mod sqlite;
pub mod staff;
pub mod sweeps;
pub mod templates;
pub mod transfer;
pub mod tries;
mod value;
pub mod views;
mod writer;

use std::sync::Arc;

use tokio::{
    sync::{oneshot, watch},
    task::coop::consume_budget,
};

pub use error::{Error, OpenError, Result};
pub use sql::{Change, Rows};

use database::Database;
use readers::Readers;
use sql::{Record, columns};
use value::{Field, Param, Value};
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
    /// The name of this process among those that share the database, if any can.
    node: Option<Arc<str>>,
    news: watch::Receiver<()>,
}

impl Store {
    /// Opens the database, makes it if it does not exist, and brings its tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached, made or migrated, or belongs to a newer Leftoff.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let database = Database::parse(url)?;
        let opened = tokio::task::spawn_blocking(move || {
            database.migrate()?;
            let node = database.node();
            let (commits, (told, news)) = (watch::channel(()), watch::channel(()));
            news::follow(&database, [commits.0.clone(), told])?;
            let readers = Arc::new(Readers::new(database.clone()));
            let writer = writer::start(database, commits)?;
            Ok(Self {
                readers,
                writer,
                node,
                news,
            })
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
    /// From a file it runs where it is called: such a read takes some microseconds, less than handing it to another
    /// thread.
    ///
    /// # Errors
    /// When the database does not answer.
    async fn look_up<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Rows) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        if !self.readers.are_near() {
            return self.scan(job).await;
        }
        consume_budget().await;
        self.readers.with(job)
    }

    /// The first row of a query that an index answers.
    async fn one<T: Record + Send + 'static>(
        &self,
        sql: &str,
        params: &[Param<'_>],
    ) -> Result<Option<T>> {
        self.ask(sql, params, Rows::one).await
    }

    /// Every row of a query that an index answers.
    async fn all<T: Record + Send + 'static>(
        &self,
        sql: &str,
        params: &[Param<'_>],
    ) -> Result<Vec<T>> {
        self.ask(sql, params, Rows::all).await
    }

    /// The first column of the first row of a query that an index answers.
    async fn one_value<T: Field + Send + 'static>(
        &self,
        sql: &str,
        params: &[Param<'_>],
    ) -> Result<Option<T>> {
        self.ask(sql, params, Rows::one_value).await
    }

    /// [`Store::look_up`] without a copy of what is asked, where none is needed.
    async fn ask<T: Send + 'static>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        read: fn(&Rows, &str, &[Param<'_>]) -> Result<T>,
    ) -> Result<T> {
        if self.readers.are_near() {
            consume_budget().await;
            return self.readers.with(|rows| read(rows, sql, params));
        }
        let (sql, values) = owned(sql, params);
        self.scan(move |rows| read(rows, &sql, &borrowed(&values)))
            .await
    }

    /// The row of a table whose column has this value.
    async fn by<T: Record + Send + 'static>(
        &self,
        table: &'static str,
        column: &'static str,
        value: Param<'_>,
    ) -> Result<Option<T>> {
        self.one(&sql::by::<T>(table, column), &[value]).await
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

    /// Tells of each commit from now on, whichever process made it.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<()> {
        self.writer.commits()
    }

    /// Tells of commits of other processes from now on.
    #[must_use]
    pub fn news(&self) -> watch::Receiver<()> {
        let mut news = self.news.clone();
        news.mark_unchanged();
        news
    }

    /// Opens a database that is there, to read only: nothing of it is made or brought up to date.
    ///
    /// # Errors
    /// When there is no such database.
    pub fn open_to_read(url: &str) -> Result<Self, OpenError> {
        let readers = Arc::new(Readers::new(Database::parse(url)?));
        readers.with(|rows| rows.one_value::<i64>("select count(*) from audit_head", &[]))?;
        let writer = Writer::closed();
        let (_, news) = watch::channel(());
        Ok(Self {
            readers,
            writer,
            node: None,
            news,
        })
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

/// A query and its values, to be taken to another thread.
fn owned(sql: &str, params: &[Param<'_>]) -> (String, Vec<Value>) {
    let values = params.iter().map(|param| param.bound().into());
    (sql.to_owned(), values.collect())
}

fn borrowed(values: &[Value]) -> Vec<Param<'_>> {
    values.iter().map(|value| value as Param<'_>).collect()
}
