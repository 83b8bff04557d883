//! What the staff does in ops.

pub(super) mod mail;

use leftoff::model::role::Role;
use simulator::Status;

use super::{
    Act, Call, LOOK, Notes, Scene, Turn,
    persona::Trouble,
    post,
    seen::{Seen, of_page, seen},
};
use crate::support::{Answer, App, Browser};

/// An inquiry that we know, and an admin who is signed in.
pub(super) struct Desk {
    inquiry: String,
    address: String,
    cookie: Option<String>,
}

/// What an admin does with an inquiry.
pub(super) enum Deed {
    /// Sends a form of its page: the end of its path, and its fields.
    Form(&'static str, &'static str),
    /// Looks at its sessions.
    Sessions,
}

impl Desk {
    async fn with(app: &App, status: Status) -> Self {
        let address = post::address();
        let inquiry = post::somebody_at(app, &address, status).await;
        Self {
            inquiry,
            address,
            cookie: app.staff(Role::Admin).await.cookie,
        }
    }

    fn browser(&self, app: &App) -> Browser {
        let mut browser = app.browser();
        browser.cookie.clone_from(&self.cookie);
        browser
    }

    async fn version(&self, app: &App) -> i64 {
        let known = app.state.store.inquiry(&self.inquiry).await.unwrap();
        known.unwrap().version
    }

    /// Sends the form of an act.
    async fn submit(&self, app: &App, act: &str, fields: &str) -> Answer {
        let form = format!("version={}&{fields}", self.version(app).await);
        let path = format!("/ops/inquiries/{}{act}", self.inquiry);
        self.browser(app).submit(&path, &form).await
    }

    /// The devices that an inquiry was opened on.
    async fn sessions(&self, app: &App) -> Seen {
        let path = format!("/ops/inquiries/{}?sessions=1", self.inquiry);
        let answer = self.browser(app).get(&path).await;
        if answer.status == 200 {
            seen(200, "the inquiry", None)
        } else {
            of_page(&answer)
        }
    }
}

impl Scene for Desk {
    type Plan = (Status, Deed);

    async fn prepare(app: &App, (status, _): &Self::Plan) -> Self {
        Self::with(app, *status).await
    }

    async fn act(&mut self, app: &App, (_, deed): &Self::Plan, _: Turn) -> Seen {
        match deed {
            Deed::Form(act, fields) => of_page(&self.submit(app, act, fields).await),
            Deed::Sessions => self.sessions(app).await,
        }
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        let silent = |wait| seen(503, "Persona does not answer", Some(wait));
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Missing => Some(seen(409, "Persona will not open this inquiry", None)),
            Trouble::Limited(Some(wait)) => Some(silent(wait)),
            _ => Some(silent(30)),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

/// An act on an open inquiry by a form that leads back to its page.
fn form(call: Call, act: &'static str, fields: &'static str, done: Notes) -> Act<Desk> {
    let plan = (Status::Pending, Deed::Form(act, fields));
    Act::new(call, plan, seen(303, "on the way", None), done)
}

/// "Refresh".
pub(super) fn refresh() -> Act<Desk> {
    form(LOOK, "/refresh", "", &["refreshed", "audit: refreshed"])
}

/// "End sessions".
pub(super) fn end_sessions() -> Act<Desk> {
    form(
        ("POST", "/expire-all"),
        "/expire-sessions",
        "reason=mistake",
        &["sessions-expired", "audit: sessions-expired"],
    )
}

/// "Expire the inquiry".
pub(super) fn expire() -> Act<Desk> {
    form(
        ("POST", "/expire"),
        "/expire",
        "reason=mistake",
        &["inquiry-expired", "audit: inquiry-expired"],
    )
}

/// What "Make a link" asks for.
const LINK: &str = "reason=person-asked&note=Called+us";

/// "Make a link".
pub(super) fn make_link() -> Act<Desk> {
    Act::new(
        LOOK,
        (Status::Expired, Deed::Form("/links", LINK)),
        seen(200, "The link is made", None),
        &["link-created", "audit: link-created"],
    )
}

/// The devices that an inquiry was opened on.
pub(super) fn sessions() -> Act<Desk> {
    Act::new(
        ("GET", "/inquiry-sessions"),
        (Status::Pending, Deed::Sessions),
        seen(200, "the inquiry", None),
        &[],
    )
}
