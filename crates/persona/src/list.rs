//! Lists, their filters and their pages.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use url::Url;

use crate::answer::Answer;
use crate::document::{List, Resource};
use crate::request::Call;
use crate::{AccountId, Client, Error, Inquiry, InquiryId, InquiryStatus, Shape, TemplateId};

/// Which page of a list to read (docs.withpersona.com/pagination).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// Objects on a page, 1 to 100; Persona's default is 10.
    pub size: Option<u8>,
    /// Start after the object with this identifier.
    pub after: Option<String>,
    /// End before the object with this identifier.
    pub before: Option<String>,
}

impl PageRequest {
    /// The first page of a list, with so many objects.
    #[must_use]
    pub fn of(size: u8) -> Self {
        Self {
            size: Some(size),
            ..Self::default()
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The objects, newest first unless a search sorts them.
    pub items: Vec<T>,
    /// How to ask for the page that follows; `None` on the last one.
    pub next: Option<PageRequest>,
    /// How to ask for the page before; `None` on the first one.
    pub prev: Option<PageRequest>,
}

/// Which inquiries to list; what is empty does not narrow
/// (docs.withpersona.com/api-reference/inquiries/list-all-inquiries).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InquiryFilter {
    /// Any of these inquiries, 100 at most.
    pub inquiry_ids: Vec<InquiryId>,
    /// Of any of these accounts.
    pub account_ids: Vec<AccountId>,
    /// With this reference ID.
    pub reference_id: Option<String>,
    /// From any of these templates; legacy ones cannot be mixed with others.
    pub template_ids: Vec<TemplateId>,
    /// In any of these statuses.
    pub statuses: Vec<InquiryStatus>,
    /// Made at this time or later.
    pub created_from: Option<Timestamp>,
    /// Made at this time or earlier.
    pub created_until: Option<Timestamp>,
    /// With exactly this note; Persona takes it only as the sole filter.
    pub note: Option<String>,
}

impl InquiryFilter {
    /// The filters that are set, as query parameters.
    fn query(&self) -> Vec<(&'static str, String)> {
        let (legacy, current): (Vec<_>, Vec<_>) = self
            .template_ids
            .iter()
            .partition(|id| id.as_str().starts_with("tmpl_"));
        let all = [
            (
                "filter[inquiry-id]",
                joined(&self.inquiry_ids, InquiryId::as_str),
            ),
            (
                "filter[account-id]",
                joined(&self.account_ids, AccountId::as_str),
            ),
            ("filter[reference-id]", self.reference_id.clone()),
            (
                "filter[inquiry-template-id]",
                joined(&current, |id| id.as_str()),
            ),
            ("filter[template-id]", joined(&legacy, |id| id.as_str())),
            (
                "filter[status]",
                joined(&self.statuses, InquiryStatus::as_str),
            ),
            (
                "filter[created-at-start]",
                self.created_from.map(|time| time.to_string()),
            ),
            (
                "filter[created-at-end]",
                self.created_until.map(|time| time.to_string()),
            ),
            ("filter[note]", self.note.clone()),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}

/// A comma-separated list; `None` when there is nothing to list.
pub(crate) fn joined<T>(items: &[T], text: impl Fn(&T) -> &str) -> Option<String> {
    (!items.is_empty()).then(|| items.iter().map(text).collect::<Vec<_>>().join(","))
}

impl Client {
    /// Lists inquiries, newest first and without personal data
    /// (docs.withpersona.com/api-reference/inquiries/list-all-inquiries).
    pub async fn list_inquiries(
        &self,
        filter: &InquiryFilter,
        page: &PageRequest,
    ) -> Result<Page<Inquiry>, Error> {
        let mut call = Call::get("list_inquiries", &["inquiries"])
            .shape(&Shape::state())
            .page(page);
        for (name, value) in filter.query() {
            call = call.query(name, &value);
        }
        read(&self.send(call).await?, self.api_url(), |resource| {
            Inquiry::read(resource, &[])
        })
    }
}

/// Reads a page; one object that cannot be read makes the whole page unreadable, so that none is lost in silence.
pub(crate) fn read<A: DeserializeOwned, T>(
    answer: &Answer,
    base: &Url,
    object: impl Fn(Resource<A>) -> Result<T, String>,
) -> Result<Page<T>, Error> {
    let list: List<Resource<A>> = answer.json()?;
    let items: Result<Vec<_>, _> = list.data.into_iter().map(object).collect();
    let follow = |link: Option<String>| link.map(|link| page_request(base, &link)).transpose();
    Ok(Page {
        items: items.map_err(|what| answer.malformed(what))?,
        next: follow(list.links.next).map_err(|what| answer.malformed(what))?,
        prev: follow(list.links.prev).map_err(|what| answer.malformed(what))?,
    })
}

/// Takes the cursor out of a link, which is relative: the link itself never decides where the key is sent.
fn page_request(base: &Url, link: &str) -> Result<PageRequest, &'static str> {
    let link = base
        .join(link)
        .map_err(|_| "a page link is not an address")?;
    let value = |name: &str| {
        link.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let request = PageRequest {
        size: value("page[size]").and_then(|size| size.parse().ok()),
        after: value("page[after]"),
        before: value("page[before]"),
    };
    let has_cursor = request.after.is_some() || request.before.is_some();
    has_cursor
        .then_some(request)
        .ok_or("a page link has no cursor")
}
