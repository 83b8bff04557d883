//! One call, as it is sent.

use http::Method;
use serde_json::Value;
use url::Url;

use crate::list::PageRequest;
use crate::{Error, IdempotencyKey, Shape};

/// When a call that failed may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It changes nothing.
    Always,
    /// Persona recognises its idempotency key.
    Keyed,
    /// Only when Persona surely did not act on it.
    Unsent,
}

/// A request to Persona, relative to the address of the API.
pub(crate) struct Call {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) repeat: Repeat,
    pub(crate) key: Option<IdempotencyKey>,
    pub(crate) body: Option<Vec<u8>>,
    path: Vec<String>,
    query: Vec<(String, String)>,
    shape: Shape,
}

impl Call {
    fn new(operation: &'static str, method: Method, repeat: Repeat, path: &[&str]) -> Self {
        let path = path.iter().map(|&segment| segment.to_owned()).collect();
        Self {
            operation,
            method,
            repeat,
            key: None,
            body: None,
            path,
            query: Vec::new(),
            shape: Shape::default(),
        }
    }

    pub(crate) fn get(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, Method::GET, Repeat::Always, path)
    }

    /// A POST that only reads.
    pub(crate) fn search(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, Method::POST, Repeat::Always, path)
    }

    pub(crate) fn post(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, Method::POST, Repeat::Unsent, path)
    }

    /// Persona knows idempotency keys for POST only.
    pub(crate) fn patch(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, Method::PATCH, Repeat::Unsent, path)
    }

    pub(crate) fn key(self, key: &IdempotencyKey) -> Self {
        Self {
            key: Some(key.clone()),
            repeat: Repeat::Keyed,
            ..self
        }
    }

    pub(crate) fn shape(self, shape: &Shape) -> Self {
        Self {
            shape: shape.clone(),
            ..self
        }
    }

    pub(crate) fn body(self, body: &Value) -> Self {
        Self {
            body: Some(body.to_string().into_bytes()),
            ..self
        }
    }

    pub(crate) fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn page(self, page: &PageRequest) -> Self {
        let size = page.size.map(|size| size.to_string());
        let parts = [
            ("page[size]", size.as_ref()),
            ("page[after]", page.after.as_ref()),
            ("page[before]", page.before.as_ref()),
        ];
        parts
            .into_iter()
            .fold(self, |call, (name, value)| match value {
                Some(value) => call.query(name, value),
                None => call,
            })
    }

    /// The full address, with path segments and query percent-encoded.
    pub(crate) fn url(&self, base: &Url) -> Result<Url, Error> {
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| Error::InvalidRequest {
                what: "the address of the API has no path",
            })?
            .pop_if_empty()
            .extend(&self.path);
        for (name, value) in &self.query {
            url.query_pairs_mut().append_pair(name, value);
        }
        self.shape.append_to(&mut url);
        Ok(url)
    }
}
