//! Indexes laid aside while a crowd is written: made at once afterwards, each costs a sort and not a page for each row.

use anyhow::{Context as _, Result};
use rusqlite::Connection;

/// The table of the crowd.
const TABLE: &str = "inquiries";
/// Room for sorting.
const SETTINGS: &str = "pragma busy_timeout = 60000; pragma cache_size = -500000";

/// Indexes that a database has to get back.
#[must_use]
pub struct Indexes {
    database: Connection,
    /// How each is made, in the order in which they were: without figures of its own the planner goes by it.
    made_by: Vec<String>,
}

impl Indexes {
    /// Takes the indexes of the crowd's table away, but for those that keep rows apart.
    ///
    /// # Errors
    /// When the database is no file, or is locked.
    pub fn lay_aside(url: &str) -> Result<Self> {
        let file = url.strip_prefix("sqlite://").context("no SQLite file")?;
        let database = Connection::open(file)?;
        database.execute_batch(SETTINGS)?;
        let found = found(&database)?;
        let mut made_by = Vec::new();
        for (name, sql) in found {
            database.execute_batch(&format!("drop index {name}"))?;
            made_by.push(sql);
        }
        Ok(Self { database, made_by })
    }

    /// Makes them again.
    ///
    /// # Errors
    /// When the database cannot write.
    pub fn put_back(self) -> Result<()> {
        for sql in &self.made_by {
            self.database.execute_batch(sql)?;
        }
        Ok(())
    }
}

/// The name of each, and how it is made.
fn found(database: &Connection) -> Result<Vec<(String, String)>> {
    let mut found = database.prepare(
        "select name, sql from sqlite_master
         where type = 'index' and tbl_name = $1 and sql is not null order by rowid",
    )?;
    let found = found.query_map([TABLE], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}
