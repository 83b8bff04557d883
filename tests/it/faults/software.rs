//! What the company's own software does through the API.

use leftoff::model::scope::Scope;
use serde_json::{Value, json};
use simulator::Status;

use super::{
    Act, LOOK, RESUME, Scene, Turn,
    persona::Trouble,
    seen::{Seen, of_problem, seen},
};
use crate::support::{App, Backend};

/// An inquiry and a key.
pub(super) struct Desk {
    inquiry: String,
    authorization: String,
}

/// What is asked of the API.
pub(super) enum Order {
    /// A link to an inquiry that we do not know.
    Link,
    /// To resume an inquiry in this status.
    Resume(Status),
}

impl Desk {
    async fn post(&self, app: &App, path: &str, body: &Value) -> Seen {
        let mut backend = Backend::new(app, Some(&self.authorization));
        of_problem(&backend.post(path, body).await)
    }
}

impl Scene for Desk {
    type Plan = Order;

    async fn prepare(app: &App, order: &Order) -> Self {
        let scopes = [Scope::LinksWrite, Scope::InquiriesResume];
        let (_, key) = app.key(&scopes).await;
        let status = match order {
            Order::Link => Status::Pending,
            Order::Resume(status) => *status,
        };
        Self {
            inquiry: app.inquiry(status),
            authorization: format!("Bearer {key}"),
        }
    }

    async fn act(&mut self, app: &App, order: &Order, _: Turn) -> Seen {
        let (path, body) = match order {
            Order::Link => (
                "/api/v1/links".to_owned(),
                json!({ "inquiry_id": self.inquiry }),
            ),
            Order::Resume(_) => (
                format!("/api/v1/inquiries/{}/resume", self.inquiry),
                json!({}),
            ),
        };
        self.post(app, &path, &body).await
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Silence => Some(seen(503, "persona-unavailable", Some(30))),
            Trouble::Limited(wait) => {
                let wait = wait.unwrap_or(30);
                Some(seen(503, "persona-unavailable", Some(wait)))
            }
            Trouble::Missing => Some(seen(404, "not-found", None)),
            Trouble::Conflict => Some(seen(409, "not-resumable", None)),
            _ => Some(seen(502, "persona-failed", Some(30))),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

fn works() -> Seen {
    seen(201, "ok", None)
}

/// A link to an inquiry that we do not know.
pub(super) fn make_link() -> Act<Desk> {
    Act {
        fails: |trouble| match trouble {
            Trouble::Missing => Some(seen(422, "invalid-input", None)),
            trouble => Desk::usual(trouble),
        },
        ..Act::new(
            LOOK,
            Order::Link,
            works(),
            &["link-created", "audit: link-created"],
        )
    }
}

/// The look before a resume; the inquiry is open and needs none.
pub(super) fn look() -> Act<Desk> {
    Act::new(
        LOOK,
        Order::Resume(Status::Pending),
        works(),
        &["link-created", "audit: link-created"],
    )
}

/// The resume itself.
pub(super) fn resume() -> Act<Desk> {
    Act {
        // What Persona did without our knowing is found when it is asked again, and needs no second resume.
        done_after: |case| {
            let is_found = case.fault.is_done();
            is_found.then_some(&["link-created", "audit: link-created"])
        },
        ..Act::new(
            RESUME,
            Order::Resume(Status::Expired),
            works(),
            &[
                "resumed-by-api",
                "link-created",
                "audit: inquiry-resumed",
                "audit: link-created",
            ],
        )
    }
}
