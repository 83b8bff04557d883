//! The only place with SQL: one file for each table.
//!
//! The SQL is the subset that SQLite and PostgreSQL share. Functions that change something take the connection of a
//! [`Change`], so that what belongs together is written together.

pub mod inquiries;
pub mod ledger;
pub mod links;
pub mod receipts;

use std::{fs, io, path::Path};

use sqlx::{
    Any, AnyPool, Transaction,
    any::{AnyPoolOptions, install_default_drivers},
    migrate::MigrateError,
};

/// A connection inside a change.
pub type Connection = sqlx::AnyConnection;

/// How SQLite keeps every acknowledged commit through a power cut while readers never wait.
const SQLITE_SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full; \
    pragma busy_timeout = 5000; pragma foreign_keys = on";

/// Connections that read at most.
const READERS: u32 = 8;

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    readers: AnyPool,
    /// One connection: SQLite has one writer at a time, and waiting for a turn costs less than asking again and again.
    writer: AnyPool,
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of the file could not be made.
    #[error("the folder of the database cannot be made")]
    Folder(#[from] io::Error),
    /// The database does not answer.
    #[error("the database cannot be opened")]
    Connect(#[from] sqlx::Error),
    /// A migration failed, or the database is of a newer Leftoff.
    #[error("the database cannot be brought to this version")]
    Migrate(#[from] MigrateError),
}

impl Store {
    /// Opens the database, makes it if it does not exist, and brings its tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached, made or migrated.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        install_default_drivers();
        make_folder(url)?;
        let writer = connect(url, 1).await?;
        sqlx::migrate!().run(&writer).await?;
        let readers = connect(url, READERS).await?;
        Ok(Self { readers, writer })
    }

    /// Begins a change: everything written through it is committed together or not at all.
    ///
    /// No network call may happen before its [`Change::commit`].
    ///
    /// # Errors
    /// When the database does not answer, or stays locked for five seconds.
    pub async fn change(&self) -> sqlx::Result<Change> {
        self.writer.begin_with("begin immediate").await.map(Change)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> sqlx::Result<()> {
        sqlx::query("select 1")
            .execute(&self.readers)
            .await
            .map(drop)
    }

    /// Closes the database after the work under way.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    const fn pool(&self) -> &AnyPool {
        &self.readers
    }
}

/// A transaction that writes.
#[derive(Debug)]
pub struct Change(Transaction<'static, Any>);

impl Change {
    /// The connection that the functions of the tables write through.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// Makes the change last.
    ///
    /// # Errors
    /// When the database cannot keep it; then nothing of it was kept.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.0.commit().await
    }
}

async fn connect(url: &str, most: u32) -> sqlx::Result<AnyPool> {
    AnyPoolOptions::new()
        .max_connections(most)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(SQLITE_SETTINGS)
                    .execute(connection)
                    .await
                    .map(drop)
            })
        })
        .connect(&creating(url))
        .await
}

/// SQLite makes its file only when asked to.
fn creating(url: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}mode=rwc")
}

fn make_folder(url: &str) -> io::Result<()> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//");
    let path = path.split('?').next().unwrap_or(path);
    Path::new(path).parent().map_or(Ok(()), fs::create_dir_all)
}
