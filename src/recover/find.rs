//! Finding: the inquiries that what was typed may mean, by what we keep ourselves.

use super::Recovery;
use crate::{
    failure::Failure,
    secret::Secret,
    store::{bulk::MOST_SESSIONS, inquiries::InquiryRow},
};

/// Inquiries of one reference that are looked at.
const MOST: usize = 20;

/// The token in a URL of ours, or the token alone. Mail programs put all sorts of signs around a URL.
fn token(text: &str) -> Option<Secret> {
    let end = text.rsplit_once("/r/").map_or(text, |(_, end)| end);
    let is_token = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let end = end.split(|sign| !is_token(sign)).next().unwrap_or_default();
    Secret::parse(end)
}

impl Recovery {
    /// The inquiries that a text may mean and that are not finished as far as we know, the newest first: by a link, by
    /// Persona's ID of the inquiry, which has no form of its own, or by the company's own name for the person.
    pub(super) async fn find(&self, text: &str) -> Result<Vec<InquiryRow>, Failure> {
        let text = text.trim();
        let id = self.of_link(text).await?.unwrap_or_else(|| text.to_owned());
        let found = match self.store.inquiry(&id).await? {
            Some(inquiry) => vec![inquiry],
            None if text.is_empty() => Vec::new(),
            None => self.store.inquiries_of(text, MOST).await?,
        };
        let is_open = |row: &InquiryRow| !row.phase().is_settled();
        Ok(found.into_iter().filter(is_open).collect())
    }

    /// The inquiry of the link that a text names.
    async fn of_link(&self, text: &str) -> Result<Option<String>, Failure> {
        let Some(token) = token(text) else {
            return Ok(None);
        };
        let link = self.store.link_by_token(&token.hash()).await?;
        Ok(link.map(|link| link.inquiry_id))
    }

    /// Why the company must help itself with an inquiry although it is open; none when a link may be sent.
    pub(super) async fn obstacle(&self, row: &InquiryRow) -> Result<Option<&'static str>, Failure> {
        if row.sessions >= MOST_SESSIONS {
            return Ok(Some("no-session-left"));
        }
        let newest = self.store.links(Some(&row.id), 1).await?;
        let is_withdrawn = newest.first().is_some_and(|link| link.revoked_at.is_some());
        // Whoever took the last link back had a reason, perhaps that it went to the wrong person.
        Ok(is_withdrawn.then_some("link-withdrawn"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_token_is_found_in_whatever_surrounds_it() {
        let secret = Secret::random().unwrap();
        let whole = secret.expose();
        for text in [
            whole.to_owned(),
            format!("https://verify.example.com/r/{whole}"),
            format!("<https://verify.example.com/r/{whole}?lang=es>"),
            format!("verify.example.com/r/{whole}/phone."),
        ] {
            assert_eq!(token(&text), Some(secret.clone()), "{text}");
        }
        for text in [
            "",
            "user-1",
            "inq_aaaaaaaaaaaaaaaaaaaaaaaa",
            "https://example.com/r/",
            "/r//r/",
        ] {
            assert_eq!(token(text), None, "{text}");
        }
    }
}
