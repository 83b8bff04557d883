//! What Persona tells of the key and of itself beside any answer.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use tokio::time::Instant;

use crate::rate_limit::RateLimit;
use crate::request::Call;
use crate::{Client, Error};

/// What the headers of an answer say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Probe {
    /// The environment that the key belongs to; absent where Persona does not say it.
    pub environment_id: Option<String>,
    /// The organization that the key belongs to.
    pub organization_id: Option<String>,
    /// What time it was at Persona, to the second.
    pub date: Option<Timestamp>,
    /// The request budget.
    pub rate_limit: Option<RateLimit>,
    /// How long the answer took, with all attempts.
    pub took: Duration,
}

impl Client {
    /// Asks for what changes nothing and needs no permission that is named, to see whether Persona answers the key.
    pub async fn probe(&self) -> Result<Probe, Error> {
        let began = Instant::now();
        let answer = self.send(Call::get("probe", &["rate-limits"])).await?;
        // The body is read too: a proxy's own page may come with a 200.
        answer.json::<serde_json::Value>()?;
        let text = |name: &str| text(&answer.headers, name);
        Ok(Probe {
            environment_id: text("persona-environment-id"),
            organization_id: text("persona-organization-id"),
            date: text("date").and_then(|date| date_of(&date)),
            rate_limit: RateLimit::from_headers(&answer.headers),
            took: began.elapsed(),
        })
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.chars().take(100).collect())
}

/// The form of HTTP is a subset of that of mail (<https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7>).
fn date_of(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}
