//! Who on the staff may do what: the one table that pages, forms and the API obey.

use serde::{Deserialize, Serialize};

/// What a member of the staff is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Looks.
    Viewer,
    /// Looks and acts on inquiries.
    Operator,
    /// Looks, and reads who did what.
    Auditor,
    /// Does everything, people and settings included.
    Admin,
}

/// Something that a member of the staff does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Sees the queue, searches, and keeps views of their own.
    SeeQueue,
    /// Sees an inquiry and what happened to it.
    SeeInquiry,
    /// Sees what came of links.
    SeeFunnel,
    /// Sees what Persona told us of.
    SeeEvents,
    /// Sees their own account and ends their own sessions.
    OwnAccount,
    /// Shares a view with everybody.
    ShareView,
    /// Reads inquiries from Persona again.
    Refresh,
    /// Resumes an inquiry by making a link.
    Resume,
    /// Mails a link to the person.
    Mail,
    /// Takes a link back.
    RevokeLink,
    /// Ends an inquiry's sessions.
    ExpireSessions,
    /// Ends an inquiry.
    ExpireInquiry,
    /// Acts on many inquiries at once.
    Bulk,
    /// Applies an event of Persona's again.
    ReplayEvent,
    /// Reads who did what.
    SeeAudit,
    /// Takes the audit, or an inquiry's evidence, out of Leftoff.
    ExportAudit,
    /// Sees who is on the staff.
    SeeTeam,
    /// Adds people, gives them roles, ends their sessions.
    ManageTeam,
    /// Sees the settings.
    SeeSettings,
    /// Sees the keys of the API, which are not the keys themselves.
    SeeKeys,
    /// Makes keys of the API and takes them back.
    ManageKeys,
    /// Sees what was written to people.
    SeeMessages,
    /// Sees what Leftoff does by itself.
    SeePolicies,
    /// Says what Leftoff does by itself.
    ManagePolicies,
    /// Sees webhooks: endpoints, deliveries, attempts.
    SeeDeliveries,
    /// Sends webhooks once more, and tries endpoints.
    Replay,
    /// Adds endpoints, changes and disables them, gives them other secrets.
    ManageEndpoints,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Operator, Self::Auditor, Self::Admin];

    /// The name in the database, in commands and on pages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// The role of a name.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether this role may do this.
    #[must_use]
    pub fn may(self, act: Act) -> bool {
        act.roles().contains(&self)
    }
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 27] = [
        Self::SeeQueue,
        Self::SeeInquiry,
        Self::SeeFunnel,
        Self::SeeEvents,
        Self::OwnAccount,
        Self::ShareView,
        Self::Refresh,
        Self::Resume,
        Self::Mail,
        Self::RevokeLink,
        Self::ExpireSessions,
        Self::ExpireInquiry,
        Self::Bulk,
        Self::ReplayEvent,
        Self::SeeAudit,
        Self::ExportAudit,
        Self::SeeTeam,
        Self::ManageTeam,
        Self::SeeSettings,
        Self::SeeKeys,
        Self::ManageKeys,
        Self::SeeMessages,
        Self::SeePolicies,
        Self::ManagePolicies,
        Self::SeeDeliveries,
        Self::Replay,
        Self::ManageEndpoints,
    ];

    /// Who may do it.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        use Role::{Admin, Auditor, Operator, Viewer};
        match self {
            Self::SeeQueue
            | Self::SeeInquiry
            | Self::SeeFunnel
            | Self::SeeEvents
            | Self::OwnAccount => &[Viewer, Operator, Auditor, Admin],
            Self::ShareView
            | Self::Refresh
            | Self::Resume
            | Self::Mail
            | Self::RevokeLink
            | Self::ExpireSessions
            | Self::ExpireInquiry
            | Self::Bulk
            | Self::Replay
            | Self::ReplayEvent => &[Operator, Admin],
            Self::SeeAudit
            | Self::ExportAudit
            | Self::SeeTeam
            | Self::SeeSettings
            | Self::SeeKeys => &[Auditor, Admin],
            Self::SeeMessages | Self::SeePolicies | Self::SeeDeliveries => {
                &[Operator, Auditor, Admin]
            }
            Self::ManageTeam | Self::ManageKeys | Self::ManagePolicies | Self::ManageEndpoints => {
                &[Admin]
            }
        }
    }

    /// Whether it asks for a fresh proof of who acts.
    #[must_use]
    pub const fn needs_proof(self) -> bool {
        matches!(
            self,
            Self::ManageTeam | Self::ManageKeys | Self::ManagePolicies | Self::ManageEndpoints
        )
    }
}
