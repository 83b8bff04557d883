//! The schedule: how long after a failed attempt the next one comes.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};

/// The most that chance adds to a wait, in percent: those who failed together come back apart.
const JITTER: u64 = 10;

/// The wait after so many failures, with chance as a number from 0 to 255; none when there is no further attempt.
pub(super) fn wait(
    waits: &[u64],
    failures: i64,
    retry_after: Option<Duration>,
    chance: u8,
) -> Option<Duration> {
    let place = usize::try_from(failures - 1).unwrap_or_default();
    let wait = Duration::from_secs(*waits.get(place)?);
    let longest = Duration::from_secs(waits.iter().copied().max().unwrap_or_default());
    // A receiver may ask for more time than planned, and no more than the schedule ever takes.
    let asked = retry_after.unwrap_or_default().min(longest);
    let wait = wait.max(asked);
    let jitter = wait.as_millis() * u128::from(JITTER) * u128::from(chance) / (100 * 255);
    Some(wait + Duration::from_millis(u64::try_from(jitter).unwrap_or_default()))
}

/// `Retry-After` as RFC 9110 section 10.2.3 has it: seconds, or a date.
pub(super) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new()
        .parse_timestamp(header)
        .ok()?;
    Duration::try_from(date.duration_since(now)).ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    const WAITS: [u64; 3] = [5, 300, 36_000];

    #[test]
    fn waits_grow_along_the_schedule_with_a_little_chance_and_end() {
        let seconds =
            |failures, chance| wait(&WAITS, failures, None, chance).map(|wait| wait.as_millis());
        assert_eq!(
            [1, 2, 3, 4].map(|n| seconds(n, 0)),
            [Some(5000), Some(300_000), Some(36_000_000), None]
        );
        assert_eq!(seconds(1, 255), Some(5500));
        assert_eq!(seconds(2, 128), Some(315_058));
    }

    #[test]
    fn a_receiver_may_ask_for_more_time_within_bounds_and_never_for_less() {
        let asked = |seconds| {
            wait(&WAITS, 2, Some(Duration::from_secs(seconds)), 0)
                .unwrap()
                .as_secs()
        };
        assert_eq!(
            [0, 299, 301, 36_000, u64::MAX].map(asked),
            [300, 300, 301, 36_000, 36_000]
        );
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let seconds = |text| retry_after(text, now).map(|wait| wait.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Sun, 01 Mar 2026 12:02:00 GMT"), Some(120));
        assert_eq!(seconds("Sun, 01 Mar 2026 11:00:00 GMT"), None);
        for nonsense in ["", "soon", "-1", "1.5"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
