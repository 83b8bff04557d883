//! Speaking SQL: connections that read, transactions that write, and records that are rows of a table.
//!
//! The SQL is the subset that SQLite and PostgreSQL share: `on conflict`, `returning`, and either `$1` or `?`.

use std::ops::Deref;

use super::{
    error::{Error, Result},
    postgres::Postgres,
    row::Row,
    sqlite::Sqlite,
    value::{Field, Param},
};

/// A row of a table: its fields are the columns of the same names.
pub(super) trait Record: Sized {
    /// The columns, with commas between.
    const COLUMNS: &'static str;
    /// As many placeholders.
    const PLACES: &'static str;
    /// `column = excluded.column` for each of them.
    const UPDATES: &'static str;
    /// From the columns in that order.
    ///
    /// # Errors
    /// When a value is of another kind than its field.
    fn read(row: &Row<'_>) -> Result<Self>;
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

            fn read(row: &$crate::store::row::Row<'_>) -> $crate::store::Result<Self> {
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

#[derive(Debug)]
enum Connection {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Rows {
    /// The first row of a query.
    pub(super) fn one<T: Record>(&self, sql: &str, params: &[Param<'_>]) -> Result<Option<T>> {
        self.first(sql, params, T::read)
    }

    /// Every row of a query.
    pub(super) fn all<T: Record>(&self, sql: &str, params: &[Param<'_>]) -> Result<Vec<T>> {
        self.each(sql, params, T::read)
    }

    /// The first column of the first row of a query.
    pub(super) fn one_value<T: Field>(&self, sql: &str, params: &[Param<'_>]) -> Result<Option<T>> {
        self.first(sql, params, |row| row.get(0))
    }

    /// The first column of every row of a query.
    pub(super) fn all_values<T: Field>(&self, sql: &str, params: &[Param<'_>]) -> Result<Vec<T>> {
        self.each(sql, params, |row| row.get(0))
    }

    /// The row of a table whose column has this value.
    pub(super) fn by<T: Record>(
        &self,
        table: &'static str,
        column: &'static str,
        value: Param<'_>,
    ) -> Result<Option<T>> {
        self.one(&by::<T>(table, column), &[value])
    }

    /// What every row of a query becomes; they are read one after the other, and no more of them is held.
    pub(super) fn each<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.each(sql, params, read),
            Connection::Postgres(postgres) => postgres.each(sql, params, read),
        }
    }

    fn first<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.first(sql, params, read),
            Connection::Postgres(postgres) => postgres.first(sql, params, read),
        }
    }

    /// The columns of a table, in order.
    pub(super) fn columns(&self, table: &str) -> Result<Vec<Column>> {
        let sql = match &self.0 {
            Connection::Sqlite(_) => "select name, type from pragma_table_info($1) order by cid",
            Connection::Postgres(_) => {
                "select column_name::text, data_type::text from information_schema.columns
                 where table_schema = current_schema() and table_name = $1 order by ordinal_position"
            }
        };
        self.each(sql, &[&table], |row| {
            let kind: String = row.get(1)?;
            Ok(Column {
                name: row.get(0)?,
                is_text: kind.eq_ignore_ascii_case("text"),
            })
        })
    }

    /// Lets each query take as long as its reader needs: a server's patience counts that time too.
    pub(super) fn take_time(&self) -> Result<()> {
        match &self.0 {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(postgres) => postgres.tell("set statement_timeout = 0"),
        }
    }

    fn execute(&self, sql: &str, params: &[Param<'_>]) -> Result<usize> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.execute(sql, params),
            Connection::Postgres(postgres) => postgres.execute(sql, params),
        }
    }

    /// Runs the work of a group and commits it.
    pub(super) fn transaction(&self, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.begin()?;
        let committed = work().and_then(|()| self.commit());
        if committed.is_err() {
            match &self.0 {
                Connection::Sqlite(sqlite) => sqlite.roll_back()?,
                // One that is gone was rolled back by the database.
                Connection::Postgres(postgres) if postgres.is_closed() => {}
                Connection::Postgres(postgres) => postgres.tell("rollback")?,
            }
        }
        committed
    }

    /// Whether a transaction that writes can begin. Of a file that can only be read SQLite begins one that reads, and says
    /// nothing; PostgreSQL refuses.
    pub(super) fn check(&self) -> Result<()> {
        self.begin()?;
        let is_read_only = match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.is_read_only(),
            Connection::Postgres(_) => Ok(false),
        };
        self.tell("rollback")?;
        if is_read_only? {
            return Err(Error::ReadOnly);
        }
        Ok(())
    }

    /// Runs one job so that it can be taken back alone.
    ///
    /// After a full disk SQLite may have ended the whole transaction; then there is no savepoint to release, and the
    /// group fails before another job writes outside of any.
    pub(super) fn apart(&self, job: impl FnOnce(&Change<'_>) -> bool) -> Result<()> {
        self.tell("savepoint job")?;
        if !job(&Change::new(self)) {
            self.tell("rollback to job")?;
        }
        self.tell("release job")
    }

    /// Whether the database hung up.
    pub(super) fn is_closed(&self) -> bool {
        match &self.0 {
            Connection::Sqlite(_) => false,
            Connection::Postgres(postgres) => postgres.is_closed(),
        }
    }

    /// Whether the database is still there.
    pub(super) fn answers(&self) -> bool {
        match &self.0 {
            Connection::Sqlite(_) => true,
            Connection::Postgres(postgres) => postgres.answers(),
        }
    }

    /// Begins a transaction that writes, when no other does.
    fn begin(&self) -> Result<()> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.tell("begin immediate"),
            Connection::Postgres(postgres) => postgres.begin(),
        }
    }

    /// Commits; where others share the database, they are told.
    fn commit(&self) -> Result<()> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.tell("commit"),
            Connection::Postgres(postgres) => postgres.commit(),
        }
    }

    fn tell(&self, sql: &str) -> Result<()> {
        match &self.0 {
            Connection::Sqlite(sqlite) => sqlite.tell(sql),
            Connection::Postgres(postgres) => postgres.tell(sql),
        }
    }
}

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// Whether it is of type TEXT, not BIGINT.
    pub(super) is_text: bool,
}

/// The query for the row of a table whose column has a value.
pub(super) fn by<T: Record>(table: &'static str, column: &'static str) -> String {
    format!("select {} from {table} where {column} = $1", T::COLUMNS)
}

impl From<Sqlite> for Rows {
    fn from(sqlite: Sqlite) -> Self {
        Self(Connection::Sqlite(sqlite))
    }
}

impl From<Postgres> for Rows {
    fn from(postgres: Postgres) -> Self {
        Self(Connection::Postgres(Box::new(postgres)))
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
        self.0.execute(sql, params)
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
            .filter(|(_, (was, is))| was.bound() != is.bound())
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
