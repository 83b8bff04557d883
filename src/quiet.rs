//! Hours in which nobody is written to, in a time zone of the company's choice.

use std::fmt;

use jiff::{
    Timestamp, ZonedDateTime,
    civil::Time,
    tz::{Disambiguation, TimeZone},
};

/// Quiet hours of every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    from: Time,
    until: Time,
    zone: TimeZone,
}

/// Why hours are no quiet hours, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuietError {
    /// A time is none.
    #[error("a time of day looks like 22:00")]
    Time,
    /// Both are the same time.
    #[error("quiet hours must end at another time than they begin")]
    Empty,
    /// Nobody knows the zone.
    #[error("the time zone must be a name such as Europe/Berlin")]
    Zone,
}

impl Quiet {
    /// Quiet from one time of day to another, in the zone of this IANA name.
    ///
    /// # Errors
    /// [`QuietError`].
    pub fn new(from: &str, until: &str, zone: &str) -> Result<Self, QuietError> {
        let time = |text: &str| Time::strptime("%H:%M", text).map_err(|_| QuietError::Time);
        let (from, until) = (time(from)?, time(until)?);
        let zone = TimeZone::get(zone).map_err(|_| QuietError::Zone)?;
        if from == until {
            return Err(QuietError::Empty);
        }
        Ok(Self { from, until, zone })
    }

    /// Reads what [`fmt::Display`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, zone) = text.split_once(' ')?;
        let (from, until) = hours.split_once('-')?;
        Self::new(from, until, zone).ok()
    }

    /// The first moment from this one on that is not quiet.
    #[must_use]
    pub fn after(&self, at: Timestamp) -> Timestamp {
        let local = at.to_zoned_datetime(self.zone.clone());
        if self.holds(local.time()) {
            self.end(&local).unwrap_or(at)
        } else {
            at
        }
    }

    /// The same in ms since 1970.
    #[must_use]
    pub fn after_ms(&self, at: i64) -> i64 {
        let moment = Timestamp::from_millisecond(at);
        moment.map_or(at, |moment| self.after(moment).as_millisecond())
    }

    fn holds(&self, time: Time) -> bool {
        if self.from < self.until {
            (self.from..self.until).contains(&time)
        } else {
            time >= self.from || time < self.until
        }
    }

    /// When the quiet hours end that this moment lies in. The day on which clocks change has its end once or twice, or a
    /// little later than the clock says.
    fn end(&self, local: &ZonedDateTime) -> Option<Timestamp> {
        let is_tomorrow = local.time() >= self.until;
        let day = if is_tomorrow {
            local.date().tomorrow().ok()?
        } else {
            local.date()
        };
        let end = self
            .zone
            .to_ambiguous_zoned_datetime(day.to_datetime(self.until));
        let earlier = end.clone().disambiguate(Disambiguation::Compatible).ok()?;
        let end = if earlier.timestamp() > local.timestamp() {
            earlier
        } else {
            end.disambiguate(Disambiguation::Later).ok()?
        };
        Some(end.timestamp())
    }
}

impl fmt::Display for Quiet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from.strftime("%H:%M"), self.until.strftime("%H:%M"));
        let zone = self.zone.iana_name().unwrap_or("UTC");
        write!(f, "{from}-{until} {zone}")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn after(quiet: &str, at: &str) -> String {
        let quiet = Quiet::parse(quiet).unwrap();
        quiet.after(at.parse().unwrap()).to_string()
    }

    #[test]
    fn a_night_ends_in_the_morning_and_a_day_is_not_quiet() {
        let night = "22:00-08:00 Europe/Berlin";
        assert_eq!(after(night, "2026-01-10T20:59:59Z"), "2026-01-10T20:59:59Z");
        assert_eq!(after(night, "2026-01-10T21:00:00Z"), "2026-01-11T07:00:00Z");
        assert_eq!(after(night, "2026-01-11T06:59:59Z"), "2026-01-11T07:00:00Z");
        assert_eq!(after(night, "2026-01-11T07:00:00Z"), "2026-01-11T07:00:00Z");
        let noon = "12:00-14:00 Europe/Berlin";
        assert_eq!(after(noon, "2026-01-10T11:30:00Z"), "2026-01-10T13:00:00Z");
    }

    #[test]
    fn the_nights_in_which_clocks_change_end_at_the_same_hour_of_the_clock() {
        let night = "22:00-08:00 Europe/Berlin";
        assert_eq!(after(night, "2026-03-28T21:30:00Z"), "2026-03-29T06:00:00Z");
        assert_eq!(after(night, "2026-10-24T20:30:00Z"), "2026-10-25T07:00:00Z");
        // 02:30 is not on the clock of that night; 02:30 is there twice half a year later.
        let early = "22:00-02:30 Europe/Berlin";
        assert_eq!(after(early, "2026-03-28T22:30:00Z"), "2026-03-29T01:30:00Z");
        assert_eq!(after(early, "2026-10-24T22:30:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(after(early, "2026-10-25T01:10:00Z"), "2026-10-25T01:30:00Z");
    }

    #[test]
    fn whatever_comes_out_is_later_and_not_quiet() {
        for text in [
            "22:00-08:00 America/New_York",
            "00:00-02:15 Europe/Berlin",
            "09:00-17:30 Asia/Kolkata",
        ] {
            let quiet = Quiet::parse(text).unwrap();
            assert_eq!(quiet.to_string(), text);
            for quarter in 0..4 * 24 * 366 {
                let at = 1_767_225_600_000 + quarter * 900_000;
                let after = quiet.after_ms(at);
                assert!(after >= at && after - at < 24 * 3_600_000, "{text} {at}");
                assert_eq!(quiet.after_ms(after), after, "{text} {at}");
            }
        }
    }

    #[test]
    fn what_is_no_quiet_hours_is_said() {
        assert_eq!(Quiet::new("22", "08:00", "UTC"), Err(QuietError::Time));
        assert_eq!(Quiet::new("22:00", "22:00", "UTC"), Err(QuietError::Empty));
        assert_eq!(
            Quiet::new("22:00", "08:00", "Moon/Far"),
            Err(QuietError::Zone)
        );
    }
}
