//! Times, as a language writes them.

use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{
        YMD,
        zone::{LocalizedOffsetShort, SpecificShort},
    },
    input::{self, Date, DateTime, Time, TimeZoneInfo, UtcOffset},
};
use icu_locale::Locale;
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

/// A time to the minute with its day and its distance from Greenwich, so that it is right wherever it is read.
pub(super) fn write(tag: &str, at: i64, zone: &TimeZone) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
    let at = at.to_zoned_datetime(zone.clone());
    // Every language has its words in ICU, and every time that we keep is one of its calendar.
    written(tag, &at).unwrap_or_else(|| at.strftime("%F %R %:z").to_string())
}

fn written(tag: &str, at: &ZonedDateTime) -> Option<String> {
    let part = |part: i8| u8::try_from(part).ok();
    let (month, day) = (part(at.month())?, part(at.day())?);
    let (hour, minute) = (part(at.hour())?, part(at.minute())?);
    let date = Date::try_new_gregorian(at.year().into(), month, day).ok()?;
    let time = Time::try_new(hour, minute, 0, 0).ok()?;
    let locale: Locale = tag.parse().ok()?;
    let fields = YMD::long().with_time_hm();
    // No distance from Greenwich is a zone of its own, with a name that people know.
    if is_utc(at.time_zone()) {
        let zone = TimeZoneInfo::utc().at_date_time(DateTime { date, time });
        let fields = fields.with_zone(SpecificShort);
        let writer = FixedCalendarDateTimeFormatter::try_new(locale.into(), fields).ok()?;
        let at = input::ZonedDateTime { date, time, zone };
        return Some(writer.format(&at).to_string());
    }
    let zone = UtcOffset::try_from_seconds(at.offset().seconds()).ok()?;
    let fields = fields.with_zone(LocalizedOffsetShort);
    let writer = FixedCalendarDateTimeFormatter::try_new(locale.into(), fields).ok()?;
    let at = input::ZonedDateTime { date, time, zone };
    Some(writer.format(&at).to_string())
}

fn is_utc(zone: &TimeZone) -> bool {
    matches!(zone.iana_name(), Some("UTC" | "Etc/UTC"))
}
