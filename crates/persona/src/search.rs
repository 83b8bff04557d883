//! Search over inquiries, with conditions that can be combined.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::list::{self, Page, PageRequest};
use crate::request::Call;
use crate::{Client, Error, Inquiry, InquiryStatus, Shape, TemplateId};

/// What to search for and how to sort it (docs.withpersona.com/api-reference/inquiries/search-inquiries).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The condition; every inquiry without one.
    pub query: Option<Query>,
    /// The order; Persona's own without one.
    pub sort: Option<Sort>,
}

/// A condition. Persona takes two levels of nesting and 20 clauses at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// All of these hold.
    And(Vec<Query>),
    /// One of these holds.
    Or(Vec<Query>),
    /// This does not hold.
    Not(Box<Query>),
    /// The inquiry is in this status.
    Status(InquiryStatus),
    /// The inquiry has this reference ID.
    ReferenceId(String),
    /// The inquiry is from this template.
    Template(TemplateId),
    /// The inquiry was made then.
    CreatedAt(Comparison, Timestamp),
    /// The inquiry last changed then.
    UpdatedAt(Comparison, Timestamp),
}

/// How a time compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Exactly then.
    Equal,
    /// Later.
    After,
    /// Then or later.
    From,
    /// Earlier.
    Before,
    /// Then or earlier.
    Until,
}

/// An order of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// What to sort by.
    pub by: SortBy,
    /// Smallest or oldest first.
    pub ascending: bool,
}

/// What results can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
    /// The status.
    Status,
}

impl Search {
    /// Attributes are in snake case here, whatever the key inflection.
    fn body(&self, page: &PageRequest) -> Value {
        let mut body = json!({});
        if let Some(query) = &self.query {
            body["query"] = query.body();
        }
        if let Some(sort) = self.sort {
            let direction = if sort.ascending { "asc" } else { "desc" };
            body["sort"] = json!({ "attribute": sort.by.attribute(), "direction": direction });
        }
        if let Some(size) = page.size {
            body["page"] = json!({ "size": size });
        }
        body
    }
}

impl Query {
    fn body(&self) -> Value {
        let all = |clauses: &[Self]| clauses.iter().map(Self::body).collect::<Vec<_>>();
        match self {
            Self::And(clauses) => json!({ "and": all(clauses) }),
            Self::Or(clauses) => json!({ "or": all(clauses) }),
            Self::Not(clause) => json!({ "not": clause.body() }),
            Self::Status(status) => predicate("status", "eq", status.as_str()),
            Self::ReferenceId(id) => predicate("reference_id", "eq", id),
            Self::Template(id) => predicate("inquiry_template_id", "eq", id.as_str()),
            Self::CreatedAt(how, time) => {
                predicate("created_at", how.operator(), &time.to_string())
            }
            Self::UpdatedAt(how, time) => {
                predicate("updated_at", how.operator(), &time.to_string())
            }
        }
    }
}

fn predicate(attribute: &str, operator: &str, value: &str) -> Value {
    json!({ "attribute": attribute, "operator": operator, "value": value })
}

impl Comparison {
    fn operator(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::After => "gt",
            Self::From => "gte",
            Self::Before => "lt",
            Self::Until => "lte",
        }
    }
}

impl SortBy {
    fn attribute(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
            Self::Status => "status",
        }
    }
}

impl Client {
    /// Searches inquiries; the results hold no personal data.
    ///
    /// Results lag about a minute behind, longer during an outage, so never search for what was just written. A page is
    /// followed by the same search with the page's `next`.
    pub async fn search_inquiries(
        &self,
        search: &Search,
        page: &PageRequest,
    ) -> Result<Page<Inquiry>, Error> {
        let cursor = PageRequest {
            size: None,
            ..page.clone()
        };
        let call = Call::search("search_inquiries", &["inquiries", "search"])
            .shape(&Shape::state())
            .page(&cursor);
        let answer = self.send(call.body(&search.body(page))).await?;
        list::read(&answer, self.api_url(), |resource| {
            Inquiry::read(resource, &[])
        })
    }
}
