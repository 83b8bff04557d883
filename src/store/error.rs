//! Why the database did not do what it was asked for.

use std::{io, sync::Arc};

/// What the functions of the store give back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a read or a change failed; then nothing of the change was kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database's own error; every change of a group gets the one that its commit failed with.
    #[error(transparent)]
    Database(#[from] Arc<rusqlite::Error>),
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

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Arc::new(error))
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
    Connect(#[from] rusqlite::Error),
    /// A migration failed, or the database is of a newer Leftoff.
    #[error("the database cannot be brought to this version")]
    Migrate(#[from] refinery::Error),
    /// Opening panicked.
    #[error("the database was not opened")]
    Interrupted,
}
