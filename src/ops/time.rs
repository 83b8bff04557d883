//! Times as the staff reads them: how long ago, and exactly when in their own zone.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use leptos::prelude::*;

use crate::{staff::Signed, state::AppState};

/// Now, and where the reader is.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    now: i64,
    zone: TimeZone,
}

impl Reader {
    /// The reader of a page.
    pub(super) fn of(state: &AppState, signed: &Signed) -> Self {
        let zone = signed.session.zone.as_deref();
        Self {
            now: state.clock.now_ms(),
            zone: zone
                .and_then(|name| TimeZone::get(name).ok())
                .unwrap_or(TimeZone::UTC),
        }
    }

    /// How long ago a time is, with the exact time behind it.
    pub(super) fn ago(&self, at: i64) -> impl IntoView + use<> {
        self.element(at, brief(self.now - at))
    }

    /// A time of the past or of the future in words, as "in 3 h" or "3 h ago".
    pub(super) fn relative(&self, at: i64) -> impl IntoView + use<> {
        let text = match at - self.now {
            ..=-60_000 => format!("{} ago", brief(self.now - at)),
            60_000.. => format!("in {}", brief(at - self.now)),
            _ => brief(0),
        };
        self.element(at, text)
    }

    /// The day that it is where the reader is.
    pub(super) fn today(&self) -> Date {
        timestamp(self.now)
            .to_zoned_datetime(self.zone.clone())
            .date()
    }

    /// The first moment of a day where the reader is, in ms since 1970.
    pub(super) fn start_of(&self, day: Date) -> i64 {
        let start = day.to_zoned_datetime(self.zone.clone());
        let start = start.and_then(|start| start.start_of_day());
        start.map_or(i64::MAX, |start| start.timestamp().as_millisecond())
    }

    /// A time to the second.
    pub(super) fn exact(&self, at: i64) -> impl IntoView + use<> {
        self.element(at, self.text(at))
    }

    /// A time of the last days to the minute, with the exact time behind it.
    pub(super) fn minute(&self, at: i64) -> impl IntoView + use<> {
        let local = timestamp(at).to_zoned_datetime(self.zone.clone());
        self.element(at, local.strftime("%a %-d %b, %H:%M").to_string())
    }

    /// A time to the second, as text in the reader's zone.
    pub(super) fn text(&self, at: i64) -> String {
        let at = timestamp(at).to_zoned_datetime(self.zone.clone());
        at.strftime("%-d %b %Y, %H:%M:%S %Z").to_string()
    }

    /// When a day begins where the reader is, so many days later, in ms since 1970; the day as `2026-03-01`.
    pub(super) fn midnight(&self, day: &str, later: i64) -> Option<i64> {
        let day: jiff::civil::Date = day.parse().ok()?;
        let day = day
            .checked_add(jiff::Span::new().try_days(later).ok()?)
            .ok()?;
        let begins = day.to_zoned_datetime(self.zone.clone()).ok()?;
        Some(begins.timestamp().as_millisecond())
    }

    /// The name of the reader's zone.
    pub(super) fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    fn element(&self, at: i64, text: String) -> impl IntoView + use<> {
        let machine = timestamp(at).to_string();
        view! { <time datetime=machine title=self.text(at)>{text}</time> }
    }
}

fn timestamp(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or_default()
}

/// A length of time in its largest unit.
pub(super) fn brief(ms: i64) -> String {
    let minutes = ms / 60_000;
    match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_the_reader_is_even_when_clocks_change() {
        let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
        let reader = Reader { now: 0, zone };
        let hours = |day, later| {
            let end = reader.midnight(day, later).unwrap_or_default();
            (end - reader.midnight(day, 0).unwrap_or_default()) / 3_600_000
        };
        assert_eq!(hours("2026-03-28", 1), 24);
        assert_eq!(hours("2026-03-29", 1), 23);
        assert_eq!(reader.midnight("yesterday", 0), None);
    }

    #[test]
    fn a_length_of_time_is_told_in_its_largest_unit() {
        let minute = 60_000;
        assert_eq!(brief(minute - 1), "now");
        assert_eq!(brief(59 * minute), "59 min");
        assert_eq!(brief(47 * 60 * minute), "47 h");
        assert_eq!(brief(48 * 60 * minute), "2 d");
    }
}
