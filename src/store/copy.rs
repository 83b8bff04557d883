//! Copies of the whole database: taken while others write, and put back while nobody does.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use rusqlite::Connection;

use super::{
    database::Database,
    examine::{NEWEST, schema},
    sqlite::Sqlite,
};

/// Why a copy was not taken or not put back. Then everything is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database is a server, which has tools of its own.
    #[error(
        "the database is PostgreSQL: copy it with pg_dump and put it back with pg_restore, as docs/operating.md says"
    )]
    Server,
    /// There is nothing to copy.
    #[error("there is no database {0}")]
    Missing(PathBuf),
    /// Somebody's file would be lost.
    #[error("{0} is there already")]
    Exists(PathBuf),
    /// The file is something else, or damaged.
    #[error("{0} is no whole database of Leftoff: {1}")]
    Unusable(PathBuf, String),
    /// The file was written by a newer program.
    #[error(
        "{0} has the schema {1}, and this program knows {2}: use the Leftoff that it is from, or a newer one"
    )]
    Newer(PathBuf, i64, i64),
    /// A process has the database open.
    #[error("{0} is in use: stop the server first")]
    InUse(PathBuf),
    /// The file system did not do it.
    #[error("{0} cannot be written")]
    Io(PathBuf, #[source] io::Error),
    /// The database did not do it.
    #[error("the database cannot be copied")]
    Database(#[from] rusqlite::Error),
}

/// Writes the database, as it is at this moment, to a file that is not there yet. Others go on writing meanwhile.
///
/// The file appears when it is whole and on the disk, readable by its owner only.
///
/// # Errors
/// [`CopyError`].
pub fn back_up(url: &str, to: &Path) -> Result<(), CopyError> {
    let from = file(url)?;
    if !from.is_file() {
        return Err(CopyError::Missing(from));
    }
    if to.exists() {
        return Err(CopyError::Exists(to.to_owned()));
    }
    let part = beside(to, ".part");
    let copied = copy_out(&from, &part).and_then(|()| settle(&part, to));
    if copied.is_err() {
        fs::remove_file(&part).ok();
    }
    copied
}

fn copy_out(from: &Path, part: &Path) -> Result<(), CopyError> {
    fs::remove_file(part).ok();
    Sqlite::create(part).map_err(|error| CopyError::Io(part.to_owned(), error))?;
    let sqlite = Sqlite::reader(from).map_err(|error| unusable(from, &error))?;
    let path = part.to_string_lossy();
    // One snapshot, whoever writes meanwhile (<https://sqlite.org/lang_vacuum.html>).
    sqlite.connection().execute("vacuum into $1", [&path])?;
    inspect(part)
}

/// Puts a copy where the database is. What was there is kept beside it under a name that ends in `aside`.
///
/// # Errors
/// [`CopyError`]; [`CopyError::InUse`] while a process has the database open.
pub fn restore(from: &Path, url: &str, aside: &str) -> Result<Option<PathBuf>, CopyError> {
    let to = file(url)?;
    if !from.is_file() {
        return Err(CopyError::Missing(from.to_owned()));
    }
    inspect(from)?;
    let failed = |error| CopyError::Io(to.clone(), error);
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let part = beside(&to, ".part");
    fs::copy(from, &part).map_err(failed)?;
    let kept = move_aside(&to, aside).inspect_err(|_| drop(fs::remove_file(&part)))?;
    settle(&part, &to)?;
    Ok(kept)
}

/// A database that is replaced must leave no journal behind: SQLite would play it into the new one.
fn move_aside(to: &Path, aside: &str) -> Result<Option<PathBuf>, CopyError> {
    let failed = |error| CopyError::Io(to.to_owned(), error);
    if !to.exists() {
        for journal in ["-wal", "-shm"] {
            fs::remove_file(beside(to, journal)).ok();
        }
        return Ok(None);
    }
    close_journal(to)?;
    let kept = beside(to, aside);
    for journal in ["-wal", "-shm"] {
        let journal_file = beside(to, journal);
        if journal_file.exists() {
            fs::rename(&journal_file, beside(&kept, journal)).map_err(failed)?;
        }
    }
    fs::rename(to, &kept).map_err(failed)?;
    Ok(Some(kept))
}

/// Leaving WAL needs the database for oneself, so it tells whether somebody has it open
/// (<https://sqlite.org/pragma.html#pragma_journal_mode>). A file that is no database has no journal.
fn close_journal(to: &Path) -> Result<(), CopyError> {
    let connection = Connection::open(to)?;
    connection.execute_batch("pragma busy_timeout = 200")?;
    let mode = connection.query_row("pragma journal_mode = delete", [], |row| {
        row.get::<_, String>(0)
    });
    match mode {
        Err(rusqlite::Error::SqliteFailure(error, _))
            if matches!(
                error.code,
                rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked
            ) =>
        {
            Err(CopyError::InUse(to.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Refuses what is damaged, is no database of ours, or is from the future.
fn inspect(path: &Path) -> Result<(), CopyError> {
    let sqlite = Sqlite::reader(path).map_err(|error| unusable(path, &error))?;
    let connection = sqlite.connection();
    let whole: String = connection
        .query_row("pragma quick_check(1)", [], |row| row.get(0))
        .map_err(|error| unusable(path, &error))?;
    if whole != "ok" {
        return Err(CopyError::Unusable(path.to_owned(), whole));
    }
    let schema = schema(connection).map_err(|error| unusable(path, &error))?;
    match schema {
        0 => Err(unusable(path, &"it has none of Leftoff's tables")),
        _ if schema > *NEWEST => Err(CopyError::Newer(path.to_owned(), schema, *NEWEST)),
        _ => Ok(()),
    }
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> CopyError {
    CopyError::Unusable(path.to_owned(), error.to_string())
}

/// Gives a file its name when all of it is on the disk.
fn settle(part: &Path, to: &Path) -> Result<(), CopyError> {
    let settled = || {
        File::open(part)?.sync_all()?;
        fs::rename(part, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
    };
    settled().map_err(|error: io::Error| CopyError::Io(to.to_owned(), error))
}

/// The file that an address names.
fn file(url: &str) -> Result<PathBuf, CopyError> {
    match Database::parse(url) {
        Ok(Database::Sqlite(file)) => Ok(file),
        _ => Err(CopyError::Server),
    }
}

/// The same path with something behind it.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
