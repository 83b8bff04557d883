//! How things come to be: inquiries, accounts, template versions and one-time links.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::clock::later;
use crate::id;
use crate::inquiry::{Inquiry, InquiryTemplate, Intervals};
use crate::lifecycle::Refusal;
use crate::link::{LinkRefusal, OneTimeLink};
use crate::state::State;
use crate::status::Status;
use crate::template::{Template, TemplateVersion};

/// What an inquiry is made from.
pub(crate) struct NewInquiry {
    pub(crate) template: InquiryTemplate,
    pub(crate) reference_id: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) creator: Option<String>,
    pub(crate) redirect_uri: Option<String>,
    /// Bare values by key.
    pub(crate) fields: Map<String, Value>,
    pub(crate) intervals: Intervals,
    pub(crate) created_at: Timestamp,
}

impl State {
    /// Makes an inquiry and gives its ID.
    pub(crate) fn create_inquiry(&mut self, new: NewInquiry) -> String {
        let id = self.id("inq");
        let mut inquiry = Inquiry {
            id: id.clone(),
            status: Status::Created,
            reference_id: new.reference_id,
            note: new.note,
            tags: new.tags,
            creator: new.creator.unwrap_or_else(|| "API".to_owned()),
            reviewer_comment: None,
            created_at: new.created_at,
            updated_at: new.created_at,
            started_at: None,
            expires_at: None,
            completed_at: None,
            failed_at: None,
            marked_for_review_at: None,
            decisioned_at: None,
            expired_at: None,
            redacted_at: None,
            fields: Map::new(),
            redirect_uri: new.redirect_uri,
            account: new.account,
            template: new.template,
            sessions: Vec::new(),
            intervals: new.intervals,
        };
        inquiry.write_fields(&new.fields);
        self.inquiries.insert(id.clone(), inquiry);
        self.move_to(&id, Status::Created, new.created_at);
        id
    }

    /// The account with this reference ID, made if there is none.
    pub(crate) fn account_of(&mut self, reference_id: &str) -> String {
        if let Some(account) = self.accounts.get(reference_id) {
            return account.clone();
        }
        let account = self.id("act");
        self.accounts
            .insert(reference_id.to_owned(), account.clone());
        account
    }

    /// Publishes a version of a template, making the template if it is new, and gives the version's ID.
    pub(crate) fn publish_template(&mut self, id: &str) -> String {
        let version = TemplateVersion {
            id: self.id("itmplv"),
            published_at: self.now,
        };
        let version_id = version.id.clone();
        match self.templates.iter_mut().find(|template| template.id == id) {
            Some(template) => template.versions.push(version),
            None => self.templates.push(Template {
                id: id.to_owned(),
                name: "Simulated identity check".to_owned(),
                active: true,
                allowed_domains: Vec::new(),
                versions: vec![version],
            }),
        }
        version_id
    }

    /// The template with its latest version, ready to make an inquiry from.
    pub(crate) fn latest_template(&self, id: &str) -> Option<InquiryTemplate> {
        let template = self.templates.iter().find(|template| template.id == id)?;
        let version = template.latest()?.id.clone();
        Some(InquiryTemplate::Dynamic {
            template: id.to_owned(),
            version,
        })
    }

    /// The index of the link for an inquiry: an unused one if there is one (changelog of 2023-04-10), else a new one.
    pub(crate) fn one_time_link(
        &mut self,
        inquiry: &str,
        life: SignedDuration,
    ) -> Result<usize, Refusal> {
        let status = self.writable(inquiry)?.status;
        if !status.is_open() {
            return Err(Refusal::WrongStatus(status));
        }
        let now = self.now;
        if let Some(index) = self
            .links
            .iter()
            .position(|link| link.inquiry == inquiry && link.is_unused(now))
        {
            return Ok(index);
        }
        let session = self.unused_or_new_session(inquiry)?;
        Ok(self.new_link(inquiry, &session, life))
    }

    /// Makes a link into a session.
    pub(crate) fn new_link(&mut self, inquiry: &str, session: &str, life: SignedDuration) -> usize {
        let code = format!("sim1-{}", id::letters(&mut self.random, 32));
        let short_code = id::letters(&mut self.random, 10);
        self.links.push(OneTimeLink {
            code,
            short_code,
            inquiry: inquiry.to_owned(),
            session: session.to_owned(),
            expires_at: later(self.now, life),
            used_at: None,
        });
        self.links.len() - 1
    }

    /// The long and the short URL of a link.
    pub(crate) fn link_urls(&self, index: usize) -> Option<(String, String)> {
        let link = self.links.get(index)?;
        let url = |code: &str| format!("{}/verify?code={code}", self.public_url);
        Some((url(&link.code), url(&link.short_code)))
    }

    /// Counts a visit to a link, and gives the inquiry and the session behind it.
    pub(crate) fn visit_link(&mut self, code: &str) -> Result<(String, String), LinkRefusal> {
        let now = self.now;
        let link = self
            .links
            .iter_mut()
            .find(|link| link.code == code || link.short_code == code);
        let link = link.ok_or(LinkRefusal::Unknown)?;
        let open = self
            .inquiries
            .get(&link.inquiry)
            .is_some_and(|inquiry| inquiry.status.is_open() && inquiry.redacted_at.is_none());
        let finished = self
            .inquiries
            .get(&link.inquiry)
            .is_some_and(|inquiry| inquiry.status != Status::Expired && !inquiry.status.is_open());
        if finished {
            return Err(LinkRefusal::Closed);
        }
        link.visit(now)?;
        if open {
            Ok((link.inquiry.clone(), link.session.clone()))
        } else {
            Err(LinkRefusal::Closed)
        }
    }
}
