//! What people do in the portal.

pub(super) mod hosted;

use leftoff::model::refusal::Refusal;
use simulator::Status;

use super::{
    Act, LOOK, RESUME, Scene, Turn,
    persona::Trouble,
    seen::{Seen, of_act, seen},
};
use crate::support::{App, BIRTHDATE, Browser};

/// Somebody with a link; the browser keeps its cookie.
pub(super) struct Person {
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

    async fn with_guarded_link(app: &App) -> Self {
        let (token, inquiry) = app.guarded_link().await;
        Self {
            token,
            inquiry,
            cookie: None,
        }
    }

    /// Somebody in the middle of the check.
    async fn under_way(app: &App) -> Self {
        let mut person = Self::with_link_to(app, Status::Pending).await;
        person.resume(app).await;
        person
    }

    /// Somebody who did their part of the check.
    async fn at_the_end(app: &App) -> Self {
        let person = Self::under_way(app).await;
        let inquiry = &person.inquiry;
        app.persona.set_status(inquiry, Status::Completed).unwrap();
        person
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

    /// Says that they are done.
    async fn finish(&self, app: &App) -> Seen {
        let answer = self.browser(app).report_completion(&self.token).await;
        let seen = of_act(&answer);
        let is_open = answer.json()["is-settled"] == false;
        let words = if is_open { "not done" } else { &seen.words }.to_owned();
        Seen { words, ..seen }
    }
}

/// What people do.
pub(super) enum Deed {
    /// They press the button of an inquiry in this status.
    Resume(Status),
    /// They come to the end of the flow.
    Finish,
    /// They give the date of birth that a new device must know.
    Prove,
}

impl Scene for Person {
    type Plan = Deed;

    async fn prepare(app: &App, deed: &Deed) -> Self {
        match deed {
            Deed::Resume(status) => Self::with_link_to(app, *status).await,
            Deed::Finish => Self::at_the_end(app).await,
            Deed::Prove => Self::with_guarded_link(app).await,
        }
    }

    async fn act(&mut self, app: &App, deed: &Deed, _: Turn) -> Seen {
        let mut browser = self.browser(app);
        match deed {
            Deed::Resume(_) => of_act(&browser.resume(&self.token).await),
            Deed::Finish => self.finish(app).await,
            Deed::Prove => of_act(&browser.resume_born(&self.token, BIRTHDATE).await),
        }
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Missing => Some(refused(Refusal::NotResumable, None)),
            Trouble::Limited(Some(wait)) => Some(refused(Refusal::PersonaUnavailable, Some(wait))),
            _ => Some(refused(Refusal::PersonaUnavailable, Some(30))),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

/// Persona does not do its part now.
fn refused(refusal: Refusal, wait: Option<u64>) -> Seen {
    seen(refusal.status(), refusal.code(), wait)
}

fn works() -> Seen {
    seen(200, "ok", None)
}

/// The button of an expired inquiry.
pub(super) fn resume() -> Act<Person> {
    Act {
        fails: |trouble| match trouble {
            Trouble::Conflict => Some(refused(Refusal::NotResumable, None)),
            trouble => Person::usual(trouble),
        },
        notes: |case| match case.trouble {
            Trouble::Conflict => &["resume-refused"],
            _ => &[],
        },
        ..Act::new(
            RESUME,
            Deed::Resume(Status::Expired),
            works(),
            &["resumed", "a device"],
        )
    }
}

/// The button of an inquiry that nobody began.
pub(super) fn open() -> Act<Person> {
    Act {
        fails: |trouble| match trouble {
            // Persona is asked whether what we do not know can be resumed, and says no.
            Trouble::OddStatus => Some(refused(Refusal::NotResumable, None)),
            trouble => Person::usual(trouble),
        },
        notes: |case| match case.trouble {
            Trouble::OddStatus => &["resume-refused"],
            _ => &[],
        },
        ..Act::new(
            LOOK,
            Deed::Resume(Status::Created),
            works(),
            &["opened", "a device"],
        )
    }
}

/// The end of the flow.
pub(super) fn finish() -> Act<Person> {
    Act {
        fails: |trouble| match trouble {
            // Nobody is done by a status that nobody knows.
            Trouble::OddStatus => Some(seen(200, "not done", None)),
            trouble => Person::usual(trouble),
        },
        ..Act::new(LOOK, Deed::Finish, works(), &["verified", "a receipt"])
    }
}

/// The date of birth that a new device must know.
pub(super) fn prove() -> Act<Person> {
    Act::new(LOOK, Deed::Prove, works(), &["resumed", "a device"])
}
