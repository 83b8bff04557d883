//! Times as the API writes them: RFC 3339, in UTC.

use jiff::Timestamp;

/// A time of the database.
pub(super) fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .to_string()
}

/// The same for one that may be absent.
pub(super) fn maybe(ms: Option<i64>) -> Option<String> {
    ms.map(time)
}
