//! One step of an import: one request to Persona, and one change that keeps its answer and moves the place.
//!
//! The list is read, not the search: a search lags a minute behind and is sorted anew while it is paged
//! (<https://docs.withpersona.com/api-reference/inquiries/search-inquiries>). The list is newest first and its cursor is
//! an inquiry, so whatever is made meanwhile comes before the first page and shifts nothing.

use std::time::Duration;

use jiff::Timestamp;
use persona::{
    Error as PersonaError, Inquiry, InquiryFilter, InquiryId, InquiryStatus, Page, PageRequest,
    Shape,
};
use serde_json::json;

use super::{Mirror, State, deed, row};
use crate::{
    budget::rest,
    failure::Failure,
    store::{imports, imports::ImportRow, inquiries, templates},
    worker::{Bell, Pace, Work},
};

/// Objects on a page, the most that Persona gives (<https://docs.withpersona.com/pagination>).
const ON_A_PAGE: u8 = 100;
/// What an import reads now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The list of templates, which Persona gives to production keys only.
    Templates,
    /// The list of inquiries.
    Inquiries,
    /// Templates that no list told of, each through an inquiry.
    Names,
}

impl Phase {
    /// The name in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Templates => "templates",
            Self::Inquiries => "inquiries",
            Self::Names => "names",
        }
    }

    fn of(import: &ImportRow) -> Self {
        [Self::Templates, Self::Names]
            .into_iter()
            .find(|phase| phase.code() == import.phase)
            .unwrap_or(Self::Inquiries)
    }
}

impl Work for Mirror {
    const NAME: &'static str = "import";

