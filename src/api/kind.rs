//! The kinds of problems: what each is called, its status, and what to do about it.

use axum::http::StatusCode;

/// A kind of problem; its code is a part of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The body is no JSON.
    BadRequest,
    /// A parameter of the URL is not acceptable.
    InvalidParameter,
    /// The cursor is none of this list.
    InvalidCursor,
    /// There is no good key.
    Unauthenticated,
    /// The key may not do this.
    MissingScope,
    /// There is no such thing.
    NotFound,
    /// The thing cannot be asked for so.
    MethodNotAllowed,
    /// The inquiry is finished or redacted.
    InquirySettled,
    /// Persona will not open the inquiry.
    NotResumable,
    /// The same request is under way.
    RequestUnderWay,
    /// The answer to the first request cannot be read.
    AnswerLost,
    /// The body is too long.
    TooLarge,
    /// The body is of another type than JSON.
    UnsupportedMediaType,
    /// Fields of the body are not acceptable.
    InvalidInput,
    /// Another request was carried out under this name.
    IdempotencyMismatch,
    /// Too many requests.
    TooManyRequests,
    /// Our own fault.
    Internal,
    /// Persona failed.
    PersonaFailed,
    /// Persona does not answer now.
    PersonaUnavailable,
    /// We did not answer in time.
    TimedOut,
}

impl Kind {
    /// Every kind, by status.
    pub(super) const ALL: [Self; 20] = [
        Self::BadRequest,
        Self::InvalidParameter,
        Self::InvalidCursor,
        Self::Unauthenticated,
        Self::MissingScope,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::InquirySettled,
        Self::NotResumable,
        Self::RequestUnderWay,
        Self::AnswerLost,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::InvalidInput,
        Self::IdempotencyMismatch,
        Self::TooManyRequests,
        Self::Internal,
        Self::PersonaFailed,
        Self::PersonaUnavailable,
        Self::TimedOut,
    ];

    /// The name at the end of `type`.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::InvalidParameter => "invalid-parameter",
            Self::InvalidCursor => "invalid-cursor",
            Self::Unauthenticated => "unauthenticated",
            Self::MissingScope => "missing-scope",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::InquirySettled => "inquiry-settled",
            Self::NotResumable => "not-resumable",
            Self::RequestUnderWay => "request-under-way",
            Self::AnswerLost => "answer-lost",
            Self::TooLarge => "too-large",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::InvalidInput => "invalid-input",
            Self::IdempotencyMismatch => "idempotency-mismatch",
            Self::TooManyRequests => "too-many-requests",
            Self::Internal => "internal",
            Self::PersonaFailed => "persona-failed",
            Self::PersonaUnavailable => "persona-unavailable",
            Self::TimedOut => "timed-out",
        }
    }

    /// The HTTP status.
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::InvalidParameter | Self::InvalidCursor => {
                StatusCode::BAD_REQUEST
            }
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::MissingScope => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::InquirySettled
            | Self::NotResumable
            | Self::RequestUnderWay
            | Self::AnswerLost => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidInput | Self::IdempotencyMismatch => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::PersonaFailed => StatusCode::BAD_GATEWAY,
            Self::PersonaUnavailable | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The kind in words.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be read",
            Self::InvalidParameter => "A parameter is not acceptable",
            Self::InvalidCursor => "The cursor is not one of this list",
            Self::Unauthenticated => "A good key is needed",
            Self::MissingScope => "The key may not do this",
            Self::NotFound => "There is no such thing",
            Self::MethodNotAllowed => "The method is not served here",
            Self::InquirySettled => "The inquiry is finished",
            Self::NotResumable => "Persona will not open the inquiry",
            Self::RequestUnderWay => "The same request is under way",
            Self::AnswerLost => "The answer cannot be given again",
            Self::TooLarge => "The body is too long",
            Self::UnsupportedMediaType => "The body is not JSON",
            Self::InvalidInput => "The request is not acceptable",
            Self::IdempotencyMismatch => "The Idempotency-Key was used for another request",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "It did not work",
            Self::PersonaFailed => "Persona failed",
            Self::PersonaUnavailable => "Persona does not answer",
            Self::TimedOut => "It took too long",
        }
    }

    /// What to do about it.
    pub(super) const fn advice(self) -> &'static str {
        match self {
            Self::BadRequest => "Send one JSON object, and nothing behind it.",
            Self::InvalidParameter => {
                "Mend the parameters that `errors` names. An unknown one is an error too."
            }
            Self::InvalidCursor => {
                "Begin without a cursor, or send the `next_cursor` of the page before as it is."
            }
            Self::Unauthenticated => {
                "Send `Authorization: Bearer leftoff_sk_…`. `WWW-Authenticate` says whether the key is missing, unknown, \
                 expired or revoked. Cookies are no authentication here."
            }
            Self::MissingScope => {
                "Make a key with the scope that `detail` and `WWW-Authenticate` name."
            }
            Self::NotFound => {
                "Look at the ID. An inquiry is known here after a link was made for it or it was imported."
            }
            Self::MethodNotAllowed => "`Allow` names the methods that are served.",
            Self::InquirySettled => "Nothing: the person is done. Read the inquiry or its receipt.",
            Self::NotResumable => {
                "Make a new inquiry at Persona: this one has used up its sessions, or cannot be opened."
            }
            Self::RequestUnderWay => {
                "Wait a second and send it again, with the same `Idempotency-Key`."
            }
            Self::AnswerLost => {
                "It was carried out, and `server.secret` was changed since. List the links to find what was made."
            }
            Self::TooLarge => "No request here needs more than 16 KiB.",
            Self::UnsupportedMediaType => "Send `Content-Type: application/json`.",
            Self::InvalidInput => {
                "Mend the fields that `errors` names. An unknown field is an error too."
            }
            Self::IdempotencyMismatch => {
                "Use a new `Idempotency-Key` for a new request; use an old one only to repeat it."
            }
            Self::TooManyRequests => "Wait as many seconds as `Retry-After` says.",
            Self::Internal => {
                "Send it again with the same `Idempotency-Key`; tell whoever runs Leftoff the request ID."
            }
            Self::PersonaFailed => {
                "Send it again later; if it stays, the key of Persona may be wrong."
            }
            Self::PersonaUnavailable => "Send it again after `Retry-After` seconds.",
            Self::TimedOut => "Send it again with the same `Idempotency-Key`.",
        }
    }
}
