//! List answers: `{data, links}` with a cursor that is an object's ID (docs.withpersona.com/pagination).

use serde_json::{Value, json};

use super::call::Query;
use super::error::ApiError;

const DEFAULT_SIZE: usize = 10;
const LARGEST_SIZE: usize = 100;

/// Which part of a list is wanted.
pub(crate) struct Page {
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
    pub(crate) size: usize,
}

impl Page {
    /// What `page[after]`, `page[before]` and `page[size]` say.
    pub(crate) fn from_query(query: &Query) -> Result<Self, ApiError> {
        let size = query
            .get("page[size]")
            .map(|size| size.parse().map_err(|_| wrong_size()))
            .transpose()?;
        Self {
            after: query.get("page[after]").map(str::to_owned),
            before: query.get("page[before]").map(str::to_owned),
            size: size.unwrap_or(DEFAULT_SIZE),
        }
        .checked()
    }

    /// Refuses a size out of range.
    pub(crate) fn checked(self) -> Result<Self, ApiError> {
        if (1..=LARGEST_SIZE).contains(&self.size) {
            Ok(self)
        } else {
            Err(wrong_size())
        }
    }

    /// The wanted range of a list of IDs, and whether there is more before and after it.
    fn range(&self, ids: &[&str]) -> Result<std::ops::Range<usize>, ApiError> {
        let position = |cursor: &String| {
            ids.iter()
                .position(|id| id == cursor)
                .ok_or_else(|| ApiError::bad_request("page cursor is not in the list"))
        };
        if let Some(before) = &self.before {
            let end = position(before)?;
            return Ok(end.saturating_sub(self.size)..end);
        }
        let start = self
            .after
            .as_ref()
            .map(position)
            .transpose()?
            .map_or(0, |index| index + 1);
        Ok(start..ids.len().min(start + self.size))
    }
}

/// Cuts the wanted page out of all that matched, in order, and serialises only that.
pub(crate) fn paginate<T>(
    path: &str,
    query: &Query,
    page: &Page,
    items: &[&T],
    id: impl Fn(&T) -> &str,
    serialise: impl Fn(&T) -> Value,
) -> Result<Value, ApiError> {
    let ids: Vec<_> = items.iter().map(|item| id(item)).collect();
    let range = page.range(&ids)?;
    let shown = items.get(range.clone()).unwrap_or_default();
    let link = |cursor: &str, item: Option<&&T>| {
        item.map(|item| format!("/api/v1/{path}?{}", query.with_cursor(cursor, id(item))))
    };
    let prev = link("before", shown.first().filter(|_| range.start > 0));
    let next = link("after", shown.last().filter(|_| range.end < items.len()));
    let data: Vec<_> = shown.iter().map(|item| serialise(item)).collect();
    Ok(json!({ "data": data, "links": { "prev": prev, "next": next } }))
}

fn wrong_size() -> ApiError {
    ApiError::bad_request("page.size must be between 1 and 100")
}
