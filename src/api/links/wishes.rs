//! What is wished of a new link, and what of it cannot be.

use std::time::Duration;

use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use crate::{
    api::{
        input::error,
        kind::Kind,
        problem::{FieldError, Problem},
    },
    config::Portal,
    keys::Caller,
    links::{NewLink, channel::Channel, factor::Factor, wishes},
    words::Words,
};

/// Bounds of a link's life, in seconds: a minute and 30 days.
const LIFE: std::ops::RangeInclusive<u64> = 60..=30 * 24 * 3600;
/// Longest code of a reason, and longest note, in characters.
const LONGEST_REASON: usize = 64;
const LONGEST_NOTE: usize = 500;
/// The reason of whoever gives none.
const NO_REASON: &str = "api";

/// What a new device must prove before a link opens on it.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Proof {
    /// Nothing: holding the link is enough, on the first device.
    #[default]
    None,
    /// The date of birth that Persona knows.
    Birthdate,
}

/// What is wished of a link. Every field may be left out.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkWishes)]
pub(crate) struct Wishes {
    /// Why, as a code for the ledger and the audit. No personal data.
    #[schema(
        example = "person-asked",
        max_length = 64,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    )]
    pub(crate) reason: Option<String>,
    /// More about why, in words, for whoever reads the audit. No personal data.
    #[schema(max_length = 500)]
    pub(crate) note: Option<String>,
    /// How long the link lives; the settings' `links.days` when it is left out.
    #[schema(example = 259_200, minimum = 60, maximum = 2_592_000)]
    pub(crate) expires_in_seconds: Option<u64>,
    /// What a new device must prove.
    pub(crate) factor: Option<Proof>,
    /// Where the person goes at the end: https, and its host one of the settings' `portal.return_hosts`.
    #[schema(format = "uri", example = "https://example.com/welcome")]
    pub(crate) return_url: Option<String>,
    /// The language of the link's page, one of the portal's; the browser's own when it is left out.
    #[schema(example = "es")]
    pub(crate) locale: Option<String>,
}

impl Wishes {
    /// The link that is wished for, or everything that is wrong with the wishes, with what is wrong besides.
    pub(crate) fn link(
        self,
        inquiry_id: &str,
        caller: &Caller,
        portal: &Portal,
        wrong: Option<FieldError>,
    ) -> Result<NewLink, Problem> {
        let mut errors: Vec<FieldError> = wrong.into_iter().collect();
        let reason = self.reason.unwrap_or_else(|| NO_REASON.to_owned());
        errors.extend(wrong_reason(&reason));
        errors.extend(wrong_note(self.note.as_deref()));
        let life = self.expires_in_seconds;
        if life.is_some_and(|life| !LIFE.contains(&life)) {
            let detail = "must be from 60 (a minute) to 2592000 (30 days)";
            errors.push(error("expires_in_seconds", detail));
        }
        let return_url = self.return_url.as_deref().map(Url::parse);
        let return_url = return_url.map(|url| {
            url.ok()
                .filter(|url| wishes::may_return_to(url, &portal.return_hosts))
        });
        if let Some(None) = return_url {
            let detail = "must be https, and its host one of portal.return_hosts";
            errors.push(error("return_url", detail));
        }
        if self
            .locale
            .as_deref()
            .is_some_and(|tag| !wishes::is_spoken(tag))
        {
            let detail = format!("must be one of the portal's languages: {}", Words::tags());
            errors.push(error("locale", detail));
        }
        if !errors.is_empty() {
            return Err(Problem::fields(Kind::InvalidInput, errors));
        }
        Ok(NewLink {
            inquiry_id: inquiry_id.to_owned(),
            maker: caller.actor().to_string(),
            reason,
            note: self.note,
            channel: Channel::Api,
            factor: match self.factor.unwrap_or_default() {
                Proof::None => Factor::None,
                Proof::Birthdate => Factor::Birthdate,
            },
            return_url: return_url.flatten(),
            locale: self.locale,
            life: life.map(Duration::from_secs),
        })
    }
}

/// What is wrong with the code of a reason.
pub(super) fn wrong_reason(reason: &str) -> Option<FieldError> {
    let is_word = |word: &str| {
        let mut bytes = word.bytes();
        !word.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let is_code = reason.len() <= LONGEST_REASON && reason.split('-').all(is_word);
    let detail = "must be a code such as person-asked: lower-case words with hyphens between, 64 characters at most";
    (!is_code).then(|| error("reason", detail))
}

/// What is wrong with a note.
pub(super) fn wrong_note(note: Option<&str>) -> Option<FieldError> {
    let length = note.map_or(0, |note| note.chars().count());
    (length > LONGEST_NOTE).then(|| error("note", "must be 500 characters at most"))
}
