//! The table `tries`: attempts to sign in, counted for every process alike and across restarts.

use std::time::Duration;

use super::{Change, Result, Store};

/// So many attempts at once, then one each time.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// How many at once.
    pub burst: i64,
    /// One more after each such time.
    pub every: Duration,
}

impl Store {
    /// Counts an attempt; how long to wait when it is one too many.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take_try(
        &self,
        key_hash: String,
        allowance: Allowance,
        now: i64,
    ) -> Result<Option<Duration>> {
        self.change(move |change| take(change, &key_hash, allowance, now))
            .await
    }

    /// Forgets attempts that do not count any more.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn forget_tries(&self, now: i64) -> Result<()> {
        let sql = "delete from tries where full_at <= $1";
        self.change(move |change| change.execute(sql, &[&now]).map(drop))
            .await
    }
}

fn take(
    change: &Change<'_>,
    key_hash: &str,
    Allowance { burst, every }: Allowance,
    now: i64,
) -> Result<Option<Duration>> {
    let every = i64::try_from(every.as_millis()).unwrap_or(i64::MAX);
    let known = "select full_at from tries where key_hash = $1";
    let full_at: Option<i64> = change.one_value(known, &[&key_hash])?;
    let full_at = full_at.unwrap_or(now).max(now).saturating_add(every);
    let too_early = full_at.saturating_sub(now.saturating_add(burst.saturating_mul(every)));
    if too_early > 0 {
        return Ok(Some(Duration::from_millis(too_early.unsigned_abs())));
    }
    let keep = "insert into tries (key_hash, full_at) values ($1, $2)
        on conflict (key_hash) do update set full_at = excluded.full_at";
    change.execute(keep, &[&key_hash, &full_at])?;
    Ok(None)
}
