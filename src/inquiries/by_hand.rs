//! What the staff does to an inquiry by hand: look again, end its sessions, end it.

use persona::{Error as PersonaError, InquiryId, Shape};
use serde_json::json;

use super::{Inquiries, Phase, row};
use crate::{
    failure::Failure,
    id::new_id,
    links::Why,
    model::refusal::Refusal,
    store::{
        self, Change,
        audit::{self, Deed},
        inquiries::{self, InquiryRow},
        ledger::{self, LedgerRow},
        templates::{self, TemplateRow},
    },
};

/// A device that had the inquiry open: times in ms since 1970, and no address.
#[derive(Clone, Debug, Default)]
pub struct SessionSeen {
    /// Persona's status of the session.
    pub status: String,
    /// `desktop`, `mobile` and the like.
    pub device: Option<String>,
    /// The operating system.
    pub system: Option<String>,
    /// The browser.
    pub browser: Option<String>,
    /// The country, as ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// When it was made.
    pub created_at: Option<i64>,
    /// When it was opened on a device.
    pub started_at: Option<i64>,
    /// When it ended.
    pub expired_at: Option<i64>,
}

/// What became of an act on an inquiry that somebody saw at a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It was done.
    Done,
    /// The inquiry moved meanwhile, so nothing was done.
    Moved,
}

impl Inquiries {
    /// Reads an inquiry and its template from Persona, keeps what they say, and gives what is kept; none when somebody
    /// moved the inquiry since this version.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`] for what is no inquiry; Persona's and the database's failures.
    pub async fn look_again(&self, id: &str, version: i64) -> Result<Option<InquiryRow>, Failure> {
        let said = self.read_with_template(&parse(id)?).await?;
        let id = id.to_owned();
        let kept = self.store.change(move |change| {
            let is_as_seen = inquiries::is_at(change, &id, version)?;
            said.keep(change)?;
            let row = inquiries::find(change, &id)?;
            Ok(row.filter(|_| is_as_seen))
        });
        Ok(kept.await?)
    }

    /// Reads them for somebody who wants to know: it is written down.
    ///
    /// # Errors
    /// As [`Inquiries::look_again`].
    pub async fn refresh_by(&self, actor: &str, id: &str) -> Result<InquiryRow, Failure> {
        let before = self.kept(id).await?;
        let said = self.read_with_template(&parse(id)?).await?;
        let why = Why {
            actor: actor.to_owned(),
            reason: String::new(),
            note: None,
        };
        let written = self.written(&before, "refreshed", why, None)?;
        let written = written.with_states(Some(&before), Some(&said.inquiry));
        let kept = self.store.change(move |change| {
            said.keep(change)?;
            written.add(change)
        });
        kept.await?;
        self.kept(id).await
    }

