//! The table `shifts`: which of the processes on one PostgreSQL does the work in the background.
//!
//! A shift is measured by the database's clock alone: clocks of machines may differ.

use std::time::Duration;

use super::{Change, Result, Store};

/// Now, by PostgreSQL's clock, in ms since 1970.
const NOW: &str = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

impl Store {
    /// Whether several processes can share this database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.readers.are_near()
    }

    /// Begins or prolongs this process's shift; false when another's has not ended. A database that is not shared is
    /// always one's own.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take_shift(&self, length: Duration) -> Result<bool> {
        let Some(holder) = self.node.clone() else {
            return Ok(true);
        };
        let length = i64::try_from(length.as_millis()).unwrap_or(i64::MAX);
        self.change(move |change| take(change, &holder, length))
            .await
    }

    /// Ends this process's shift, so that another need not wait for that.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn end_shift(&self) -> Result<()> {
        let Some(holder) = self.node.clone() else {
            return Ok(());
        };
        let sql = "update shifts set ends_at = 0 where id = 1 and holder = $1";
        self.change(move |change| change.execute(sql, &[&&*holder]).map(drop))
            .await
    }
}

fn take(change: &Change<'_>, holder: &str, length: i64) -> Result<bool> {
    let sql = format!(
        "insert into shifts (id, holder, ends_at) values (1, $1, {NOW} + $2)
         on conflict (id) do update set holder = excluded.holder, ends_at = excluded.ends_at
         where shifts.holder = excluded.holder or shifts.ends_at < {NOW}"
    );
    Ok(change.execute(&sql, &[&holder, &length])? == 1)
}
