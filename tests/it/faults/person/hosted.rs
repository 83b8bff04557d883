//! What people do without JavaScript.

use leftoff::model::refusal::Refusal;
use simulator::Status;

use super::{Person, refused};
use crate::{
    faults::{
        Act, Call,
        persona::Trouble,
        seen::{Seen, book, of_page, say, seen},
    },
    support::App,
};

/// A refusal as a page of its own.
fn page(refusal: Refusal, wait: Option<u64>) -> Seen {
    let words = say(&format!("{}-title", refusal.code()));
    Seen {
        words,
        ..refused(refusal, wait)
    }
}

/// What pages that people cannot go on from say.
fn usual(trouble: Trouble) -> Option<Seen> {
    let seen = super::usual(trouble)?;
    let is_passing = seen.status == Refusal::PersonaUnavailable.status();
    let refusal = if is_passing {
        Refusal::PersonaUnavailable
    } else {
        Refusal::NotResumable
    };
    Some(page(refusal, seen.wait))
}

/// The page of the link stays, and says why.
fn stays(trouble: Trouble) -> Option<Seen> {
    let seen = usual(trouble)?;
    if seen.status != Refusal::PersonaUnavailable.status() {
        return Some(seen);
    }
    let words = say("welcome-title");
    Some(Seen { words, ..seen })
}

async fn press(person: &Person, app: &App) -> Seen {
    let path = format!("/r/{}", person.token);
    let answer = person.browser(app).submit(&path, "").await;
    if answer.status == Refusal::PersonaUnavailable.status() {
        let words = say("stage-persona-unavailable");
        assert!(answer.body.contains(&words), "{}", answer.body);
    }
    of_page(&answer)
}

/// A press of the button, whose part is one of its three requests.
macro_rules! press {
    ($(#[$doc:meta])* $name:ident, $call:expr, $fails:expr) => {
        $(#[$doc])*
        pub(in crate::faults) struct $name(Person);

        impl Act for $name {
            const CALL: Call = $call;
            const DONE: &'static [&'static str] = &["one-time-link-opened", "a device"];

            async fn prepare(app: &App) -> Self {
                Self(Person::with_link_to(app, Status::Pending).await)
            }

            async fn act(&mut self, app: &App) -> Seen {
                press(&self.0, app).await
            }

            fn works() -> Seen {
                seen(303, "on the way", None)
            }

            fn fails(trouble: Trouble) -> Option<Seen> {
                let fails: fn(Trouble) -> Option<Seen> = $fails;
                fails(trouble)
            }

            async fn book(&self, app: &App) -> Vec<String> {
                book(app, &self.0.inquiry).await
            }
        }
    };
}

press!(
    /// Where the inquiry stands.
    Look,
    ("GET", "/inquiries/"),
    stays
);
press!(
    /// Where the hosted flow leads back to.
    WayBack,
    ("PATCH", "/inquiries/"),
    stays
);
press!(
    /// The link itself.
    OneTimeLink,
    ("POST", "/generate-one-time-link"),
    |trouble| match trouble {
        Trouble::Conflict => Some(page(Refusal::NotResumable, None)),
        trouble => stays(trouble),
    }
);

/// The way back from the hosted flow.
pub(in crate::faults) struct Return(Person);

impl Act for Return {
    const CALL: Call = ("GET", "/inquiries/");
    const DONE: &'static [&'static str] = &[];

    async fn prepare(app: &App) -> Self {
        let mut person = Person::with_link_to(app, Status::Pending).await;
        person.resume(app).await;
        Self(person)
    }

    async fn act(&mut self, app: &App) -> Seen {
        let link = app.newest_link(&self.0.inquiry).await.id;
        let mut browser = self.0.browser(app);
        of_page(&browser.get(&format!("/return/{link}")).await)
    }

    fn works() -> Seen {
        seen(200, say("unfinished-title"), None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// "Check again" on the page of somebody who may be done.
pub(in crate::faults) struct Check(Person);

impl Act for Check {
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
        let path = format!("/r/{}/check", self.0.token);
        let answer = self.0.browser(app).submit(&path, "").await;
        let seen = of_page(&answer);
        let is_done = app.receipt(&self.0.inquiry).await.is_some();
        match seen.status {
            303 if !is_done => Seen {
                words: "not done".to_owned(),
                ..seen
            },
            _ => seen,
        }
    }

    fn works() -> Seen {
        seen(303, "on the way", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::OddStatus => Some(seen(303, "not done", None)),
            trouble => stays(trouble),
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}