    /// The sessions of an inquiry with their devices, newest first.
    ///
    /// # Errors
    /// When Persona does not answer.
    pub async fn sessions(&self, id: &str) -> Result<Vec<SessionSeen>, Failure> {
        let sessions = self.persona.list_sessions(&parse(id)?).await?;
        let ms = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_millisecond);
        let mut seen: Vec<_> = sessions
            .into_iter()
            .map(|session| SessionSeen {
                status: session.attributes.status.as_str().to_owned(),
                device: session.attributes.device_type,
                system: session.attributes.os_name,
                browser: session.attributes.browser_name,
                country: session.attributes.country_code,
                created_at: ms(session.attributes.created_at),
                started_at: ms(session.attributes.started_at),
                expired_at: ms(session.attributes.expired_at),
            })
            .collect();
        seen.sort_by_key(|session| std::cmp::Reverse(session.created_at));
        Ok(seen)
    }

    /// Ends every live session: whoever has the flow open is out, and the links still work.
    ///
    /// # Errors
    /// Persona's and the database's failures; then nothing is written.
    pub async fn expire_sessions(
        &self,
        id: &str,
        version: i64,
        why: Why,
    ) -> Result<Acted, Failure> {
        let before = self.kept(id).await?;
        if before.version != version {
            return Ok(Acted::Moved);
        }
        let ended = self.persona.expire_all_sessions(&[parse(id)?]).await?;
        let detail = ended.len().to_string();
        self.forget_live(id).await?;
        let written = self.written(&before, "sessions-expired", why, Some(detail))?;
        let kept = self.store.change(move |change| {
            inquiries::edit(change, &written.entry.inquiry_id, |_| {})?;
            written.add(change)
        });
        kept.await?;
        Ok(Acted::Done)
    }

    /// Ends an inquiry with its sessions; it can be resumed.
    ///
    /// # Errors
    /// [`Refusal::Settled`] when it is finished; Persona's and the database's failures, and then nothing is written.
    pub async fn expire(&self, id: &str, version: i64, why: Why) -> Result<Acted, Failure> {
        let before = self.kept(id).await?;
        if before.version != version {
            return Ok(Acted::Moved);
        }
        let read_at = self.clock.now_ms();
        let key = Self::action_key()?;
        let after = match self.persona.expire_inquiry(&parse(id)?, &key).await {
            Ok(inquiry) => row(&inquiry, read_at),
            Err(conflict @ PersonaError::Conflict { .. }) => {
                let found = self.refresh(&parse(id)?).await?;
                match found.phase() {
                    Phase::Expired => found,
                    phase if phase.is_settled() => return Err(Refusal::Settled.into()),
                    _ => return Err(conflict.into()),
                }
            }
            Err(error) => return Err(error.into()),
        };
        self.forget_live(id).await?;
        let written = self.written(&before, "inquiry-expired", why, None)?;
        let written = written.with_states(Some(&before), Some(&after));
        let kept = self.store.change(move |change| {
            inquiries::keep(change, &after)?;
            written.add(change)
        });
        kept.await?;
        Ok(Acted::Done)
    }

    /// What we keep of an inquiry that must be known.
    async fn kept(&self, id: &str) -> Result<InquiryRow, Failure> {
        let row = self.store.inquiry(id).await?;
        row.ok_or_else(|| Refusal::BadRequest.into())
    }

    /// Sessions that ended must not be used again.
    async fn forget_live(&self, id: &str) -> Result<(), Failure> {
        for link in self.store.links(Some(id), i64::MAX).await? {
            self.live.forget(&link.id);
        }
        Ok(())
    }

    async fn read_with_template(&self, id: &InquiryId) -> Result<Said, Failure> {
        let read_at = self.clock.now_ms();
        let shape = Shape::state().with_template();
        let inquiry = self.persona.retrieve_inquiry(id, &shape).await?;
        let latest = inquiry.latest_published_version.as_ref();
        let template = inquiry.template_id.as_ref().zip(latest);
        Ok(Said {
            template: template.map(|(id, latest)| TemplateRow {
                id: id.to_string(),
                name: inquiry.template_name.clone(),
                latest_version_id: Some(latest.to_string()),
                read_at,
            }),
            inquiry: row(&inquiry, read_at),
        })
    }

    fn written(
        &self,
        inquiry: &InquiryRow,
        event: &str,
        why: Why,
        detail: Option<String>,
    ) -> Result<Written, Failure> {
        let now = self.clock.now();
        let reason = Some(why.reason).filter(|reason| !reason.is_empty());
        Ok(Written {
            deed: Deed {
                at: now.as_millisecond(),
                actor: why.actor.clone(),
                act: event.to_owned(),
                object: format!("inquiry:{}", inquiry.id),
                reason: reason.clone(),
                note: why.note,
                ..Deed::default()
            },
            entry: LedgerRow {
                id: new_id(now)?,
                inquiry_id: inquiry.id.clone(),
                link_id: None,
                at: now.as_millisecond(),
                event: event.to_owned(),
                detail: detail.or(reason),
                actor: Some(why.actor),
            },
        })
    }
}

/// What Persona said at one time.
struct Said {
    inquiry: InquiryRow,
    template: Option<TemplateRow>,
}

impl Said {
    fn keep(self, change: &Change<'_>) -> store::Result<()> {
        inquiries::keep(change, &self.inquiry)?;
        let kept = self.template;
        kept.map_or(Ok(()), |said| templates::keep_latest(change, said))
    }
}

/// What is written into the ledger and into the audit about one act.
struct Written {
    entry: LedgerRow,
    deed: Deed,
}

impl Written {
    fn with_states(mut self, before: Option<&InquiryRow>, after: Option<&InquiryRow>) -> Self {
        let state = |row: &InquiryRow| {
            json!({ "status": row.status, "expires_at": row.expires_at }).to_string()
        };
        (self.deed.before, self.deed.after) = (before.map(state), after.map(state));
        self
    }

    fn add(self, change: &Change<'_>) -> store::Result<()> {
        ledger::add(change, &self.entry)?;
        audit::add(change, self.deed)
    }
}

pub(super) fn parse(id: &str) -> Result<InquiryId, Failure> {
    InquiryId::parse(id).map_err(|_| Refusal::BadRequest.into())
}
