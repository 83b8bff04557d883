//! Which database: what `database.url` names, and how to connect to it.

use std::{fs, io::ErrorKind, path::PathBuf, sync::Arc};

use refinery::{Migration, Runner};

use super::{
    audit,
    error::{OpenError, Result},
    migrations::migrations,
    postgres::{Address, Postgres, client},
    sql::Rows,
    sqlite::Sqlite,
};

/// A lock of PostgreSQL, under any number that nobody else uses: nodes that start together do not migrate together.
const MIGRATING: &str = "select pg_advisory_lock(5136274914)";

/// What `database.url` names.
#[derive(Clone, Debug)]
pub(super) enum Database {
    /// A file.
    Sqlite(PathBuf),
    /// A server, and how to sign in there.
    Postgres(Box<Address>),
}

impl Database {
    /// `sqlite:path` and `sqlite://path` name a file, `postgres://…` a server.
    ///
    /// # Errors
    /// When it is neither.
    pub(super) fn parse(url: &str) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(Self::Sqlite(path.strip_prefix("//").unwrap_or(path).into()));
        }
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(OpenError::Address);
        }
        let config = url.parse().map_err(|_| OpenError::Address)?;
        let mut node = [0; 8];
        getrandom::fill(&mut node).map_err(|_| OpenError::Interrupted)?;
        let node = hex::encode(node).into();
        Ok(Self::Postgres(Box::new(Address { config, node })))
    }

    /// The connection that writes. SQLite makes its file if there is none.
    ///
    /// # Errors
    /// When the database cannot be reached or made.
    pub(super) fn writer(&self) -> Result<Rows, OpenError> {
        match self {
            Self::Sqlite(file) => Ok(Sqlite::writer(file)?.into()),
            Self::Postgres(address) => Ok(Postgres::connect(address)?.into()),
        }
    }

    /// One more connection that reads.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(super) fn reader(&self) -> Result<Rows> {
        match self {
            Self::Sqlite(file) => Ok(Sqlite::reader(file)?.into()),
            Self::Postgres(address) => Ok(Postgres::connect(address)?.into()),
        }
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// When the database cannot be reached, made or migrated, or belongs to a newer Leftoff.
    pub(super) fn migrate(&self) -> Result<(), OpenError> {
        match self {
            Self::Sqlite(file) => {
                file.parent().map_or(Ok(()), fs::create_dir_all)?;
                match Sqlite::create(file) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    made => made?,
                }
                let mut sqlite = Sqlite::writer(file)?;
                migrations::runner().run(sqlite.connection_mut())?;
                sqlite.connection().execute_batch(audit::GUARDS)?;
            }
            Self::Postgres(address) => {
                let mut client = client(&address.config)?;
                client.batch_execute(MIGRATING)?;
                bytewise()?.run(&mut client)?;
                client.batch_execute(audit::POSTGRES_GUARDS)?;
            }
        }
        Ok(())
    }

    /// The name of this process among those that share the database, if any can.
    pub(super) fn node(&self) -> Option<Arc<str>> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(address) => Some(Arc::clone(&address.node)),
        }
    }

    /// Whether reading it takes so little that it is done where it is asked for.
    pub(super) const fn is_near(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }
}

/// The migrations with texts that are compared byte by byte, as SQLite does, whatever the database's language is.
fn bytewise() -> Result<Runner, OpenError> {
    let migrations = migrations::runner();
    let migrations = migrations.get_migrations().iter().map(|migration| {
        let sql = migration.sql().unwrap_or_default();
        let lines = sql.lines().map(|line| match line.trim_start() {
            comment if comment.starts_with("--") => comment.to_owned(),
            _ => collated(line),
        });
        Migration::unapplied(
            &migration.to_string(),
            &lines.collect::<Vec<_>>().join("\n"),
        )
    });
    Ok(Runner::new(&migrations.collect::<Result<Vec<_>, _>>()?))
}

/// A line whose columns of type `text` say how they are compared.
fn collated(line: &str) -> String {
    let words = line.split_inclusive([' ', ',', ';']);
    words
        .map(|word| match word.strip_prefix("text") {
            Some("" | " " | "," | ";") => word.replacen("text", "text collate \"C\"", 1),
            _ => word.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::collated;

    #[test]
    fn columns_of_text_and_nothing_else_are_collated() {
        let lines = [
            (
                "    id text not null primary key,",
                "    id text collate \"C\" not null primary key,",
            ),
            ("    reason     text,", "    reason     text collate \"C\","),
            (
                "alter table x add column y text;",
                "alter table x add column y text collate \"C\";",
            ),
            (
                "    context    bigint not null,",
                "    context    bigint not null,",
            ),
            ("    detail text", "    detail text collate \"C\""),
        ];
        for (line, expected) in lines {
            assert_eq!(collated(line), expected);
        }
    }
}
