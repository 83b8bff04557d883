//! Rows that a database gave.

use postgres::types::Type;
use rusqlite::types::ValueRef;

use super::{
    error::{Error, Result},
    value::{Cell, Field},
};

/// A row that a database gave.
pub(super) enum Row<'a> {
    /// Of SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// Of PostgreSQL.
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The value of a column.
    ///
    /// # Errors
    /// When it is of another kind.
    pub(super) fn get<T: Field>(&self, column: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => T::read(sqlite_cell(row, column)?),
            Self::Postgres(row) => T::read(postgres_cell(row, column)?),
        }
    }
}

fn sqlite_cell<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> Result<Cell<'a>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(number) => Ok(Cell::Integer(number)),
        ValueRef::Text(text) => str::from_utf8(text)
            .map(Cell::Text)
            .map_err(|_| Error::Unexpected),
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Error::Unexpected),
    }
}

fn postgres_cell(row: &postgres::Row, column: usize) -> Result<Cell<'_>> {
    let integer = |number: Option<i64>| number.map_or(Cell::Null, Cell::Integer);
    let text = |text: Option<_>| text.map_or(Cell::Null, Cell::Text);
    match *row.columns().get(column).ok_or(Error::Unexpected)?.type_() {
        Type::INT8 => Ok(integer(row.try_get(column)?)),
        Type::INT4 => Ok(integer(
            row.try_get::<_, Option<i32>>(column)?.map(i64::from),
        )),
        Type::TEXT => Ok(text(row.try_get(column)?)),
        _ => Err(Error::Unexpected),
    }
}
