//! `POST /inquiries/search` (docs.withpersona.com/api-reference/inquiries/search-inquiries).

use std::cmp::Ordering;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::call::{Answer, Call, Reply, present};
use super::error::ApiError;
use super::inquiries::newest_first;
use super::list::{Page, paginate};
use crate::inquiry::{Inquiry, InquiryTemplate};
use crate::resource;

const DEEPEST: usize = 2;
const MOST_CLAUSES: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    #[serde(default, deserialize_with = "present")]
    query: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    sort: Option<Sort>,
    #[serde(default, deserialize_with = "present")]
    page: Option<SearchPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sort {
    attribute: SortAttribute,
    direction: Direction,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SortAttribute {
    CreatedAt,
    UpdatedAt,
    Status,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Direction {
    Asc,
    Desc,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SearchPage {
    #[serde(default, deserialize_with = "present")]
    after: Option<String>,
    #[serde(default, deserialize_with = "present")]
    before: Option<String>,
    #[serde(default, deserialize_with = "present")]
    size: Option<usize>,
}

/// Finds inquiries. Persona's index lags by about a minute; this one does not.
pub(crate) fn search(call: &mut Call<'_>) -> Answer {
    let Search { query, sort, page } = call.body()?;
    let clause = query
        .as_ref()
        .map(|query| parse(query, DEEPEST))
        .transpose()?;
    if clause
        .as_ref()
        .is_some_and(|clause| clause.count() > MOST_CLAUSES)
    {
        return Err(ApiError::bad_request("query has more than 20 clauses"));
    }
    let mut found = newest_first(call.state);
    found.retain(|inquiry| clause.as_ref().is_none_or(|clause| clause.matches(inquiry)));
    if let Some(sort) = sort {
        found.sort_by(|a, b| compare(a, b, &sort));
    }
    let linked = Page::from_query(&call.query)?;
    let page = page.unwrap_or_default();
    let page = Page {
        after: linked.after.or(page.after),
        before: linked.before.or(page.before),
        size: page.size.unwrap_or(linked.size),
    };
    Ok(Reply::ok(paginate(
        "inquiries/search",
        &call.query,
        &page.checked()?,
        &found,
        |inquiry| &inquiry.id,
        resource::inquiry,
    )?))
}

/// A condition on an inquiry.
enum Clause {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Leaf(Leaf),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaf {
    attribute: Attribute,
    operator: Operator,
    value: Value,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Attribute {
    Status,
    CreatedAt,
    UpdatedAt,
    ReferenceId,
    InquiryTemplateId,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Operator {
    Eq,
    Gt,
    Gte,
    Lt,
    Lte,
}

fn parse(query: &Value, levels: usize) -> Result<Clause, ApiError> {
    let object = query
        .as_object()
        .ok_or_else(|| ApiError::bad_request("query must be an object"))?;
    match single(object) {
        Some(("and", Value::Array(clauses))) => Ok(Clause::And(parse_all(clauses, levels)?)),
        Some(("or", Value::Array(clauses))) => Ok(Clause::Or(parse_all(clauses, levels)?)),
        Some(("not", clause)) => Ok(Clause::Not(Box::new(parse(clause, deeper(levels)?)?))),
        _ => {
            let leaf = serde_json::from_value(query.clone())
                .map_err(|error| ApiError::bad_request(error.to_string()))?;
            Ok(Clause::Leaf(leaf))
        }
    }
}

fn single(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut entries = object.iter();
    let (key, value) = entries.next()?;
    entries.next().is_none().then_some((key.as_str(), value))
}

fn parse_all(clauses: &[Value], levels: usize) -> Result<Vec<Clause>, ApiError> {
    let levels = deeper(levels)?;
    clauses.iter().map(|clause| parse(clause, levels)).collect()
}

fn deeper(levels: usize) -> Result<usize, ApiError> {
    levels
        .checked_sub(1)
        .ok_or_else(|| ApiError::bad_request("query is nested more than 2 levels deep"))
}

impl Clause {
    fn count(&self) -> usize {
        match self {
            Self::And(clauses) | Self::Or(clauses) => clauses.iter().map(Self::count).sum(),
            Self::Not(clause) => clause.count(),
            Self::Leaf(_) => 1,
        }
    }

    fn matches(&self, inquiry: &Inquiry) -> bool {
        match self {
            Self::And(clauses) => clauses.iter().all(|clause| clause.matches(inquiry)),
            Self::Or(clauses) => clauses.iter().any(|clause| clause.matches(inquiry)),
            Self::Not(clause) => !clause.matches(inquiry),
            Self::Leaf(leaf) => leaf.matches(inquiry),
        }
    }
}

impl Leaf {
    fn matches(&self, inquiry: &Inquiry) -> bool {
        let value = self.value.as_str().unwrap_or_default();
        let time = |at: Timestamp| {
            value
                .parse::<Timestamp>()
                .ok()
                .map(|wanted| at.cmp(&wanted))
        };
        let ordering = match self.attribute {
            Attribute::Status => Some(inquiry.status.as_str().cmp(value)),
            Attribute::CreatedAt => time(inquiry.created_at),
            Attribute::UpdatedAt => time(inquiry.updated_at),
            Attribute::ReferenceId => inquiry
                .reference_id
                .as_deref()
                .map(|reference| reference.cmp(value)),
            Attribute::InquiryTemplateId => match &inquiry.template {
                InquiryTemplate::Dynamic { template, .. } => Some(template.as_str().cmp(value)),
                InquiryTemplate::Legacy(_) => None,
            },
        };
        ordering.is_some_and(|ordering| self.operator.accepts(ordering))
    }
}

impl Operator {
    fn accepts(self, ordering: Ordering) -> bool {
        match self {
            Self::Eq => ordering.is_eq(),
            Self::Gt => ordering.is_gt(),
            Self::Gte => ordering.is_ge(),
            Self::Lt => ordering.is_lt(),
            Self::Lte => ordering.is_le(),
        }
    }
}

fn compare(a: &Inquiry, b: &Inquiry, sort: &Sort) -> Ordering {
    let ordering = match sort.attribute {
        SortAttribute::CreatedAt => a.created_at.cmp(&b.created_at),
        SortAttribute::UpdatedAt => a.updated_at.cmp(&b.updated_at),
        SortAttribute::Status => a.status.as_str().cmp(b.status.as_str()),
    };
    if sort.direction == Direction::Desc {
        ordering.reverse()
    } else {
        ordering
    }
}
