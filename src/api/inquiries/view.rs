//! An inquiry as the API tells it: IDs, states and times, no personal data.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::time::{maybe, time},
    store::inquiries::InquiryRow,
};

/// What Leftoff knows of an inquiry. There is no personal data in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Inquiry {
    /// Persona's ID of it.
    #[schema(example = "inq_6F8yTQ2mJkWvRbXcNpLs4Z1D")]
    id: String,
    /// Persona's status: `created`, `pending`, `completed`, `needs_review`, `approved`, `declined`, `failed` or `expired`.
    #[schema(example = "expired")]
    status: String,
    /// Your own name for the person.
    #[schema(example = "user-4711")]
    reference_id: Option<String>,
    /// Persona's account of the person.
    account_id: Option<String>,
    /// Its template.
    template_id: Option<String>,
    /// The version of the template that it is pinned to.
    template_version_id: Option<String>,
    /// The step at which the person goes on.
    step: Option<String>,
    /// Sessions that it had, live or over. Persona allows 25.
    #[schema(minimum = 0)]
    sessions: i64,
    /// Why somebody should look at it: `expired`, `pending`, `created`, `failed-to-load`, `cancelled` or `undecided`.
    #[schema(example = "expired")]
    need: Option<String>,
    /// Since when.
    #[schema(format = DateTime)]
    need_since: Option<String>,
    /// The last trouble since it was last resumed, such as `camera-denied`.
    trouble: Option<String>,
    /// When that was.
    #[schema(format = DateTime)]
    trouble_at: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: Option<String>,
    /// When the person submitted something first.
    #[schema(format = DateTime)]
    started_at: Option<String>,
    /// When it expires.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// When its time was over.
    #[schema(format = DateTime)]
    expired_at: Option<String>,
    /// When the person reached the end.
    #[schema(format = DateTime)]
    finished_at: Option<String>,
    /// When Persona erased its data.
    #[schema(format = DateTime)]
    redacted_at: Option<String>,
    /// When it was last resumed through Leftoff.
    #[schema(format = DateTime)]
    resumed_at: Option<String>,
    /// When Leftoff last wrote to the person.
    #[schema(format = DateTime)]
    contacted_at: Option<String>,
    /// When Leftoff asked Persona for this.
    #[schema(format = DateTime)]
    read_at: String,
}

impl From<InquiryRow> for Inquiry {
    fn from(row: InquiryRow) -> Self {
        Self {
            id: row.id,
            status: row.status,
            reference_id: row.reference_id,
            account_id: row.account_id,
            template_id: row.template_id,
            template_version_id: row.template_version_id,
            step: row.step,
            sessions: row.sessions,
            need: row.need,
            need_since: maybe(row.since),
            trouble: row.trouble,
            trouble_at: maybe(row.trouble_at),
            created_at: maybe(row.created_at),
            started_at: maybe(row.started_at),
            expires_at: maybe(row.expires_at),
            expired_at: maybe(row.expired_at),
            finished_at: maybe(row.finished_at),
            redacted_at: maybe(row.redacted_at),
            resumed_at: maybe(row.resumed_at),
            contacted_at: maybe(Some(row.contacted_at).filter(|at| *at > 0)),
            read_at: time(row.read_at),
        }
    }
}
