//! `POST /inquiries/{id}/perform-simulate-actions`, sandbox only (docs.withpersona.com/integration-testing).

use serde::Deserialize;

use super::call::{Answer, Call};
use super::document;
use super::error::ApiError;
use crate::status::Status;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Perform {
    meta: Meta,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Meta {
    simulate_actions: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    r#type: Kind,
    #[serde(default)]
    data: Option<ActionData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(dead_code, reason = "verifications are not part of this simulation")]
struct ActionData {
    verification_template_id: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    StartInquiry,
    CompleteInquiry,
    FailInquiry,
    ExpireInquiry,
    MarkForReviewInquiry,
    ApproveInquiry,
    DeclineInquiry,
    CreatePassedVerification,
    CreateFailedVerification,
}

impl Kind {
    /// The status that it leads to; a verification leads to none.
    fn status(self) -> Option<Status> {
        match self {
            Self::StartInquiry => Some(Status::Pending),
            Self::CompleteInquiry => Some(Status::Completed),
            Self::FailInquiry => Some(Status::Failed),
            Self::ExpireInquiry => Some(Status::Expired),
            Self::MarkForReviewInquiry => Some(Status::NeedsReview),
            Self::ApproveInquiry => Some(Status::Approved),
            Self::DeclineInquiry => Some(Status::Declined),
            Self::CreatePassedVerification | Self::CreateFailedVerification => None,
        }
    }
}

/// Performs the actions one after the other.
pub(crate) fn perform(call: &mut Call<'_>, id: &str) -> Answer {
    call.state.writable(id)?;
    if call.production {
        return Err(ApiError::forbidden(
            "Simulate actions are only available in a sandbox environment",
        ));
    }
    let Perform { meta } = call.body()?;
    if meta
        .simulate_actions
        .iter()
        .any(|action| action.r#type.status().is_none() != action.data.is_some())
    {
        return Err(ApiError::bad_request(
            "meta.simulate-actions: data belongs to verifications, and to all of them",
        ));
    }
    for status in meta
        .simulate_actions
        .iter()
        .filter_map(|action| action.r#type.status())
    {
        call.state.move_to(id, status, call.state.now);
    }
    document::inquiry(call, id)
}
