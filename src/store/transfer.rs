//! Moving everything from one database to another, of whichever kinds they are.

use super::{
    database::Database,
    error::{Error, OpenError, Result},
    examine::{NEWEST, examine},
    row::Row,
    sql::{Change, Column, Rows},
    value::{Param, Value},
};

/// Every table that is moved, those that others refer to first.
pub const TABLES: [&str; 27] = [
    "inquiries",
    "templates",
    "links",
    "receipts",
    "ledger",
    "staff",
    "staff_sessions",
    "audit",
    "audit_head",
    "views",
    "imports",
    "bulks",
    "bulk_rows",
    "events",
    "channel",
    "sweeps",
    "messages",
    "policies",
    "policy_switch",
    "policy_acts",
    "policy_marks",
    "endpoints",
    "deliveries",
    "attempts",
    "recoveries",
    "api_keys",
    "idempotency",
];

/// The table that a migration puts a row into: the row gives way to the one that comes.
const SEEDED: &str = "channel";

/// Rows that go into one statement.
const TOGETHER: usize = 100;

/// Why nothing was moved. Then the target is as it was, but for its tables.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The source has an older or a newer schema, or there is none.
    #[error(
        "the source has the schema {0}, not {1}: bring it up to date with `leftoff migrate`, or use its own Leftoff"
    )]
    Schema(i64, i64),
    /// Somebody's rows would be mixed with others.
    #[error("the target is not empty: there are rows in {0}")]
    NotEmpty(&'static str),
    /// One of the two cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// One of the two did not do its part.
    #[error("the rows cannot be moved: {0}")]
    Database(#[from] Error),
}

/// How much was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The table.
    pub table: &'static str,
    /// Its rows.
    pub rows: usize,
}

/// Copies every row of one database into another that is empty: all of them, or none. Nobody can write to the source
/// meanwhile; what is written there afterwards stays there.
///
/// # Errors
/// [`TransferError`].
pub async fn transfer(from: String, to: String) -> Result<Vec<Moved>, TransferError> {
    let transferred = tokio::task::spawn_blocking(move || run(&from, &to));
    transferred
        .await
        .map_err(|_| TransferError::Database(Error::Interrupted))?
}

fn run(from: &str, to: &str) -> Result<Vec<Moved>, TransferError> {
    let schema = examine(from).schema();
    if schema != *NEWEST {
        return Err(TransferError::Schema(schema, *NEWEST));
    }
    let (from, to) = (Database::parse(from)?, Database::parse(to)?);
    to.migrate()?;
    let (from, to) = (from.writer()?, to.writer()?);
    for table in TABLES.into_iter().filter(|table| *table != SEEDED) {
        if to
            .one_value::<i64>(&format!("select 1 from {table} limit 1"), &[])?
            .is_some()
        {
            return Err(TransferError::NotEmpty(table));
        }
    }
    let mut moved = Vec::new();
    from.take_time()?;
    from.transaction(|| to.transaction(|| copy_all(&from, &Change::new(&to), &mut moved)))?;
    Ok(moved)
}

fn copy_all(from: &Rows, to: &Change<'_>, moved: &mut Vec<Moved>) -> Result<()> {
    to.execute(&format!("delete from {SEEDED}"), &[])?;
    for table in TABLES {
        let rows = copy(from, to, table)?;
        moved.push(Moved { table, rows });
    }
    Ok(())
}

fn copy(from: &Rows, to: &Change<'_>, table: &str) -> Result<usize> {
    let columns = from.columns(table)?;
    let mut waiting: Vec<Vec<Value>> = Vec::new();
    let mut count = 0;
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    let sql = format!("select {} from {table} order by 1", names.join(", "));
    from.each(&sql, &[], |row| {
        waiting.push(values(&columns, row)?);
        count += 1;
        if waiting.len() == TOGETHER {
            insert(to, table, &columns, &std::mem::take(&mut waiting))?;
        }
        Ok(())
    })?;
    insert(to, table, &columns, &waiting)?;
    Ok(count)
}

fn values(columns: &[Column], row: &Row<'_>) -> Result<Vec<Value>> {
    let values = columns.iter().enumerate().map(|(at, column)| {
        if column.is_text {
            Ok(Value::Text(row.get(at)?))
        } else {
            Ok(Value::Integer(row.get(at)?))
        }
    });
    values.collect()
}

fn insert(to: &Change<'_>, table: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    let places = format!("({})", vec!["?"; columns.len()].join(", "));
    let sql = format!(
        "insert into {table} ({}) values {}",
        names.join(", "),
        vec![places; rows.len()].join(", ")
    );
    let params: Vec<_> = rows
        .iter()
        .flatten()
        .map(|value| value as Param<'_>)
        .collect();
    to.execute(&sql, &params).map(drop)
}
