//! Lists: a page at a time, each with the place where the next one begins.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use utoipa::ToSchema;

use super::{input::error, kind::Kind, problem::Problem};

/// Rows of a page when nobody says how many, and at most.
const USUAL: usize = 50;
const MOST: usize = 100;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct List<T> {
    /// The rows.
    pub(super) data: Vec<T>,
    /// Whether there are more.
    pub(super) has_more: bool,
    /// What `cursor` must be to get the next page; opaque. `null` where a list ends. The list of events has no end: there it is
    /// always given, and asking with it again later gives what happened since.
    pub(super) next_cursor: Option<String>,
}

/// How many rows a page shall have.
pub(super) fn most(limit: Option<usize>) -> Result<usize, Problem> {
    let limit = limit.unwrap_or(USUAL);
    if (1..=MOST).contains(&limit) {
        return Ok(limit);
    }
    let detail = format!("must be from 1 to {MOST}");
    Err(Problem::fields(
        Kind::InvalidParameter,
        vec![error("limit", detail)],
    ))
}

/// The cursors of one list: a place as text, behind the list's name, so that none is taken for that of another list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursors(pub(super) &'static str);

impl Cursors {
    /// The cursor of a place.
    pub(super) fn write(self, place: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{place}", self.0))
    }

    /// The place of a cursor that came back; none when there is no cursor.
    pub(super) fn read<T>(
        self,
        cursor: Option<&str>,
        place: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.as_deref().and_then(|text| text.strip_prefix(self.0));
        let found = text.and_then(|text| text.strip_prefix(':')).and_then(place);
        found.map(Some).ok_or_else(|| {
            let detail = "This cursor was not given by this list.";
            Problem::new(Kind::InvalidCursor, detail)
        })
    }
}

impl<T> List<T> {
    /// A page of rows, of which one more than fits was asked for: it tells whether there are more.
    pub(super) fn cut<R>(
        mut rows: Vec<R>,
        most: usize,
        cursor: impl FnOnce(&R) -> String,
        view: impl Fn(R) -> T,
    ) -> Self {
        let has_more = rows.len() > most;
        rows.truncate(most);
        let next_cursor = rows.last().filter(|_| has_more).map(cursor);
        Self {
            data: rows.into_iter().map(view).collect(),
            has_more,
            next_cursor,
        }
    }
}

/// A ULID, or another ID without anything that is special in a cursor.
pub(super) fn id(text: &str) -> Option<String> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (!text.is_empty() && text.bytes().all(is_id)).then(|| text.to_owned())
}
