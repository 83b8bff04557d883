//! What the company's own software does through the API.

use leftoff::model::scope::Scope;
use serde_json::{Value, json};
use simulator::Status;

use super::{
    Act, Call,
    persona::{Fault, Trouble},
    seen::{Seen, book, of_problem, seen},
};
use crate::support::{App, Backend};

/// An inquiry and a key.
struct Desk {
    inquiry: String,
    authorization: String,
}

impl Desk {
    async fn with(app: &App, status: Status) -> Self {
        let scopes = [Scope::LinksWrite, Scope::InquiriesResume];
        let (_, key) = app.key(&scopes).await;
        Self {
            inquiry: app.inquiry(status),
            authorization: format!("Bearer {key}"),
        }
    }

    async fn post(&self, app: &App, path: &str, body: &Value) -> Seen {
        let mut backend = Backend::new(app, Some(&self.authorization));
        of_problem(&backend.post(path, body).await)
    }

    async fn resume(&self, app: &App) -> Seen {
        let path = format!("/api/v1/inquiries/{}/resume", self.inquiry);
        self.post(app, &path, &json!({})).await
    }
}

/// What software is told when nothing special is told.
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

/// A link to an inquiry that we do not know.
pub(super) struct MakeLink(Desk);

impl Act for MakeLink {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["link-created", "audit: link-created"];

    async fn prepare(app: &App) -> Self {
        Self(Desk::with(app, Status::Pending).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        let body = json!({ "inquiry_id": self.0.inquiry });
        self.0.post(app, "/api/v1/links", &body).await
    }

    fn works() -> Seen {
        seen(201, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::Missing => Some(seen(422, "invalid-input", None)),
            trouble => usual(trouble),
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// The look before a resume; the inquiry is open and needs none.
pub(super) struct Look(Desk);

impl Act for Look {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["link-created", "audit: link-created"];

    async fn prepare(app: &App) -> Self {
        Self(Desk::with(app, Status::Pending).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.resume(app).await
    }

    fn works() -> Seen {
        seen(201, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// The resume itself.
pub(super) struct Resume(Desk);

impl Act for Resume {
    const CALL: Call = ("POST", "/resume");
    const DONE: &'static [&'static str] = &[
        "resumed-by-api",
        "link-created",
        "audit: inquiry-resumed",
        "audit: link-created",
    ];

    async fn prepare(app: &App) -> Self {
        Self(Desk::with(app, Status::Expired).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.resume(app).await
    }

    fn works() -> Seen {
        seen(201, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    /// What Persona did without our knowing is found when it is asked again, and needs no second resume.
    fn done(fault: &Fault) -> &'static [&'static str] {
        if fault.is_done() {
            &["link-created", "audit: link-created"]
        } else {
            Self::DONE
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }

    async fn end(&self, app: &App) {
        let sessions = app.persona.inquiry(&self.0.inquiry).unwrap().sessions;
        assert_eq!(sessions.len(), 1, "a lost answer costs no session");
    }
}
