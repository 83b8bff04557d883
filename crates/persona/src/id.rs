//! Identifiers of Persona's objects, as types that cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest identifier that is taken; today's have about 32 characters.
const MAX_LENGTH: usize = 128;

/// The text is empty, too long, or holds a character that no identifier of Persona's has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of a Persona {kind}")]
pub struct InvalidId {
    kind: &'static str,
}

/// Identifiers are opaque: their length and even their prefix may change without a new version of the API
/// (docs.withpersona.com/versioning), so only what keeps a path and a log line safe is checked.
fn check(text: &str, kind: &'static str) -> Result<(), InvalidId> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if text.is_empty() || text.len() > MAX_LENGTH || !text.bytes().all(known) {
        return Err(InvalidId { kind });
    }
    Ok(())
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident, $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes 1 to 128 ASCII letters, digits, `_` and `-`; anything else is an error.
            pub fn parse(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                check(&text, $kind)?;
                Ok(Self(text))
            }

            /// The identifier as Persona writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )*};
}

identifiers! {
    /// An inquiry, `inq_…`.
    InquiryId, "inquiry";
    /// A session of an inquiry, `iqse_…`.
    SessionId, "inquiry session";
    /// An inquiry template, `itmpl_…`; `tmpl_…` for the deprecated legacy kind.
    TemplateId, "inquiry template";
    /// One published version of an inquiry template, `itmplv_…`.
    TemplateVersionId, "inquiry template version";
    /// An event, `evt_…`.
    EventId, "event";
    /// An account, `act_…`.
    AccountId, "account";
}
