//! What a browser got back.

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

/// Status, headers and body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect(&self.body)
    }

    /// Status and code of a refused act.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let json = self.json();
        let code = json["refusal"].as_str().expect(&self.body);
        (self.status.as_u16(), code.to_owned())
    }

    /// The session token that a resume gave.
    pub(crate) fn session_token(&self) -> Option<String> {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.json()["session-token"].as_str().map(str::to_owned)
    }

    /// A header's text; empty when there is no such header.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Status and level-1 heading of a page.
    pub(crate) fn page(&self) -> (u16, &str) {
        let (_, rest) = self.body.split_once("<h1>").expect(&self.body);
        let (heading, rest) = rest.split_once("</h1>").unwrap();
        assert!(!rest.contains("<h1"), "a page has one level-1 heading");
        (self.status.as_u16(), heading)
    }

    /// Where a redirect leads, with its status.
    pub(crate) fn redirect(&self) -> (u16, &str) {
        (self.status.as_u16(), self.header("location"))
    }
}
