//! Acts on many inquiries: a row waits, fails where it is seen and can be tried again, or the whole bulk pauses.

use leftoff::model::role::Role;
use simulator::Status;

use super::{finish, try_once};
use crate::{
    faults::{
        Act, Call,
        persona::{Fault, Trouble},
        post,
        seen::{Seen, book, state},
    },
    support::{App, Browser},
};

/// A bulk of one row that was confirmed.
struct Bulk {
    inquiry: String,
    page: String,
    has_failed: bool,
}

impl Bulk {
    async fn confirmed(app: &App, act: &str, status: Status) -> Self {
        let inquiry = post::somebody_at(app, &post::address(), status).await;
        let mut ada = app.staff(Role::Admin).await;
        let form = format!("act={act}&scope=ticked&inquiry={inquiry}");
        let answer = ada.submit("/ops/bulk", &form).await;
        let page = path(answer.redirect().1);
        confirm(&mut ada, &page).await;
        Self {
            inquiry,
            page,
            has_failed: false,
        }
    }

    async fn go_on(&mut self, app: &App) -> Seen {
        let bulks = &app.state.bulks;
        if self.has_failed {
            self.amend(app).await;
            finish(app, bulks).await;
        } else {
            try_once(bulks).await;
        }
        self.has_failed = true;
        state(self.state(app).await)
    }

    async fn state(&self, app: &App) -> String {
        let id = self.page.rsplit('/').next().unwrap();
        let bulk = app.state.store.bulk(id).await.unwrap().unwrap();
        match (bulk.done, bulk.failed) {
            (1, 0) => "done".to_owned(),
            (0, 1) => "a failed row".to_owned(),
            _ => bulk.state,
        }
    }

    /// Lets go on what pauses, and tries again what failed.
    async fn amend(&mut self, app: &App) {
        let mut ada = app.staff(Role::Admin).await;
        match &*self.state(app).await {
            "paused" => {
                let go_on = format!("{}/go-on", self.page);
                assert_eq!(ada.submit(&go_on, "").await.status, 303);
            }
            "a failed row" => {
                let again = ada.submit(&format!("{}/retry", self.page), "").await;
                self.page = path(again.redirect().1);
                confirm(&mut ada, &self.page).await;
            }
            _ => {}
        }
    }
}

fn path(location: &str) -> String {
    location.split('?').next().unwrap().to_owned()
}

async fn confirm(ada: &mut Browser, page: &str) {
    let shown = ada.get(page).await;
    let mark = "name=\"fingerprint\" value=\"";
    let (_, rest) = shown.body.split_once(mark).expect(&shown.body);
    let form = format!("fingerprint={}&reason=other&note=after+it", &rest[..64]);
    let answer = ada.submit(&format!("{page}/confirm"), &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

fn fails(trouble: Trouble) -> Option<Seen> {
    match trouble {
        Trouble::None | Trouble::OddStatus => None,
        Trouble::Key | Trouble::Forbidden => Some(state("paused")),
        Trouble::Missing | Trouble::Conflict | Trouble::Invalid => Some(state("a failed row")),
        _ => Some(state("running")),
    }
}

fn notes(trouble: Trouble) -> &'static [&'static str] {
    match trouble {
        Trouble::Missing | Trouble::Conflict | Trouble::Invalid => {
            &["bulk-failed", "audit: bulk-failed"]
        }
        _ => &[],
    }
}

/// Expired inquiries are opened again.
pub(in crate::faults) struct Resume(Bulk);

impl Act for Resume {
    const CALL: Call = ("POST", "/resume");
    const DONE: &'static [&'static str] =
        &["resumed-by-staff", "link-created", "audit: bulk-resumed"];

    async fn prepare(app: &App) -> Self {
        Self(Bulk::confirmed(app, "resume", Status::Expired).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.go_on(app).await
    }

    fn works() -> Seen {
        state("done")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        fails(trouble)
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        notes(fault.trouble(Self::CALL))
    }

    /// What Persona did without our knowing is found when it is asked again, and needs no second resume.
    fn done(fault: &Fault) -> &'static [&'static str] {
        if fault.is_done() {
            &["link-created", "audit: bulk-link-made"]
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

/// Open inquiries are ended.
pub(in crate::faults) struct Expire(Bulk);

impl Act for Expire {
    const CALL: Call = ("POST", "/expire");
    const DONE: &'static [&'static str] = &["inquiry-expired", "audit: bulk-expired"];

    async fn prepare(app: &App) -> Self {
        Self(Bulk::confirmed(app, "expire", Status::Pending).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.go_on(app).await
    }

    fn works() -> Seen {
        state("done")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        fails(trouble)
    }

    fn notes(fault: &Fault) -> &'static [&'static str] {
        notes(fault.trouble(Self::CALL))
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}
