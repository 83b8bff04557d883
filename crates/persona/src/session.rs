//! Sessions: an inquiry opened, or about to be opened, on one device.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::answer::Answer;
use crate::document::{List, Resource};
use crate::list::{self, PageRequest};
use crate::request::Call;
use crate::{Client, Error, InquiryId, SessionId, SessionStatus};

/// More sessions than any inquiry has (25 by default), in pages of the default size.
const MAX_PAGES: usize = 50;

/// A session (docs.withpersona.com/inquiry-sessions). Addresses and positions of the person are not kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Session {
    /// The session's identifier.
    pub id: SessionId,
    /// The inquiry that it belongs to.
    pub inquiry_id: Option<InquiryId>,
    /// Its state and device.
    pub attributes: SessionAttributes,
}

/// The attributes of a session that hold no personal data
/// (docs.withpersona.com/api-reference/inquiry-sessions).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub struct SessionAttributes {
    /// Where the session stands.
    pub status: SessionStatus,
    /// When it was made.
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    /// When it was opened on a device.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// When it ended; when it *will* end is only in its token.
    #[serde(default)]
    pub expired_at: Option<Timestamp>,
    /// `desktop`, `mobile` and the like.
    #[serde(default)]
    pub device_type: Option<String>,
    /// The operating system.
    #[serde(default)]
    pub os_name: Option<String>,
    /// The browser.
    #[serde(default)]
    pub browser_name: Option<String>,
    /// `email`, `sms` or `qr` when the person moved here from another device.
    #[serde(default)]
    pub device_handoff_method: Option<String>,
    /// The country of the device's address, as ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country_code: Option<String>,
}

impl Session {
    fn read(resource: Resource<SessionAttributes>) -> Result<Self, String> {
        Ok(Self {
            id: SessionId::parse(resource.id).map_err(|error| error.to_string())?,
            inquiry_id: resource.relationships.one("inquiry"),
            attributes: resource.attributes,
        })
    }
}

impl Client {
    /// Lists all sessions of an inquiry, live or over
    /// (docs.withpersona.com/api-reference/inquiry-sessions/list-all-inquiry-sessions).
    pub async fn list_sessions(&self, inquiry: &InquiryId) -> Result<Vec<Session>, Error> {
        let mut sessions = Vec::new();
        let mut next = Some(PageRequest::default());
        for _ in 0..MAX_PAGES {
            let Some(page) = next else { break };
            let call = Call::get("list_sessions", &["inquiry-sessions"])
                .query("filter[inquiry-id]", inquiry.as_str());
            let page = list::read(
                &self.send(call.page(&page)).await?,
                self.api_url(),
                Session::read,
            )?;
            sessions.extend(page.items);
            next = page.next;
        }
        Ok(sessions)
    }

    /// Ends one session, and with it its token
    /// (docs.withpersona.com/api-reference/inquiry-sessions/expire-an-inquiry-session).
    pub async fn expire_session(&self, id: &SessionId) -> Result<Session, Error> {
        let call = Call::post(
            "expire_session",
            &["inquiry-sessions", id.as_str(), "expire"],
        );
        let answer = self.send(call).await?;
        let document: crate::document::Single<Resource<SessionAttributes>> = answer.json()?;
        Session::read(document.data).map_err(|what| answer.malformed(what))
    }

    /// Ends every active session of these inquiries and returns those that it ended
    /// (docs.withpersona.com/api-reference/inquiry-sessions/expire-inquiry-sessions).
    pub async fn expire_all_sessions(
        &self,
        inquiries: &[InquiryId],
    ) -> Result<Vec<Session>, Error> {
        let call = Call::post("expire_all_sessions", &["inquiry-sessions", "expire-all"]);
        let answer = self
            .send(call.body(&json!({ "meta": { "inquiry-ids": inquiries } })))
            .await?;
        read_all(&answer)
    }
}

fn read_all(answer: &Answer) -> Result<Vec<Session>, Error> {
    let list: List<Resource<SessionAttributes>> = answer.json()?;
    let sessions: Result<Vec<_>, _> = list.data.into_iter().map(Session::read).collect();
    sessions.map_err(|what| answer.malformed(what))
}
