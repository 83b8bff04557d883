//! What people do without JavaScript.

use leftoff::model::refusal::Refusal;
use simulator::Status;

use super::{Person, refused};
use crate::{
    faults::{
        Act, Call, LOOK, Scene, Turn,
        persona::Trouble,
        seen::{Seen, of_page, say, seen},
    },
    support::App,
};

/// Somebody whose browser runs no scripts.
pub(in crate::faults) struct Visitor(Person);

/// What they do.
pub(in crate::faults) enum Deed {
    /// They press the button.
    Press,
    /// They come back from the hosted flow.
    Return,
    /// They press "Check again" when they may be done.
    Check,
}

impl Visitor {
    async fn press(&self, app: &App) -> Seen {
        let path = format!("/r/{}", self.0.token);
        let answer = self.0.browser(app).submit(&path, "").await;
        if answer.status == Refusal::PersonaUnavailable.status() {
            let words = say("stage-persona-unavailable");
            assert!(answer.body.contains(&words), "{}", answer.body);
        }
        of_page(&answer)
    }

    async fn come_back(&self, app: &App) -> Seen {
        let link = app.newest_link(&self.0.inquiry).await.id;
        let mut browser = self.0.browser(app);
        of_page(&browser.get(&format!("/return/{link}")).await)
    }

    async fn check(&self, app: &App) -> Seen {
        let path = format!("/r/{}/check", self.0.token);
        let seen = of_page(&self.0.browser(app).submit(&path, "").await);
        let is_done = app.receipt(&self.0.inquiry).await.is_some();
        match seen.status {
            303 if !is_done => Seen {
                words: "not done".to_owned(),
                ..seen
            },
            _ => seen,
        }
    }
}

impl Scene for Visitor {
    type Plan = Deed;

    async fn prepare(app: &App, deed: &Deed) -> Self {
        Self(match deed {
            Deed::Press => Person::with_link_to(app, Status::Pending).await,
            Deed::Return => Person::under_way(app).await,
            Deed::Check => Person::at_the_end(app).await,
        })
    }

    async fn act(&mut self, app: &App, deed: &Deed, _: Turn) -> Seen {
        match deed {
            Deed::Press => self.press(app).await,
            Deed::Return => self.come_back(app).await,
            Deed::Check => self.check(app).await,
        }
    }

    /// The page of the link stays, and says why.
    fn usual(trouble: Trouble) -> Option<Seen> {
        let seen = leaves(trouble)?;
        if seen.status != Refusal::PersonaUnavailable.status() {
            return Some(seen);
        }
        let words = say("welcome-title");
        Some(Seen { words, ..seen })
    }

    fn inquiry(&self) -> &str {
        &self.0.inquiry
    }
}

/// A refusal as a page of its own.
fn page(refusal: Refusal, wait: Option<u64>) -> Seen {
    let words = say(&format!("{}-title", refusal.code()));
    Seen {
        words,
        ..refused(refusal, wait)
    }
}

/// What pages that people cannot go on from say.
fn leaves(trouble: Trouble) -> Option<Seen> {
    let seen = Person::usual(trouble)?;
    let is_passing = seen.status == Refusal::PersonaUnavailable.status();
    let refusal = if is_passing {
        Refusal::PersonaUnavailable
    } else {
        Refusal::NotResumable
    };
    Some(page(refusal, seen.wait))
}

fn on_the_way() -> Seen {
    seen(303, "on the way", None)
}

/// A press of the button, which makes three requests.
fn press(call: Call) -> Act<Visitor> {
    let done = &["one-time-link-opened", "a device"];
    Act::new(call, Deed::Press, on_the_way(), done)
}

/// Where the inquiry stands.
pub(in crate::faults) fn look() -> Act<Visitor> {
    press(LOOK)
}

/// Where the hosted flow leads back to.
pub(in crate::faults) fn way_back() -> Act<Visitor> {
    press(("PATCH", "/inquiries/"))
}

/// The link itself.
pub(in crate::faults) fn one_time_link() -> Act<Visitor> {
    Act {
        fails: |trouble| match trouble {
            Trouble::Conflict => Some(page(Refusal::NotResumable, None)),
            trouble => Visitor::usual(trouble),
        },
        ..press(("POST", "/generate-one-time-link"))
    }
}

/// The way back from the hosted flow.
pub(in crate::faults) fn come_back() -> Act<Visitor> {
    Act {
        fails: leaves,
        ..Act::new(
            LOOK,
            Deed::Return,
            seen(200, say("unfinished-title"), None),
            &[],
        )
    }
}

/// "Check again" on the page of somebody who may be done.
pub(in crate::faults) fn check() -> Act<Visitor> {
    Act {
        fails: |trouble| match trouble {
            Trouble::OddStatus => Some(seen(303, "not done", None)),
            trouble => Visitor::usual(trouble),
        },
        ..Act::new(LOOK, Deed::Check, on_the_way(), &["verified", "a receipt"])
    }
}
