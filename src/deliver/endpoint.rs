//! Endpoints: what one is made from, and what is wrong with it.

use std::net::IpAddr;

use serde_json::json;
use url::{Host, Url};

use super::Guard;
use crate::{failure::Failure, model::webhook, store::endpoints::EndpointRow};

/// A URL is no longer than this, in bytes.
const LONGEST_URL: usize = 1000;
/// A description is no longer than this, in characters.
const LONGEST_DESCRIPTION: usize = 100;
/// Every entry of the ledger asks each endpoint, so there are not many of them.
pub(super) const MOST_ENDPOINTS: usize = 50;

/// What an endpoint is made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewEndpoint {
    /// Where its webhooks go.
    pub url: String,
    /// What it is.
    pub description: String,
    /// The types that it is told; none for all of them, those of later versions too.
    pub events: Option<Vec<String>>,
}

/// Why an endpoint is not taken.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The address is none.
    #[error("the address must be a URL such as https://hooks.example.com/leftoff")]
    NotUrl,
    /// The address is not https.
    #[error("the address must begin with https://")]
    NotHttps,
    /// The address has a password in it.
    #[error("the address must hold no name and no password: the signature says who sends")]
    Credentials,
    /// The address is too long.
    #[error("the address is longer than {LONGEST_URL} bytes")]
    TooLong,
    /// The address is private.
    #[error(
        "the address is private: name its network in deliveries.allow_networks of the settings first"
    )]
    Private,
    /// The description is missing or too long.
    #[error("it needs a description of at most {LONGEST_DESCRIPTION} characters")]
    Description,
    /// No type was chosen, or one that there is not.
    #[error("choose at least one event, or all of them")]
    Events,
    /// There are too many endpoints.
    #[error("there are {MOST_ENDPOINTS} endpoints already")]
    TooMany,
    /// It failed.
    #[error("it failed")]
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for EndpointError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What was asked for, as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) url: String,
    pub(super) description: String,
    pub(super) events: String,
}

impl NewEndpoint {
    /// Checks everything that was asked for.
    pub(super) fn check(&self, guard: &Guard) -> Result<Checked, EndpointError> {
        let description = self.description.trim();
        if description.is_empty() || description.chars().count() > LONGEST_DESCRIPTION {
            return Err(EndpointError::Description);
        }
        Ok(Checked {
            url: parse_url(&self.url, guard)?.into(),
            description: description.to_owned(),
            events: self.checked_events()?,
        })
    }

    fn checked_events(&self) -> Result<String, EndpointError> {
        let Some(events) = &self.events else {
            return Ok(String::new());
        };
        let is_known = events.iter().all(|event| webhook::parse(event).is_some());
        if events.is_empty() || !is_known {
            return Err(EndpointError::Events);
        }
        Ok(events.join(","))
    }
}

/// The URL of a text, if webhooks may go there. Where a name leads is seen when it is connected to.
///
/// # Errors
/// What is wrong with it.
pub fn parse_url(text: &str, guard: &Guard) -> Result<Url, EndpointError> {
    if text.len() > LONGEST_URL {
        return Err(EndpointError::TooLong);
    }
    let mut url = Url::parse(text.trim()).map_err(|_| EndpointError::NotUrl)?;
    url.set_fragment(None);
    let guard = match url.scheme() {
        "https" => guard.clone(),
        "http" if guard.has_inside() => guard.inside(),
        "http" => return Err(EndpointError::NotHttps),
        _ => return Err(EndpointError::NotUrl),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::Credentials);
    }
    let is_admitted = match url.host() {
        Some(Host::Domain(_)) => true,
        Some(Host::Ipv4(address)) => guard.admits(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => guard.admits(IpAddr::V6(address)),
        None => return Err(EndpointError::NotUrl),
    };
    if is_admitted {
        Ok(url)
    } else {
        Err(EndpointError::Private)
    }
}

/// An endpoint as the audit shows it.
pub(super) fn state(row: &EndpointRow) -> String {
    let events = if row.events.is_empty() {
        "all"
    } else {
        &row.events
    };
    json!({ "url": row.url, "description": row.description, "events": events,
        "enabled": row.is_enabled() })
    .to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_address_is_https_without_a_password_and_not_private() {
        let why = |text: &str| parse_url(text, &Guard::new(vec![])).err();
        assert!(why("https://hooks.example.com/x?y=1").is_none());
        assert!(matches!(
            why("http://hooks.example.com"),
            Some(EndpointError::NotHttps)
        ));
        assert!(matches!(
            why("https://a:b@hooks.example.com"),
            Some(EndpointError::Credentials)
        ));
        assert!(matches!(
            why("ftp://hooks.example.com"),
            Some(EndpointError::NotUrl)
        ));
        assert!(matches!(
            why("hooks.example.com"),
            Some(EndpointError::NotUrl)
        ));
        let long = format!("https://example.com/{}", "x".repeat(LONGEST_URL));
        assert!(matches!(why(&long), Some(EndpointError::TooLong)));
        // The same address in each of its spellings.
        for private in [
            "https://127.0.0.1",
            "https://2130706433",
            "https://0x7f.1",
            "https://[::1]",
            "https://[::ffff:7f00:1]",
            "https://169.254.169.254/latest/meta-data",
        ] {
            assert!(
                matches!(why(private), Some(EndpointError::Private)),
                "{private}"
            );
        }
    }

    #[test]
    fn a_network_of_the_settings_may_be_named_without_https() {
        let guard = Guard::new(vec!["127.0.0.0/8".parse().unwrap()]);
        assert!(parse_url("http://127.0.0.1:9/x", &guard).is_ok());
        let elsewhere = parse_url("http://1.1.1.1/", &guard);
        assert!(matches!(elsewhere, Err(EndpointError::Private)));
    }
}
