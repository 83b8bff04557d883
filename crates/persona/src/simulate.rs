//! Simulated steps of a person, in the sandbox only.

use serde_json::{Value, json};

use crate::inquiries::read_inquiry;
use crate::request::Call;
use crate::{Client, Error, Inquiry, InquiryId, Shape};

/// One step to simulate (docs.withpersona.com/integration-testing).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SimulateAction {
    /// The person starts: `created` becomes `pending`.
    Start,
    /// The person reaches the success screen.
    Complete,
    /// The person reaches the fail screen.
    Fail,
    /// An interval runs out.
    Expire,
    /// The inquiry is put up for a human decision.
    MarkForReview,
    /// The inquiry is approved.
    Approve,
    /// The inquiry is declined.
    Decline,
    /// A verification passes; the text is its template's identifier, `vtmpl_…`.
    PassVerification(String),
    /// A verification fails; the text is its template's identifier, `vtmpl_…`.
    FailVerification(String),
}

impl SimulateAction {
    fn body(&self) -> Value {
        match self {
            Self::Start => json!({ "type": "start_inquiry" }),
            Self::Complete => json!({ "type": "complete_inquiry" }),
            Self::Fail => json!({ "type": "fail_inquiry" }),
            Self::Expire => json!({ "type": "expire_inquiry" }),
            Self::MarkForReview => json!({ "type": "mark_for_review_inquiry" }),
            Self::Approve => json!({ "type": "approve_inquiry" }),
            Self::Decline => json!({ "type": "decline_inquiry" }),
            Self::PassVerification(template) => {
                verification("create_passed_verification", template)
            }
            Self::FailVerification(template) => {
                verification("create_failed_verification", template)
            }
        }
    }
}

fn verification(kind: &str, template: &str) -> Value {
    json!({ "type": kind, "data": { "verification-template-id": template } })
}

impl Client {
    /// Performs steps in order, each with its events; refused outside of the sandbox. The answer brings no personal data
    /// (docs.withpersona.com/api-reference/inquiries/inquiries-perform-simulate-actions).
    pub async fn simulate(
        &self,
        id: &InquiryId,
        actions: &[SimulateAction],
    ) -> Result<Inquiry, Error> {
        let actions: Vec<_> = actions.iter().map(SimulateAction::body).collect();
        let call = Call::post(
            "simulate",
            &["inquiries", id.as_str(), "perform-simulate-actions"],
        );
        let body = json!({ "meta": { "simulate-actions": actions } });
        read_inquiry(&self.send(call.shape(&Shape::state()).body(&body)).await?)
    }
}
