//! Why the database did not do what it was asked for.

use std::{io, sync::Arc};

use rusqlite::ErrorCode;

/// What the functions of the store give back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a read or a change failed; then nothing of the change was kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database's own error; every change of a group gets the one that its commit failed with.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A value of a row is not of the kind that its field is.
    #[error("the database holds a value of another kind than expected")]
    Unexpected,
    /// The file, or the disk that it is on, takes no changes.
    #[error("the database can only be read")]
    ReadOnly,
    /// A job panicked, or the process is about to end.
    #[error("the work in the database was interrupted")]
    Interrupted,
    /// The store was closed.
    #[error("the database is closed")]
    Closed,
}

/// The error of a database, in its own words.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Of SQLite.
    #[error(transparent)]
    Sqlite(Arc<rusqlite::Error>),
    /// Of PostgreSQL: what the server said, without the values that it may have added.
    #[error("{0}")]
    Postgres(String, #[source] Arc<postgres::Error>),
}

impl DatabaseError {
    /// Whether it is the database that fails, rather than what it was asked for.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Sqlite(error) => !matches!(
                error.sqlite_error_code(),
                None | Some(
                    ErrorCode::ConstraintViolation
                        | ErrorCode::TypeMismatch
                        | ErrorCode::TooBig
                        | ErrorCode::Unknown
                )
            ),
            // Classes 22, 23 and 42: of values, of constraints, and of statements.
            // <https://www.postgresql.org/docs/current/errcodes-appendix.html>
            Self::Postgres(_, error) => error.code().is_none_or(|state| {
                !["22", "23", "42"]
                    .iter()
                    .any(|class| state.code().starts_with(class))
            }),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(DatabaseError::Sqlite(Arc::new(error)))
    }
}

impl From<postgres::Error> for DatabaseError {
    fn from(error: postgres::Error) -> Self {
        let said = error.as_db_error().map_or_else(
            || error.to_string(),
            |said| format!("{} ({})", said.message(), said.code().code()),
        );
        Self::Postgres(said, Arc::new(error))
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of the file, or the thread that writes, could not be made.
    #[error("the folder of the database cannot be made")]
    Folder(#[from] io::Error),
    /// The database does not answer.
    #[error("the database cannot be opened")]
    Connect(#[source] DatabaseError),
    /// The setting names no database.
    #[error("the address of the database is not one of SQLite or PostgreSQL")]
    Address,
    /// A migration failed, or the database is of a newer Leftoff.
    #[error("the database cannot be brought to this version")]
    Migrate(#[from] refinery::Error),
    /// Opening panicked.
    #[error("the database was not opened")]
    Interrupted,
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Connect(DatabaseError::Sqlite(Arc::new(error)))
    }
}

impl From<postgres::Error> for OpenError {
    fn from(error: postgres::Error) -> Self {
        Self::Connect(error.into())
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(error) => Self::Connect(error),
            _ => Self::Interrupted,
        }
    }
}
