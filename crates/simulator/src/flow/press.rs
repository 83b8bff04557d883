//! What the buttons do to the inquiry.

use serde::Serialize;
use serde_json::{Map, Value};

use super::access::{Denied, enter};
use crate::state::State;
use crate::status::Status;

/// A button that moves the inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Button {
    Start,
    Finish,
    Approve,
    Fail,
    Review,
}

impl Button {
    /// The button of a form value or of a path.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "start" => Some(Self::Start),
            "finish" => Some(Self::Finish),
            "approve" => Some(Self::Approve),
            "fail" => Some(Self::Fail),
            "review" => Some(Self::Review),
            _ => None,
        }
    }

    /// The statuses that the inquiry goes through.
    fn path(self) -> &'static [Status] {
        match self {
            Self::Start => &[Status::Pending],
            Self::Finish => &[Status::Completed],
            Self::Approve => &[Status::Completed, Status::Approved],
            Self::Fail => &[Status::Failed],
            Self::Review => &[Status::Completed, Status::NeedsReview],
        }
    }
}

/// What the person's browser learns. As Persona documents, the status can be stale: a decision that follows at once does
/// not show here.
#[derive(Serialize)]
pub(crate) struct Outcome {
    pub(crate) status: &'static str,
    pub(crate) fields: Map<String, Value>,
}

/// Moves the inquiry, for a person who may be in the flow.
pub(crate) fn press(
    state: &mut State,
    button: Button,
    inquiry: &str,
    token: Option<&str>,
) -> Result<Outcome, Denied> {
    let visit = enter(state, inquiry, token, None)?;
    let now = state.now;
    if !visit.started && button != Button::Start {
        state.move_to(inquiry, Status::Pending, now);
    }
    for status in button
        .path()
        .iter()
        .filter(|status| !(visit.started && **status == Status::Pending))
    {
        state.move_to(inquiry, *status, now);
    }
    let fields = state
        .inquiries
        .get(inquiry)
        .map(|inquiry| inquiry.fields.clone())
        .unwrap_or_default();
    Ok(Outcome {
        status: button
            .path()
            .first()
            .map_or("pending", |status| status.as_str()),
        fields,
    })
}
