//! Approve, decline, mark for review. Each ends the person's part.

use serde::Deserialize;

use super::call::{Answer, Call, present};
use super::document;
use crate::lifecycle::Refusal;
use crate::status::Status;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    #[serde(default, deserialize_with = "present")]
    meta: Option<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meta {
    #[serde(default, deserialize_with = "present")]
    comment: Option<String>,
}

/// `POST /inquiries/{id}/approve`.
pub(crate) fn approve(call: &mut Call<'_>, id: &str) -> Answer {
    decide(call, id, Status::Approved)
}

/// `POST /inquiries/{id}/decline`.
pub(crate) fn decline(call: &mut Call<'_>, id: &str) -> Answer {
    decide(call, id, Status::Declined)
}

/// `POST /inquiries/{id}/mark-for-review`, refused once it was decided.
pub(crate) fn mark_for_review(call: &mut Call<'_>, id: &str) -> Answer {
    let status = call.state.writable(id)?.status;
    if status.is_decided() {
        return Err(Refusal::WrongStatus(status).into());
    }
    call.state.move_to(id, Status::NeedsReview, call.state.now);
    document::inquiry(call, id)
}

fn decide(call: &mut Call<'_>, id: &str, decision: Status) -> Answer {
    call.state.writable(id)?;
    let review: Review = call.body()?;
    if let Some(inquiry) = call.state.inquiries.get_mut(id) {
        inquiry.reviewer_comment = review.meta.unwrap_or_default().comment;
    }
    call.state.move_to(id, decision, call.state.now);
    document::inquiry(call, id)
}
