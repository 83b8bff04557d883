//! What can go wrong in a call, as kinds that a caller can branch on.

use std::time::Duration;

/// Why a call to Persona failed.
///
/// Neither the display text nor a field holds a key, a token or the body of an answer. `details` is Persona's own
/// sentence about the failure; Persona declares its text unstable (docs.withpersona.com/errors), so branch on the kind.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// 401: the API key is missing, wrong or expired.
    #[error("Persona does not accept the API key (401{})", suffix(request_id.as_ref()))]
    Unauthorized {
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 403: the key lacks a permission, or the caller's address is not on the key's allowlist.
    #[error("Persona forbids this call to the API key (403{})", suffix(request_id.as_ref()))]
    Forbidden {
        /// Persona's sentence about it.
        details: Option<String>,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 404: no such object in the environment of the key.
    #[error("Persona knows no such object (404{})", suffix(request_id.as_ref()))]
    NotFound {
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 409: the object's state forbids it, such as resuming an inquiry that is finished or redacted.
    #[error("Persona reports a conflict: {title} (409{})", suffix(request_id.as_ref()))]
    Conflict {
        /// Persona's short name of the problem.
        title: String,
        /// Persona's sentence about it.
        details: Option<String>,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 400 or 422: the request is not acceptable as sent.
    #[error("Persona refuses the request: {title} ({status}{})", suffix(request_id.as_ref()))]
    Invalid {
        /// 400 or 422.
        status: u16,
        /// Persona's short name of the problem.
        title: String,
        /// Persona's sentence about it.
        details: Option<String>,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 429: too many requests for the environment, or a quota is used up.
    #[error("Persona's rate limit is exceeded (429{})", suffix(request_id.as_ref()))]
    RateLimited {
        /// How long until the window resets, when Persona said so.
        retry_after: Option<Duration>,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// 5xx: Persona failed.
    #[error("Persona failed ({status}{})", suffix(request_id.as_ref()))]
    Server {
        /// The HTTP status, 500 to 599.
        status: u16,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// A status that this API does not use, such as a redirect.
    #[error("Persona answered with an unexpected status ({status}{})", suffix(request_id.as_ref()))]
    UnexpectedStatus {
        /// The HTTP status.
        status: u16,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// No complete answer in time.
    #[error("Persona did not answer in time")]
    Timeout,
    /// No connection could be made, so nothing was sent.
    #[error("no connection to Persona")]
    Connect(#[source] reqwest::Error),
    /// The connection broke before the answer came; Persona may have acted.
    #[error("the connection to Persona broke")]
    Network(#[source] reqwest::Error),
    /// An answer that is not what the API promises.
    #[error("Persona's answer cannot be used: {what}{}", suffix(request_id.as_ref()))]
    MalformedAnswer {
        /// What is wrong with it, without any of its content.
        what: String,
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// A success without `meta.session-token`.
    #[error("Persona resumed the inquiry but sent no session token{}", suffix(request_id.as_ref()))]
    MissingSessionToken {
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// A success without `meta.one-time-link`.
    #[error("Persona accepted the call but sent no one-time link{}", suffix(request_id.as_ref()))]
    MissingOneTimeLink {
        /// Persona's `Request-Id`.
        request_id: Option<String>,
    },
    /// The call's own arguments cannot be sent.
    #[error("the request cannot be sent: {what}")]
    InvalidRequest {
        /// Which argument.
        what: &'static str,
    },
}

impl Error {
    /// Persona's `Request-Id`, to quote to Persona's support (docs.withpersona.com/request-ids).
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Unauthorized { request_id }
            | Self::Forbidden { request_id, .. }
            | Self::NotFound { request_id }
            | Self::Conflict { request_id, .. }
            | Self::Invalid { request_id, .. }
            | Self::RateLimited { request_id, .. }
            | Self::Server { request_id, .. }
            | Self::UnexpectedStatus { request_id, .. }
            | Self::MalformedAnswer { request_id, .. }
            | Self::MissingSessionToken { request_id }
            | Self::MissingOneTimeLink { request_id } => request_id.as_deref(),
            Self::Timeout | Self::Connect(_) | Self::Network(_) | Self::InvalidRequest { .. } => {
                None
            }
        }
    }

    /// A short name of the kind, for counting.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized { .. } => "unauthorized",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound { .. } => "not-found",
            Self::Conflict { .. } => "conflict",
            Self::Invalid { .. } => "invalid",
            Self::RateLimited { .. } => "rate-limited",
            Self::Server { .. } => "server",
            Self::UnexpectedStatus { .. } => "unexpected-status",
            Self::Timeout => "timeout",
            Self::Connect(_) => "no-connection",
            Self::Network(_) => "broken-connection",
            Self::MalformedAnswer { .. } => "malformed-answer",
            Self::MissingSessionToken { .. } => "missing-session-token",
            Self::MissingOneTimeLink { .. } => "missing-one-time-link",
            Self::InvalidRequest { .. } => "invalid-request",
        }
    }

    /// The HTTP status of a refusal or failure; `None` where there was no answer, or a success that cannot be used.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Unauthorized { .. } => Some(401),
            Self::Forbidden { .. } => Some(403),
            Self::NotFound { .. } => Some(404),
            Self::Conflict { .. } => Some(409),
            Self::RateLimited { .. } => Some(429),
            Self::Invalid { status, .. }
            | Self::Server { status, .. }
            | Self::UnexpectedStatus { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether the same action may succeed later without any change to it.
    ///
    /// After [`Error::Timeout`] and [`Error::Network`] send the same idempotency key again; after [`Error::Server`]
    /// a new one, because Persona replays stored failures.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            // A conflict of this title means that the record was modified at that moment.
            Self::Conflict { title, .. } => title.eq_ignore_ascii_case("Stale object error"),
            Self::RateLimited { .. } => true,
            other => other.is_outage(),
        }
    }

    /// Whether Persona is down, unreachable, too slow, or answers nonsense: not the caller's fault.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Server { .. }
                | Self::Timeout
                | Self::Connect(_)
                | Self::Network(_)
                | Self::MalformedAnswer { .. }
                | Self::MissingSessionToken { .. }
                | Self::MissingOneTimeLink { .. }
        )
    }
}

fn suffix(request_id: Option<&String>) -> String {
    request_id
        .map(|id| format!(", request {id}"))
        .unwrap_or_default()
}
