//! A link as the API tells it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::time::{maybe, time},
    links::Standing,
    store::links::LinkRow,
};

/// Where a link stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkState {
    /// Nobody opened it yet.
    Open,
    /// It belongs to a device.
    Bound,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

/// A link: a URL of ours that leads a person to one inquiry. Its milestones are the first time that each was reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Link {
    /// A ULID; not a secret.
    #[schema(example = "01KJMXB2S0M6Q4W2D3CJ7T9E5F")]
    id: String,
    /// Persona's ID of the inquiry that it leads to.
    #[schema(example = "inq_6F8yTQ2mJkWvRbXcNpLs4Z1D")]
    inquiry_id: String,
    /// Where it stands.
    state: LinkState,
    /// The link that this one was handed off from, to another device of the person.
    parent_id: Option<String>,
    /// Who made it: `key:ID`, `staff:ID`, `cli:NAME`, `policy:ID` or `system`.
    maker: String,
    /// Why it was made: a code.
    #[schema(example = "person-asked")]
    reason: String,
    /// How it reaches the person, such as `api`, `mail` or `bulk`.
    #[schema(example = "api")]
    channel: String,
    /// What a new device must prove: `none` or `birthdate`.
    #[schema(example = "none")]
    factor: String,
    /// The language of its page; the browser's own when `null`.
    #[schema(example = "es")]
    locale: Option<String>,
    /// Where the person goes at the end.
    #[schema(format = "uri")]
    return_url: Option<String>,
    /// The template of its inquiry.
    template_id: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When its time is over.
    #[schema(format = DateTime)]
    expires_at: String,
    /// When it was taken back.
    #[schema(format = DateTime)]
    revoked_at: Option<String>,
    /// When the person pressed the button.
    #[schema(format = DateTime)]
    opened_at: Option<String>,
    /// When the inquiry was given to the person.
    #[schema(format = DateTime)]
    resumed_at: Option<String>,
    /// When the flow was on view.
    #[schema(format = DateTime)]
    ready_at: Option<String>,
    /// When the server verified that the person was done.
    #[schema(format = DateTime)]
    finished_at: Option<String>,
    /// When Persona's decision was read.
    #[schema(format = DateTime)]
    decided_at: Option<String>,
    /// Persona's decision: `approved`, `declined` or `failed`.
    outcome: Option<String>,
}

/// A link that was just made, with its URL.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewLink {
    /// The link.
    pub(crate) link: Link,
    /// What the person opens. It is told here alone: keep it, or send it on.
    #[schema(format = "uri", example = "https://verify.example.com/r/…")]
    pub(crate) url: String,
}

impl Link {
    /// What is told of a link at a time.
    pub(crate) fn of(row: LinkRow, now: i64) -> Self {
        Self {
            state: row.standing(now).into(),
            id: row.id,
            inquiry_id: row.inquiry_id,
            parent_id: row.parent_id,
            maker: row.maker,
            reason: row.reason,
            channel: row.channel,
            factor: row.factor,
            locale: row.locale,
            return_url: row.return_url,
            template_id: row.template_id,
            created_at: time(row.created_at),
            expires_at: time(row.expires_at),
            revoked_at: maybe(row.revoked_at),
            opened_at: maybe(row.opened_at),
            resumed_at: maybe(row.resumed_at),
            ready_at: maybe(row.ready_at),
            finished_at: maybe(row.finished_at),
            decided_at: maybe(row.decided_at),
            outcome: row.outcome,
        }
    }
}

impl From<Standing> for LinkState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Open,
            Standing::Bound => Self::Bound,
            Standing::Expired => Self::Expired,
            Standing::Revoked => Self::Revoked,
        }
    }
}
