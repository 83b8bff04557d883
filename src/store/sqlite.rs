//! The database as one file: SQLite.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt as _, path::Path};

use rusqlite::{
    Connection, OpenFlags, OptionalExtension as _, Params, ToSql, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};

use super::{
    error::Result,
    row::Row,
    value::{Bound, Param},
};

/// How every acknowledged commit outlives a power cut while readers never wait. The log is carried over into the file
/// every 16 MB: a page that was written often meanwhile is carried over once.
const WRITER_SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full; \
    pragma wal_autocheckpoint = 4000; pragma cache_size = -16000; \
    pragma busy_timeout = 5000; pragma foreign_keys = on; pragma temp_store = memory";
const READER_SETTINGS: &str = "pragma busy_timeout = 5000; pragma temp_store = memory";

/// Statements that a connection keeps prepared.
const PREPARED: usize = 256;

/// A connection to a file.
#[derive(Debug)]
pub(super) struct Sqlite(Connection);

impl Sqlite {
    /// The connection that writes; makes the file if there is none.
    ///
    /// # Errors
    /// When the file is no database, or cannot be opened.
    pub(super) fn writer(file: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        open(file, flags, WRITER_SETTINGS)
    }

    /// One more connection that reads.
    ///
    /// # Errors
    /// When there is no such file, or it is no database.
    pub(super) fn reader(file: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        open(file, flags, READER_SETTINGS)
    }

    /// Makes an empty file for its owner alone; SQLite gives the files that it puts beside it the same rights.
    ///
    /// # Errors
    /// When there is one already, or the disk takes none.
    pub(super) fn create(file: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options.open(file).map(drop)
    }

    /// The connection itself, for what only SQLite can do.
    pub(super) const fn connection(&self) -> &Connection {
        &self.0
    }

    /// The same, for migrations.
    pub(super) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// What every row of a query becomes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) fn each<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(bound(params))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(&Row::Sqlite(row))?);
        }
        Ok(found)
    }

    /// What the first row of a query becomes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) fn first<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let first = statement.query_row(bound(params), |row| Ok(read(&Row::Sqlite(row))));
        first.optional()?.transpose()
    }

    /// Runs a statement; gives the number of rows that it touched.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn execute(&self, sql: &str, params: &[Param<'_>]) -> Result<usize> {
        Ok(self.0.prepare_cached(sql)?.execute(bound(params))?)
    }

    /// Runs a statement without values.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn tell(&self, sql: &str) -> Result<()> {
        self.0.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Whether the file can only be read.
    ///
    /// # Errors
    /// When the database does not say.
    pub(super) fn is_read_only(&self) -> Result<bool> {
        Ok(self.0.is_readonly(rusqlite::MAIN_DB)?)
    }

    /// Ends a transaction that failed, unless SQLite did already.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub(super) fn roll_back(&self) -> Result<()> {
        if self.0.is_autocommit() {
            return Ok(());
        }
        self.tell("rollback")
    }
}

fn open(file: &Path, flags: OpenFlags, settings: &str) -> rusqlite::Result<Sqlite> {
    let connection = Connection::open_with_flags(file, flags)?;
    connection.execute_batch(settings)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(Sqlite(connection))
}

/// Values as SQLite takes them.
fn bound(params: &[Param<'_>]) -> impl Params {
    params_from_iter(params.iter().map(|param| param.bound()))
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Self::Integer(Some(number)) => ValueRef::Integer(number),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Integer(None) | Self::Text(None) => ValueRef::Null,
        }))
    }
}
