//! What people see, and the links that lead them there.

use std::{path::PathBuf, time::Duration};

use jiff::tz::TimeZone;
use serde::Deserialize;
use url::Url;

/// What people see of the company.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// The company's name.
    pub name: String,
    /// File of the company's logo.
    pub logo: Option<PathBuf>,
    /// `#rrggbb` of buttons and links in light mode.
    pub accent: String,
    /// The same in dark mode.
    pub accent_dark: String,
    /// Where a person finds help.
    pub help_url: Option<Url>,
    /// Whom a person may write to.
    pub help_email: Option<String>,
    /// The company's privacy notice.
    pub privacy_url: Option<Url>,
    /// How long the check takes, in minutes.
    pub minutes: u32,
    /// The IANA name of the zone in which people are told times.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// Hosts that a return URL may lead to.
    pub return_hosts: Vec<String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Portal {
    /// The zone in which people are told times.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        // The settings were checked, so that there is such a zone.
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// Life of links.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// Life of a link, in days.
    pub days: u32,
    /// Life of a hand-off to a phone, in minutes.
    pub hand_off_minutes: u32,
    /// Wrong factors before a link is locked.
    pub factor_attempts: u32,
}

impl Links {
    /// Life of a link.
    #[must_use]
    pub fn life(&self) -> Duration {
        Duration::from_secs(u64::from(self.days) * 24 * 60 * 60)
    }

    /// Life of a hand-off to a phone.
    #[must_use]
    pub fn hand_off_life(&self) -> Duration {
        Duration::from_secs(u64::from(self.hand_off_minutes) * 60)
    }
}

/// How often somebody who lost their link may ask for another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recover {
    /// Requests of one address in an hour.
    pub an_hour: u32,
    /// How long after one link the next is sent for the same inquiry, in minutes.
    pub pause_minutes: u32,
    /// Links for one inquiry in a day.
    pub a_day: u32,
}

impl Default for Recover {
    fn default() -> Self {
        Self {
            an_hour: 10,
            pause_minutes: 15,
            a_day: 3,
        }
    }
}
