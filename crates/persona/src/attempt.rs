//! What an observer is told of each request that is sent.

use std::sync::Arc;
use std::time::Duration;

/// One request to Persona and what came of it. It holds no path, no identifier and no content, so it can be counted
/// and logged as it is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The call that it belongs to, such as `resume_inquiry`.
    pub operation: &'static str,
    /// `ok`, or the failure's [`Error::code`](crate::Error::code).
    pub outcome: &'static str,
    /// From sending it until its answer was read in full, or given up.
    pub took: Duration,
}

/// Called after each attempt.
pub(crate) type Observer = Arc<dyn Fn(&Attempt) + Send + Sync>;