    async fn step(&self) -> Result<Pace, Failure> {
        let Some(import) = self.store.running_import().await? else {
            return Ok(Pace::Idle);
        };
        let wait = import.next_at - self.clock.now_ms();
        if let Ok(wait @ 1..) = u64::try_from(wait) {
            return Ok(Pace::In(Duration::from_millis(wait)));
        }
        if let Some(wait) = self.budget.wait() {
            let waiting = ImportRow {
                next_at: self.after(wait),
                ..import.clone()
            };
            self.move_on(import, waiting, None).await?;
            return Ok(Pace::In(wait));
        }
        let read = match Phase::of(&import) {
            Phase::Templates => self.read_templates(&import).await,
            Phase::Inquiries => self.read_inquiries(&import).await,
            Phase::Names => self.read_name(&import).await,
        };
        match read {
            Err(Failure::Persona(error)) => self.stumble(import, &error).await,
            read => read.map(|()| Pace::Now),
        }
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

impl Mirror {
    /// Reads a page of templates; a key that may not see them learns their names later.
    async fn read_templates(&self, import: &ImportRow) -> Result<(), Failure> {
        let page = PageRequest {
            after: import.last_id.clone(),
            ..PageRequest::of(ON_A_PAGE)
        };
        let read_at = self.clock.now_ms();
        let (items, next) = match self.persona.list_templates(&page).await {
            Ok(page) => (page.items, page.next.and_then(|next| next.after)),
            Err(PersonaError::Forbidden { .. } | PersonaError::NotFound { .. }) => (vec![], None),
            Err(error) => return Err(error.into()),
        };
        let phase = if next.is_some() {
            Phase::Templates
        } else {
            Phase::Inquiries
        };
        let (seen, now) = (import.clone(), advanced(import, phase, next));
        let rows: Vec<_> = items
            .iter()
            .map(|template| row::listed(template, read_at))
            .collect();
        let kept = self.store.change(move |change| {
            if imports::move_on(change, &seen, &now)? {
                for row in &rows {
                    templates::keep(change, row)?;
                }
            }
            Ok(())
        });
        Ok(kept.await?)
    }

    /// Reads a page of inquiries.
    async fn read_inquiries(&self, import: &ImportRow) -> Result<(), Failure> {
        let read_at = self.clock.now_ms();
        let page = PageRequest {
            after: import.last_id.clone(),
            ..PageRequest::of(ON_A_PAGE)
        };
        let listed = self.persona.list_inquiries(&filter(import), &page).await;
        match listed {
            Ok(page) => self.keep(import, &page, read_at).await,
            // The inquiry where the page shall begin is in the list no more; its time still says where that was.
            Err(PersonaError::Invalid { .. }) if import.last_id.is_some() => {
                let now = ImportRow {
                    last_id: None,
                    ..import.clone()
                };
                self.move_on(import.clone(), now, None).await.map(drop)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn keep(
        &self,
        import: &ImportRow,
        page: &Page<Inquiry>,
        read_at: i64,
    ) -> Result<(), Failure> {
        let next = page.next.as_ref().and_then(|next| next.after.clone());
        let rows: Vec<_> = page
            .items
            .iter()
            .map(|inquiry| row(inquiry, read_at))
            .collect();
        let last_at = rows.last().and_then(|row| row.created_at);
        let phase = if next.is_some() {
            Phase::Inquiries
        } else {
            Phase::Names
        };
        let now = ImportRow {
            last_at: last_at.or(import.last_at),
            pages: import.pages + 1,
            inquiries: import.inquiries + i64::try_from(rows.len()).unwrap_or_default(),
            ..advanced(import, phase, next)
        };
        let seen = import.clone();
        let kept = self.store.change(move |change| {
            if imports::move_on(change, &seen, &now)? {
                for row in &rows {
                    inquiries::keep(change, row)?;
                    if let Some(template) = &row.template_id {
                        templates::note(change, template)?;
                    }
                }
            }
            Ok(())
        });
        Ok(kept.await?)
    }

    /// Reads a template through an inquiry that was made from it; when none is left to read, the import is over.
    async fn read_name(&self, import: &ImportRow) -> Result<(), Failure> {
        let Some((template, inquiry)) = self.store.unread_template(import.started_at).await? else {
            return self.finish(import).await;
        };
        let read_at = self.clock.now_ms();
        let inquiry = match inquiry.and_then(|id| InquiryId::parse(id).ok()) {
            Some(id) => self.include_template(&id).await?,
            None => None,
        };
        let row = inquiry.map(|inquiry| row::included(&template, &inquiry, read_at));
        let (seen, now) = (import.clone(), advanced(import, Phase::Names, None));
        let kept = self.store.change(move |change| {
            if imports::move_on(change, &seen, &now)? {
                match row {
                    Some(row) => templates::keep(change, &row)?,
                    None => templates::touch(change, &template, read_at)?,
                }
            }
            Ok(())
        });
        Ok(kept.await?)
    }

    async fn include_template(&self, id: &InquiryId) -> Result<Option<Inquiry>, PersonaError> {
        let shape = Shape::state().with_template();
        match self.persona.retrieve_inquiry(id, &shape).await {
            Ok(inquiry) => Ok(Some(inquiry)),
            Err(PersonaError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn finish(&self, import: &ImportRow) -> Result<(), Failure> {
        let at = self.clock.now_ms();
        let now = ImportRow {
            state: State::Done.code().to_owned(),
            finished_at: Some(at),
            ..import.clone()
        };
        let mut deed = deed(import, "system", "import-finished", at);
        let after = json!({ "pages": import.pages, "inquiries": import.inquiries });
        deed.after = Some(after.to_string());
        self.move_on(import.clone(), now, Some(deed))
            .await
            .map(drop)
    }

    /// What a failure of Persona means: wait and go on, or stop until somebody looked into it.
    async fn stumble(&self, import: ImportRow, error: &PersonaError) -> Result<Pace, Failure> {
        let persona_request_id = error.request_id();
        tracing::warn!(import = import.id, persona_request_id, cause = %error, "a page was not read");
        let now = ImportRow {
            failures: import.failures + 1,
            error: Some(error.to_string()),
            ..import.clone()
        };
        let Some(wait) = rest(error, import.failures) else {
            let now = ImportRow {
                state: State::Parked.code().to_owned(),
                ..now
            };
            let deed = deed(&now, "system", "import-parked", self.clock.now_ms());
            self.move_on(import, now, Some(deed)).await?;
            return Ok(Pace::Now);
        };
        let now = ImportRow {
            next_at: self.after(wait),
            ..now
        };
        self.move_on(import, now, None).await?;
        Ok(Pace::In(wait))
    }
}

/// The import after a request that was answered.
fn advanced(import: &ImportRow, phase: Phase, last_id: Option<String>) -> ImportRow {
    ImportRow {
        phase: phase.code().to_owned(),
        last_id,
        failures: 0,
        next_at: 0,
        error: None,
        ..import.clone()
    }
}

/// Which inquiries Persona shall list. Without a cursor the time of the last one says where to begin; that one comes
/// again, and changes nothing.
fn filter(import: &ImportRow) -> InquiryFilter {
    let time = |ms: Option<i64>| ms.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let statuses = import
        .statuses
        .split(',')
        .filter(|status| !status.is_empty());
    InquiryFilter {
        statuses: statuses.map(InquiryStatus::from).collect(),
        created_from: time(import.since),
        created_until: time(import.last_at.filter(|_| import.last_id.is_none())),
        ..InquiryFilter::default()
    }
}
