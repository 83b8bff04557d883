//! Speaking SQL: connections that read, transactions that write, and records that are rows of a table.
//!
//! The SQL is the subset that SQLite and PostgreSQL share: `$1`, `on conflict`, `returning`.

use std::{ops::Deref, path::Path};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, ToSql, types::FromSql};

use super::error::Result;

/// How every acknowledged commit outlives a power cut while readers never wait. The log is carried over into the file
/// every 16 MB: a page that was written often meanwhile is carried over once.
const WRITER_SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full; \
    pragma wal_autocheckpoint = 4000; pragma cache_size = -16000; \
    pragma busy_timeout = 5000; pragma foreign_keys = on; pragma temp_store = memory";
const READER_SETTINGS: &str = "pragma busy_timeout = 5000; pragma temp_store = memory";

/// Statements that a connection keeps prepared.
const PREPARED: usize = 256;

/// A value that a statement is given.
pub(super) type Param<'a> = &'a dyn ToSql;

/// A row of a table: its fields are the columns of the same names.
pub(super) trait Record: Sized {
    /// The columns, with commas between.
    const COLUMNS: &'static str;
    /// As many placeholders.
    const PLACES: &'static str;
    /// `column = excluded.column` for each of them.
    const UPDATES: &'static str;
    /// From the columns in that order.
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;
    /// To the placeholders in that order.
    fn values(&self) -> Vec<Param<'_>>;
}

/// Makes a struct a [`Record`]: `columns!(Row: id, status)`. The fields stand in the order of the struct.
macro_rules! columns {
    ($record:ident: $first:ident $(, $rest:ident)* $(,)?) => {
        impl $crate::store::Record for $record {
            const COLUMNS: &'static str =
                concat!(stringify!($first) $(, ", ", stringify!($rest))*);
            const PLACES: &'static str = concat!("?" $(, $crate::store::sql::place!($rest))*);

            const UPDATES: &'static str = concat!(
                stringify!($first), " = excluded.", stringify!($first)
                $(, ", ", stringify!($rest), " = excluded.", stringify!($rest))*
            );

            fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut at = 0..;
                let mut next = || at.next().unwrap_or_default();
                Ok(Self { $first: row.get(next())?, $($rest: row.get(next())?),* })
            }

            fn values(&self) -> Vec<$crate::store::Param<'_>> {
                vec![&self.$first $(, &self.$rest)*]
            }
        }
    };
}
macro_rules! place {
    ($column:ident) => {
        ", ?"
    };
}
pub(super) use {columns, place};

/// A connection that reads.
#[derive(Debug)]
pub struct Rows(Connection);

impl Rows {
    /// The first row of a query.
    pub(super) fn one<T: Record>(&self, sql: &str, params: &[Param<'_>]) -> Result<Option<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(params, T::read).optional()?)
    }

    /// Every row of a query.
    pub(super) fn all<T: Record>(&self, sql: &str, params: &[Param<'_>]) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params, T::read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first column of the first row of a query.
    pub(super) fn one_value<T: FromSql>(
        &self,
        sql: &str,
        params: &[Param<'_>],
    ) -> Result<Option<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(statement.query_row(params, |row| row.get(0)).optional()?)
    }

    /// The first column of every row of a query.
    pub(super) fn all_values<T: FromSql>(&self, sql: &str, params: &[Param<'_>]) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let values = statement.query_map(params, |row| row.get(0))?;
        Ok(values.collect::<Result<_, _>>()?)
    }

    /// The row of a table whose column has this value.
    pub(super) fn by<T: Record>(
        &self,
        table: &'static str,
        column: &'static str,
        value: Param<'_>,
    ) -> Result<Option<T>> {
        let sql = format!("select {} from {table} where {column} = $1", T::COLUMNS);
        self.one(&sql, &[value])
    }

    /// The connection itself, for those who begin and end transactions.
    pub(super) const fn connection(&self) -> &Connection {
        &self.0
    }
}

/// A transaction that writes; what it wrote already, it reads.
#[derive(Debug)]
pub struct Change<'a>(&'a Rows);

impl<'a> Change<'a> {
    /// A change by a connection that has a transaction open.
    pub(super) const fn new(rows: &'a Rows) -> Self {
        Self(rows)
    }

    /// Runs a statement; gives the number of rows that it touched.
    pub(super) fn execute(&self, sql: &str, params: &[Param<'_>]) -> Result<usize> {
        Ok(self.0.0.prepare_cached(sql)?.execute(params)?)
    }

    /// Adds a row to a table; `on_conflict` may say what happens to one that is there already.
    pub(super) fn insert<T: Record>(
        &self,
        table: &'static str,
        row: &T,
        on_conflict: &'static str,
    ) -> Result<usize> {
        let (columns, places) = (T::COLUMNS, T::PLACES);
        let sql = format!("insert into {table} ({columns}) values ({places}) {on_conflict}");
        self.execute(&sql, &row.values())
    }

    /// Writes what is new about a row: the indexes of columns that stay as they are need no write.
    pub(super) fn revise<T: Record>(
        &self,
        table: &'static str,
        key: &'static str,
        (before, after): (&T, &T),
    ) -> Result<()> {
        let columns = || T::COLUMNS.split(", ");
        let (was, is) = (before.values(), after.values());
        let changed: Vec<_> = columns()
            .zip(was.into_iter().zip(is.iter().copied()))
            .filter(|(_, (was, is))| was.to_sql().ok() != is.to_sql().ok())
            .map(|(column, (_, is))| (column, is))
            .collect();
        let Some(at) = columns()
            .position(|column| column == key)
            .filter(|_| !changed.is_empty())
        else {
            return Ok(());
        };
        let sets: Vec<_> = changed
            .iter()
            .map(|(column, _)| format!("{column} = ?"))
            .collect();
        let sql = format!("update {table} set {} where {key} = ?", sets.join(", "));
        let params = changed.iter().map(|(_, is)| *is).chain([is[at]]);
        self.execute(&sql, &params.collect::<Vec<_>>()).map(drop)
    }

    /// Adds a row to a table, or writes over the one with the same key.
    pub(super) fn upsert<T: Record>(
        &self,
        table: &'static str,
        key: &'static str,
        row: &T,
    ) -> Result<()> {
        let (columns, places, updates) = (T::COLUMNS, T::PLACES, T::UPDATES);
        let sql = format!(
            "insert into {table} ({columns}) values ({places})
             on conflict ({key}) do update set {updates}"
        );
        self.execute(&sql, &row.values()).map(drop)
    }
}

impl Deref for Change<'_> {
    type Target = Rows;

    fn deref(&self) -> &Rows {
        self.0
    }
}

/// The connection that writes; makes the file if there is none.
pub(super) fn open_writer(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    open(file, flags, WRITER_SETTINGS)
}

/// One more connection that reads.
pub(super) fn open_reader(file: &Path) -> Result<Rows> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Rows(open(file, flags, READER_SETTINGS)?))
}

fn open(file: &Path, flags: OpenFlags, settings: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, flags)?;
    connection.execute_batch(settings)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

impl From<Connection> for Rows {
    fn from(connection: Connection) -> Self {
        Self(connection)
    }
}
