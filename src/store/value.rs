//! Values on their way into a statement and out of a row: whole numbers and texts, in every database alike.

use super::error::{Error, Result};

/// A value on its way into a statement. Nothing keeps its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound<'a> {
    /// A column of type BIGINT.
    Integer(Option<i64>),
    /// A column of type TEXT.
    Text(Option<&'a str>),
}

/// What a statement can be given.
pub(super) trait Bind: Sync {
    /// It, for the database.
    fn bound(&self) -> Bound<'_>;
}

/// A value that a statement is given.
pub(super) type Param<'a> = &'a dyn Bind;

/// A value that a statement is given later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// For a column of type BIGINT.
    Integer(Option<i64>),
    /// For a column of type TEXT.
    Text(Option<String>),
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Nothing.
    Null,
    /// Of a column of type BIGINT, or a count.
    Integer(i64),
    /// Of a column of type TEXT.
    Text(&'a str),
}

/// What the value of a row can become.
pub(super) trait Field: Sized {
    /// From the value.
    ///
    /// # Errors
    /// When the value is of another kind.
    fn read(cell: Cell<'_>) -> Result<Self>;
}

impl Bind for i64 {
    fn bound(&self) -> Bound<'_> {
        Bound::Integer(Some(*self))
    }
}

impl Bind for String {
    fn bound(&self) -> Bound<'_> {
        Bound::Text(Some(self))
    }
}

impl Bind for &str {
    fn bound(&self) -> Bound<'_> {
        Bound::Text(Some(self))
    }
}

impl Bind for Option<i64> {
    fn bound(&self) -> Bound<'_> {
        Bound::Integer(*self)
    }
}

impl Bind for Option<String> {
    fn bound(&self) -> Bound<'_> {
        Bound::Text(self.as_deref())
    }
}

impl Bind for Option<&str> {
    fn bound(&self) -> Bound<'_> {
        Bound::Text(*self)
    }
}

impl Bind for Value {
    fn bound(&self) -> Bound<'_> {
        match self {
            Self::Integer(number) => Bound::Integer(*number),
            Self::Text(text) => Bound::Text(text.as_deref()),
        }
    }
}

impl From<Bound<'_>> for Value {
    fn from(bound: Bound<'_>) -> Self {
        match bound {
            Bound::Integer(number) => Self::Integer(number),
            Bound::Text(text) => Self::Text(text.map(str::to_owned)),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl Field for i64 {
    fn read(cell: Cell<'_>) -> Result<Self> {
        match cell {
            Cell::Integer(number) => Ok(number),
            _ => Err(Error::Unexpected),
        }
    }
}

impl Field for String {
    fn read(cell: Cell<'_>) -> Result<Self> {
        match cell {
            Cell::Text(text) => Ok(text.to_owned()),
            _ => Err(Error::Unexpected),
        }
    }
}

impl<T: Field> Field for Option<T> {
    fn read(cell: Cell<'_>) -> Result<Self> {
        match cell {
            Cell::Null => Ok(None),
            cell => T::read(cell).map(Some),
        }
    }
}
