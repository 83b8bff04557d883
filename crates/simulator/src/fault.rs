//! Faults on request: which requests they hit, and what they do to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something that goes wrong for the requests that it matches, the oldest matching fault first.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Which requests it hits; all API and flow requests if left out.
    #[serde(default, rename = "match")]
    pub matching: FaultMatch,
    /// What happens to them.
    pub kind: FaultKind,
    /// How often it strikes; `None` until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
}

/// A condition on a request; what is `None` matches everything.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FaultMatch {
    /// The HTTP method, in any case.
    #[serde(default)]
    pub method: Option<String>,
    /// A part of the path.
    #[serde(default)]
    pub path_contains: Option<String>,
    /// An inquiry ID in the path or in the query.
    #[serde(default)]
    pub inquiry: Option<String>,
}

/// What goes wrong.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The answer comes this much later, in real time.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
    /// Nothing is done and no answer comes until the client gives up.
    Hang,
    /// Nothing is done; this status is the answer. Like Persona's own it is stored under the idempotency key, unless it is
    /// HTML or 429, 502, 503 or 504, which come from in front of the application.
    Status {
        /// The HTTP status.
        code: u16,
        /// Extra headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// Whether the body is a gateway's HTML page instead of Persona's error object.
        #[serde(default)]
        html: bool,
    },
    /// 429 with `RateLimit-Reset`; nothing is done.
    RateLimited {
        /// Seconds until the window ends.
        reset_seconds: u64,
    },
    /// The request is done, and the answer's JSON is cut in the middle of a value.
    BrokenJson,
    /// The request is done, and the connection ends in the middle of the announced body.
    TruncatedBody,
    /// The request is done, and the answer says `text/html`.
    WrongContentType,
    /// The request is done, and the connection ends before any byte of the answer.
    DropConnection,
    /// The request is done, and `meta.session-token` is missing from the answer.
    MissingToken,
    /// The request is done, and each inquiry has a status that is not in the documentation.
    UnknownStatus,
    /// The request is done, and every object has a key that is not in the documentation.
    UnknownFields,
    /// The request is done, and the answer is some 16 MiB long.
    HugeBody,
    /// The widget page carries `X-Frame-Options: DENY`, as for a domain that is not on the allowlist.
    FrameDenied,
}

impl Fault {
    /// A fault that hits every request until it is cleared.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self {
            matching: FaultMatch::default(),
            kind,
            times: None,
        }
    }

    /// Hits only this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.matching.method = Some(method.to_owned());
        self
    }

    /// Hits only paths that contain this.
    #[must_use]
    pub fn path(mut self, part: &str) -> Self {
        self.matching.path_contains = Some(part.to_owned());
        self
    }

    /// Hits only requests that name this inquiry.
    #[must_use]
    pub fn inquiry(mut self, id: &str) -> Self {
        self.matching.inquiry = Some(id.to_owned());
        self
    }

    /// Strikes this often and is gone.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    fn hits(&self, method: &str, path: &str, query: &str) -> bool {
        let matching = &self.matching;
        matching
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && matching
                .path_contains
                .as_ref()
                .is_none_or(|part| path.contains(part.as_str()))
            && matching
                .inquiry
                .as_ref()
                .is_none_or(|id| path.contains(id.as_str()) || query.contains(id.as_str()))
    }
}

/// The faults that are waiting to strike.
#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one behind the others.
    pub(crate) fn inject(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Removes all.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What waits, oldest first.
    pub(crate) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// The fault for this request, counted as struck.
    pub(crate) fn strike(&mut self, method: &str, path: &str, query: &str) -> Option<FaultKind> {
        let index = self
            .0
            .iter()
            .position(|fault| fault.times != Some(0) && fault.hits(method, path, query))?;
        let fault = self.0.get_mut(index)?;
        let kind = fault.kind.clone();
        fault.times = fault.times.map(|times| times - 1);
        if fault.times == Some(0) {
            self.0.remove(index);
        }
        Some(kind)
    }
}
