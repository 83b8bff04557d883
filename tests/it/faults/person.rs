//! What people do in the portal.

pub(super) mod hosted;

use leftoff::model::refusal::Refusal;
use simulator::Status;

use super::{
    Act, Call,
    persona::{Fault, Trouble},
    seen::{Seen, book, of_act, seen},
};
use crate::support::{App, BIRTHDATE, Browser};

/// Somebody with a link; the browser keeps its cookie.
struct Person {
    token: String,
    inquiry: String,
    cookie: Option<String>,
}

impl Person {
    async fn with_link_to(app: &App, status: Status) -> Self {
        let (token, inquiry) = app.link_to(status).await;
        Self {
            token,
            inquiry,
            cookie: None,
        }
    }

    fn browser(&self, app: &App) -> Browser {
        let mut browser = app.browser();
        browser.cookie.clone_from(&self.cookie);
        browser
    }

    /// Presses the button, which binds the link.
    async fn resume(&mut self, app: &App) {
        let mut browser = self.browser(app);
        assert_eq!(browser.resume(&self.token).await.status, 200);
        self.cookie = browser.cookie;
    }

    /// How many sessions Persona made.
    fn sessions(&self, app: &App) -> usize {
        app.persona.inquiry(&self.inquiry).unwrap().sessions.len()
    }
}

/// Persona does not do its part now.
pub(super) fn refused(refusal: Refusal, wait: Option<u64>) -> Seen {
    seen(refusal.status(), refusal.code(), wait)
}

/// What people are told when nothing special is told.
pub(super) fn usual(trouble: Trouble) -> Option<Seen> {
    match trouble {
        Trouble::None | Trouble::OddStatus => None,
        Trouble::Missing => Some(refused(Refusal::NotResumable, None)),
        Trouble::Limited(Some(wait)) => Some(refused(Refusal::PersonaUnavailable, Some(wait))),
        _ => Some(refused(Refusal::PersonaUnavailable, Some(30))),
    }
}

/// The button of an expired inquiry.
pub(super) struct Resume(Person);

impl Act for Resume {
    const CALL: Call = ("POST", "/resume");
    const DONE: &'static [&'static str] = &["resumed", "a device"];

    async fn prepare(app: &App) -> Self {
        Self(Person::with_link_to(app, Status::Expired).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        of_act(&self.0.browser(app).resume(&self.0.token).await)
    }

    fn works() -> Seen {
        seen(200, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::Conflict => Some(refused(Refusal::NotResumable, None)),
            trouble => usual(trouble),
        }
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            Trouble::Conflict => &["resume-refused"],
            _ => &[],
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }

    async fn end(&self, app: &App) {
        assert_eq!(self.0.sessions(app), 1, "a lost answer costs no session");
    }
}

/// The button of an inquiry that nobody began.
pub(super) struct Open(Person);

impl Act for Open {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["opened", "a device"];

    async fn prepare(app: &App) -> Self {
        Self(Person::with_link_to(app, Status::Created).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        of_act(&self.0.browser(app).resume(&self.0.token).await)
    }

    fn works() -> Seen {
        seen(200, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            // Persona is asked whether what we do not know can be resumed, and says no.
            Trouble::OddStatus => Some(refused(Refusal::NotResumable, None)),
            trouble => usual(trouble),
        }
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            Trouble::OddStatus => &["resume-refused"],
            _ => &[],
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// The end of the flow.
pub(super) struct Finish(Person);

impl Act for Finish {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["verified", "a receipt"];

    async fn prepare(app: &App) -> Self {
        let mut person = Person::with_link_to(app, Status::Pending).await;
        person.resume(app).await;
        let inquiry = &person.inquiry;
        app.persona.set_status(inquiry, Status::Completed).unwrap();
        Self(person)
    }

    async fn act(&mut self, app: &App) -> Seen {
        let mut browser = self.0.browser(app);
        let answer = browser.report_completion(&self.0.token).await;
        let seen = of_act(&answer);
        let is_open = answer.json()["is-settled"] == false;
        let words = if is_open { "not done" } else { &seen.words }.to_owned();
        Seen { words, ..seen }
    }

    fn works() -> Seen {
        seen(200, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            // Nobody is done by a status that nobody knows.
            Trouble::OddStatus => Some(seen(200, "not done", None)),
            trouble => usual(trouble),
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// The date of birth that a new device must know.
pub(super) struct Prove(Person);

impl Act for Prove {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &["resumed", "a device"];

    async fn prepare(app: &App) -> Self {
        let (token, inquiry) = app.guarded_link().await;
        Self(Person {
            token,
            inquiry,
            cookie: None,
        })
    }

    async fn act(&mut self, app: &App) -> Seen {
        let mut browser = self.0.browser(app);
        of_act(&browser.resume_born(&self.0.token, BIRTHDATE).await)
    }

    fn works() -> Seen {
        seen(200, "ok", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}
