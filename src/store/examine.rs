//! The state of the database as a file: for whoever looks at what is wrong with it. Nothing is made or changed.

use std::{path::PathBuf, sync::LazyLock};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::{
    database::Database,
    error::DatabaseError,
    migrations::migrations,
    postgres::{Address, client},
};

/// The schema that this program brings a database to.
pub(super) static NEWEST: LazyLock<i64> = LazyLock::new(|| {
    let runner = migrations::runner();
    let versions = runner.get_migrations().iter();
    versions
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or_default()
});

/// What was found of the database.
#[derive(Debug)]
pub struct Examined {
    /// The schema that this program knows.
    pub newest: i64,
    /// What was found where it should be.
    pub place: Place,
}

/// Where the database should be, and what was found there.
#[derive(Debug)]
pub enum Place {
    /// A file.
    File {
        /// Its path.
        file: PathBuf,
        /// What is known of it; none when there is no file.
        state: Option<Result<FileState, String>>,
        /// What is left on the disk for its owner, in bytes.
        free_bytes: Option<u64>,
    },
    /// A server.
    Server(Result<ServerState, String>),
    /// Neither: the address cannot be read.
    Nowhere,
}

/// What was found of a server.
#[derive(Debug)]
pub struct ServerState {
    /// Its version, as it calls it.
    pub version: String,
    /// The same as a number: 150018 for 15.18.
    pub version_number: i64,
    /// The schema that it has; 0 for none.
    pub schema: i64,
    /// Why nothing can be written to it.
    pub write_error: Option<String>,
    /// How large the database is, in bytes.
    pub bytes: i64,
}

impl Examined {
    /// The schema that the database has; 0 when there is none.
    #[must_use]
    pub fn schema(&self) -> i64 {
        match &self.place {
            Place::File {
                state: Some(Ok(state)),
                ..
            } => state.schema,
            Place::Server(Ok(state)) => state.schema,
            _ => 0,
        }
    }
}

/// What was found of a file that is a database.
#[derive(Debug)]
pub struct FileState {
    /// The schema that it has; 0 for none.
    pub schema: i64,
    /// How it keeps its journal; `wal` once Leftoff opened it.
    pub journal: String,
    /// The first thing that is damaged.
    pub damage: Option<String>,
    /// Why nothing can be written to it.
    pub write_error: Option<String>,
    /// How long it is, in bytes.
    pub bytes: i64,
}

/// Looks at the database that a setting names. It takes a while: a thread that may wait is the place for it.
#[must_use]
pub fn examine(url: &str) -> Examined {
    let place = match Database::parse(url) {
        Ok(Database::Sqlite(file)) => {
            let there = file.exists();
            let state = there.then(|| look(&file).map_err(|error| error.to_string()));
            Place::File {
                free_bytes: free_bytes(&file),
                state,
                file,
            }
        }
        Ok(Database::Postgres(address)) => {
            let state = ask(&address).map_err(|error| DatabaseError::from(error).to_string());
            Place::Server(state)
        }
        Err(_) => Place::Nowhere,
    };
    Examined {
        newest: *NEWEST,
        place,
    }
}

fn ask(address: &Address) -> Result<ServerState, postgres::Error> {
    let mut client = client(&address.config)?;
    let mut text = |sql: &str| client.query_one(sql, &[])?.try_get::<_, String>(0);
    let version = text("select current_setting('server_version')")?;
    let version_number = text("select current_setting('server_version_num')")?;
    let is_read_only = text("select current_setting('transaction_read_only')")? == "on";
    let history = text("select coalesce(to_regclass('refinery_schema_history')::text, '')")?;
    let schema = if history.is_empty() {
        "0".to_owned()
    } else {
        text("select coalesce(max(version), 0)::text from refinery_schema_history")?
    };
    let bytes = text("select pg_database_size(current_database())::text")?;
    let number = |text: String| text.parse().unwrap_or_default();
    Ok(ServerState {
        version,
        version_number: number(version_number),
        schema: number(schema),
        write_error: is_read_only.then(|| "it is read-only, perhaps a standby".to_owned()),
        bytes: number(bytes),
    })
}

fn look(file: &std::path::Path) -> rusqlite::Result<FileState> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.execute_batch("pragma busy_timeout = 2000")?;
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0));
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let bytes = number("pragma page_count")? * number("pragma page_size")?;
    let checked = text("pragma quick_check(1)").unwrap_or_else(|error| error.to_string());
    Ok(FileState {
        schema: schema(&connection)?,
        journal: text("pragma journal_mode")?,
        damage: Some(checked).filter(|checked| checked != "ok"),
        write_error: connection
            .execute_batch("begin immediate; rollback")
            .err()
            .map(|error| error.to_string()),
        bytes,
    })
}

/// The schema that a database has; an error when it is none of ours.
pub(super) fn schema(connection: &Connection) -> rusqlite::Result<i64> {
    let ours = connection
        .query_row(
            "select 1 from sqlite_master where name = 'refinery_schema_history'",
            [],
            |_| Ok(()),
        )
        .optional()?;
    if ours.is_none() {
        return Ok(0);
    }
    let sql = "select coalesce(max(version), 0) from refinery_schema_history";
    connection.query_row(sql, [], |row| row.get(0))
}

/// The disk may be asked about the nearest folder that there is.
fn free_bytes(file: &std::path::Path) -> Option<u64> {
    let there = file.ancestors().skip(1).find(|folder| folder.exists());
    let folder = there.unwrap_or_else(|| std::path::Path::new("."));
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail * disk.f_frsize)
}
