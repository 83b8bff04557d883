//! The table `tries`: what is counted for every process alike and across restarts.

use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::{Change, Result, Store};

/// How many there are: all of them at once, and all of them again after a time.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// How many.
    pub limit: u32,
    /// After which time all are there again; each comes back after its part of it.
    pub window: Duration,
}

/// What was given of an allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many; none when there was none left.
    pub count: u32,
    /// How many are left.
    pub left: u32,
    /// How long until there is one again; nothing when some are left.
    pub wait: Duration,
    /// How long until all are there again.
    pub reset: Duration,
}

impl Store {
    /// Takes up to `most` of what somebody may do. Who it is, is kept only as a hash.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn take_tries(
        &self,
        (what, who): (&str, &str),
        allowance: Allowance,
        most: u32,
        now: i64,
    ) -> Result<Taken> {
        let key_hash = hex::encode(Sha256::digest(format!("{what}:{who}")));
        self.change(move |change| take(change, &key_hash, allowance, most, now))
            .await
    }

    /// Forgets what does not count any more.
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
    allowance: Allowance,
    most: u32,
    now: i64,
) -> Result<Taken> {
    let known = "select full_at from tries where key_hash = $1";
    let known: Option<i64> = change.one_value(known, &[&key_hash])?;
    let full_at = known.unwrap_or(now).max(now);
    let count = allowance.at_once(full_at - now).min(most);
    let full_at = full_at + allowance.length(count);
    if count > 0 {
        let keep = "insert into tries (key_hash, full_at) values ($1, $2)
            on conflict (key_hash) do update set full_at = excluded.full_at";
        change.execute(keep, &[&key_hash, &full_at])?;
    }
    Ok(Taken {
        count,
        left: allowance.at_once(full_at - now),
        wait: milliseconds(allowance.until_one(full_at - now)),
        reset: milliseconds(full_at - now),
    })
}

/// Times in here are in ms; `used` is how long it takes until all are there again.
impl Allowance {
    fn window(self) -> i64 {
        i64::try_from(self.window.as_millis()).unwrap_or(i64::MAX)
    }

    /// How long it takes until so many are there again.
    fn length(self, count: u32) -> i64 {
        let length = i128::from(count) * i128::from(self.window()) / i128::from(self.limit.max(1));
        i64::try_from(length).unwrap_or(i64::MAX)
    }

    fn at_once(self, used: i64) -> u32 {
        let unused = i128::from((self.window() - used).max(0));
        let count = unused * i128::from(self.limit) / i128::from(self.window().max(1));
        u32::try_from(count).unwrap_or(self.limit)
    }

    fn until_one(self, used: i64) -> i64 {
        (used + self.length(1) - self.window()).max(0)
    }
}

fn milliseconds(time: i64) -> Duration {
    Duration::from_millis(time.max(0).unsigned_abs())
}
