//! What a device must prove before a link opens on it.

use std::str::FromStr;

use crate::secret::same;

/// Something that the person knows and Persona knows too. It is compared and never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Nothing: holding the link is enough, on the first device.
    None,
    /// The date of birth in the inquiry's fields.
    Birthdate,
}

/// A name that is no factor.
#[derive(Debug, thiserror::Error)]
#[error("a factor is \"none\" or \"birthdate\"")]
pub struct UnknownFactor;

impl Factor {
    /// The name in the database and in commands.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Birthdate => "birthdate",
        }
    }

    /// The factor of a stored link. A name that we do not know is taken for the strictest.
    #[must_use]
    pub fn of(code: &str) -> Self {
        code.parse().unwrap_or(Self::Birthdate)
    }
}

impl FromStr for Factor {
    type Err = UnknownFactor;

    fn from_str(code: &str) -> Result<Self, UnknownFactor> {
        match code {
            "none" => Ok(Self::None),
            "birthdate" => Ok(Self::Birthdate),
            _ => Err(UnknownFactor),
        }
    }
}

/// Whether the person's answer is the date that Persona knows, both as `YYYY-MM-DD`.
///
/// An inquiry without a date of birth cannot be opened by one.
#[must_use]
pub fn is_right(answer: &str, known: Option<&str>) -> bool {
    let date = |text: &str| {
        text.trim()
            .parse::<jiff::civil::Date>()
            .ok()
            .map(|date| date.to_string())
    };
    match (date(answer), known.and_then(date)) {
        (Some(answer), Some(known)) => same(&answer, &known),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_known_date_is_right() {
        assert!(is_right(" 1990-01-31 ", Some("1990-01-31")));
        assert!(!is_right("1990-01-30", Some("1990-01-31")));
        assert!(!is_right("", Some("")));
        assert!(!is_right("1990-01-31", None));
    }
}
