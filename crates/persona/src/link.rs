//! One-time links: addresses that open an inquiry once.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::de::IgnoredAny;
use serde_json::json;

use crate::document::{Meta, Single};
use crate::request::Call;
use crate::{Client, Error, IdempotencyKey, InquiryId, SecretUrl, Shape};

/// A link that opens an inquiry without a session token.
///
/// It dies five minutes after its first use, and Persona does not say when it lapses unused: its life is the template's
/// setting, 24 hours by default (docs.withpersona.com/inquiry-one-time-links).
#[derive(Clone, Debug)]
pub struct OneTimeLink {
    /// The full address.
    pub url: SecretUrl,
    /// A shorter one for the same.
    pub short_url: Option<SecretUrl>,
}

impl OneTimeLink {
    /// `None` when the answer holds no link; an error when it holds something that is no web address.
    pub(crate) fn read(meta: &Meta) -> Result<Option<Self>, &'static str> {
        let Some(url) = &meta.one_time_link else {
            return Ok(None);
        };
        let short_url = meta.one_time_link_short.as_ref();
        Ok(Some(Self {
            url: address(url)?,
            short_url: short_url.map(address).transpose()?,
        }))
    }
}

fn address(text: &SecretString) -> Result<SecretUrl, &'static str> {
    SecretUrl::parse(text.expose_secret()).ok_or("the one-time link is not a web address")
}

impl Client {
    /// Makes a link, or returns an unused one that is still good
    /// (docs.withpersona.com/api-reference/inquiries/generate-a-one-time-link).
    ///
    /// `life` is sent in whole seconds; without it the template's setting holds. An expired inquiry must be resumed
    /// first.
    pub async fn generate_one_time_link(
        &self,
        id: &InquiryId,
        life: Option<Duration>,
        key: &IdempotencyKey,
    ) -> Result<OneTimeLink, Error> {
        let path = ["inquiries", id.as_str(), "generate-one-time-link"];
        let mut call = Call::post("generate_one_time_link", &path)
            .key(key)
            .shape(&Shape::state());
        if let Some(life) = life {
            call = call.body(&json!({ "meta": { "expires-in-seconds": life.as_secs() } }));
        }
        let answer = self.send(call).await?;
        let document: Single<IgnoredAny> = answer.json()?;
        let link = OneTimeLink::read(&document.meta).map_err(|what| answer.malformed(what))?;
        link.ok_or_else(|| Error::MissingOneTimeLink {
            request_id: answer.request_id.clone(),
        })
    }
}
