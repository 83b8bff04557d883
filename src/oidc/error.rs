//! Why a sign-in fails. No text of it holds a token, a code, or anything else that the provider sent.

use std::fmt;

use openidconnect::{
    ClaimsVerificationError, DiscoveryError, RequestTokenError, SignatureVerificationError,
    UserInfoError, core::CoreErrorResponseType,
};

use super::transport::TransportError;

/// Why a sign-in fails.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider is down, too slow, or too busy; later it may work.
    #[error("the OpenID provider cannot be reached")]
    Unreachable(#[source] TransportError),
    /// The provider said no; the code is one of RFC 6749 or of OpenID Connect, such as `access_denied`.
    #[error("the OpenID provider refused: {0}")]
    Refused(String),
    /// The provider answered something that is no such answer.
    #[error("the OpenID provider's {0} cannot be used")]
    BadAnswer(Answer),
    /// The answer belongs to another sign-in than the one that this browser began.
    #[error("the answer belongs to another sign-in")]
    ForeignState,
    /// The answer names another provider than ours (RFC 9207).
    #[error("the answer comes from another provider")]
    ForeignIssuer,
    /// The sign-in took longer than [`super::Pending::LIFE`].
    #[error("the sign-in took too long")]
    Late,
    /// The ID token cannot be trusted.
    #[error("the ID token cannot be trusted: {0}")]
    IdToken(#[from] Flaw),
}

/// An answer of the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The discovery document, or the key set that it names.
    Discovery,
    /// What the browser brought back.
    Callback,
    /// The tokens.
    Token,
    /// The claims of the userinfo endpoint.
    UserInfo,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discovery => "discovery document or key set",
            Self::Callback => "redirect",
            Self::Token => "token answer",
            Self::UserInfo => "userinfo answer",
        })
    }
}

/// What is wrong with an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// There is none.
    #[error("there is none")]
    Missing,
    /// It is not signed, or by an algorithm that we do not take.
    #[error("its algorithm is not taken")]
    Algorithm,
    /// It is signed by a key that the provider does not publish.
    #[error("its key is not published")]
    UnknownKey,
    /// Its signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    /// Another issuer made it.
    #[error("it is of another issuer")]
    Issuer,
    /// It is made for somebody else, or for others too.
    #[error("it is made for another client")]
    Audience,
    /// It belongs to another sign-in.
    #[error("its nonce is wrong")]
    Nonce,
    /// It has expired.
    #[error("it has expired")]
    Expired,
    /// It was made before the sign-in began, or is not made yet.
    #[error("it was issued at another time")]
    IssuedAt,
    /// The person proved who they are too long ago, or the token does not say when.
    #[error("the person did not sign in anew")]
    AuthTime,
    /// Something else; the claims cannot be read.
    #[error("it cannot be read")]
    Malformed,
}

impl OidcError {
    pub(super) fn discovery(error: DiscoveryError<TransportError>) -> Self {
        match error {
            DiscoveryError::Request(error) => Self::transport(error, Answer::Discovery),
            _ => Self::BadAnswer(Answer::Discovery),
        }
    }

    pub(super) fn token(error: TokenError) -> Self {
        match error {
            RequestTokenError::Request(error) => Self::transport(error, Answer::Token),
            RequestTokenError::ServerResponse(answer) => Self::refused(answer.error().as_ref()),
            _ => Self::BadAnswer(Answer::Token),
        }
    }

    pub(super) fn user_info(error: UserInfoError<TransportError>) -> Self {
        match error {
            UserInfoError::Request(error) => Self::transport(error, Answer::UserInfo),
            _ => Self::BadAnswer(Answer::UserInfo),
        }
    }

    /// A refusal by its code; a code that is none of a standard is not repeated.
    pub(super) fn refused(code: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        let known = code.len() <= 40 && !code.is_empty() && code.bytes().all(plain);
        Self::Refused(if known { code } else { "unknown" }.to_owned())
    }

    fn transport(error: TransportError, answer: Answer) -> Self {
        match error {
            TransportError::TooLarge | TransportError::Insecure => Self::BadAnswer(answer),
            error => Self::Unreachable(error),
        }
    }
}

type TokenError =
    RequestTokenError<TransportError, openidconnect::StandardErrorResponse<CoreErrorResponseType>>;

impl From<ClaimsVerificationError> for Flaw {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::Expired(_) => Self::Expired,
            ClaimsVerificationError::InvalidAudience(_) => Self::Audience,
            ClaimsVerificationError::InvalidIssuer(_) => Self::Issuer,
            ClaimsVerificationError::InvalidNonce(_) => Self::Nonce,
            ClaimsVerificationError::SignatureVerification(error) => error.into(),
            _ => Self::Malformed,
        }
    }
}

impl From<SignatureVerificationError> for Flaw {
    fn from(error: SignatureVerificationError) -> Self {
        match error {
            SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::NoSignature
            | SignatureVerificationError::UnsupportedAlg(_) => Self::Algorithm,
            SignatureVerificationError::NoMatchingKey => Self::UnknownKey,
            _ => Self::Signature,
        }
    }
}
