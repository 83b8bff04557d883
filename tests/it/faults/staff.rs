//! What the staff does in ops.

pub(super) mod mail;

use leftoff::model::role::Role;
use simulator::Status;

use super::{
    Act, Call,
    persona::Trouble,
    post,
    seen::{Seen, book, of_page, seen},
};
use crate::support::{Answer, App, Browser};

/// An inquiry that we know, and an admin who is signed in.
struct Desk {
    inquiry: String,
    address: String,
    cookie: Option<String>,
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
}

/// What the staff is told when nothing special is told.
fn usual(trouble: Trouble) -> Option<Seen> {
    let silent = |wait| seen(503, "Persona does not answer", Some(wait));
    match trouble {
        Trouble::None | Trouble::OddStatus => None,
        Trouble::Missing => Some(seen(409, "Persona will not open this inquiry", None)),
        Trouble::Limited(Some(wait)) => Some(silent(wait)),
        _ => Some(silent(30)),
    }
}

/// An act on an inquiry by a form.
macro_rules! form {
    ($(#[$doc:meta])* $name:ident, $call:expr, $status:expr, $act:expr, $fields:expr, $works:expr, $done:expr) => {
        $(#[$doc])*
        pub(super) struct $name(Desk);

        impl Act for $name {
            const CALL: Call = $call;
            const DONE: &'static [&'static str] = $done;

            async fn prepare(app: &App) -> Self {
                Self(Desk::with(app, $status).await)
            }

            async fn act(&mut self, app: &App) -> Seen {
                of_page(&self.0.submit(app, $act, $fields).await)
            }

            fn works() -> Seen {
                let (status, words) = $works;
                seen(status, words, None)
            }

            fn fails(trouble: Trouble) -> Option<Seen> {
                usual(trouble)
            }

            async fn book(&self, app: &App) -> Vec<String> {
                book(app, &self.0.inquiry).await
            }
        }
    };
}

form!(
    /// "Refresh".
    Refresh,
    ("GET", "/inquiries/"),
    Status::Pending,
    "/refresh",
    "",
    (303, "on the way"),
    &["refreshed", "audit: refreshed"]
);
form!(
    /// "End sessions".
    EndSessions,
    ("POST", "/expire-all"),
    Status::Pending,
    "/expire-sessions",
    "reason=mistake",
    (303, "on the way"),
    &["sessions-expired", "audit: sessions-expired"]
);
form!(
    /// "Expire the inquiry".
    Expire,
    ("POST", "/expire"),
    Status::Pending,
    "/expire",
    "reason=mistake",
    (303, "on the way"),
    &["inquiry-expired", "audit: inquiry-expired"]
);
form!(
    /// "Make a link".
    MakeLink,
    ("GET", "/inquiries/"),
    Status::Expired,
    "/links",
    "reason=person-asked&note=Called+us",
    (200, "The link is made"),
    &["link-created", "audit: link-created"]
);

/// The devices that an inquiry was opened on.
pub(super) struct Sessions(Desk);

impl Act for Sessions {
    const CALL: Call = ("GET", "/inquiry-sessions");
    const DONE: &'static [&'static str] = &[];

    async fn prepare(app: &App) -> Self {
        Self(Desk::with(app, Status::Pending).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        let path = format!("/ops/inquiries/{}?sessions=1", self.0.inquiry);
        let answer = self.0.browser(app).get(&path).await;
        if answer.status == 200 {
            seen(200, "the inquiry", None)
        } else {
            of_page(&answer)
        }
    }

    fn works() -> Seen {
        seen(200, "the inquiry", None)
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        usual(trouble)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}
