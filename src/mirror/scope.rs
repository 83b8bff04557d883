//! Which inquiries an import reads.

/// Every status that Persona documents (<https://docs.withpersona.com/model-lifecycle>).
pub const STATUSES: [&str; 8] = [
    "created",
    "pending",
    "expired",
    "completed",
    "needs_review",
    "approved",
    "declined",
    "failed",
];

/// Which inquiries: all of them by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only in these statuses; all when empty.
    pub(super) statuses: Vec<String>,
    /// Only those that were made since then, in ms since 1970.
    pub(super) since: Option<i64>,
}

/// A status that Persona does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status} is not a status: use {}", STATUSES.join(", "), status = .0)]
pub struct ScopeError(pub String);

impl Scope {
    /// Inquiries in these statuses that were made since then.
    ///
    /// # Errors
    /// When Persona has no such status.
    pub fn new(mut statuses: Vec<String>, since: Option<i64>) -> Result<Self, ScopeError> {
        let unknown = statuses
            .iter()
            .find(|status| !STATUSES.contains(&status.as_str()));
        if let Some(unknown) = unknown {
            return Err(ScopeError(unknown.clone()));
        }
        statuses.sort_unstable();
        statuses.dedup();
        Ok(Self { statuses, since })
    }
}
