//! Statuses as open sets: Persona may add values at any time.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! open_statuses {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $wire:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// A value that this version of the crate does not know.
            Other(String),
        }

        impl $name {
            /// The status as Persona writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Other(status) => status,
                }
            }
        }

        impl From<&str> for $name {
            fn from(status: &str) -> Self {
                match status {
                    $($wire => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(status: String) -> Self {
                Self::from(status.as_str())
            }
        }

        impl From<$name> for String {
            fn from(status: $name) -> Self {
                status.as_str().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

open_statuses! {
    /// Where an inquiry stands (docs.withpersona.com/model-lifecycle).
    InquiryStatus {
        /// Made, perhaps opened, but nothing submitted yet; opens without a session token.
        Created = "created",
        /// Under way; opens only with a session token or a one-time link.
        Pending = "pending",
        /// The person reached the success screen.
        Completed = "completed",
        /// The person reached the fail screen.
        Failed = "failed",
        /// An interval ran out, or it was expired by a call; it can be resumed.
        Expired = "expired",
        /// Waits for a human decision.
        NeedsReview = "needs_review",
        /// Decided in favour.
        Approved = "approved",
        /// Decided against.
        Declined = "declined",
    }
    /// Where a session of an inquiry stands (docs.withpersona.com/api-reference/inquiry-sessions).
    SessionStatus {
        /// Made and not yet opened; a resume hands it out again.
        New = "new",
        /// Opened on a device.
        Active = "active",
        /// Over.
        Expired = "expired",
    }
    /// Whether new inquiries can be made from a template
    /// (docs.withpersona.com/api-reference/inquiry-templates).
    TemplateStatus {
        /// In use.
        Active = "active",
        /// Out of use.
        Inactive = "inactive",
    }
    /// Whether a webhook endpoint gets events (docs.withpersona.com/webhooks).
    EndpointStatus {
        /// It gets them.
        Enabled = "enabled",
        /// It gets none, and what waited for it is dropped.
        Disabled = "disabled",
        /// Put away.
        Archived = "archived",
    }
}
