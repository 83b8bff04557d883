//! Acts on many inquiries: a row waits, fails where it is seen and can be tried again, or the whole bulk pauses.

use leftoff::model::role::Role;
use simulator::Status;

use super::go_on;
use crate::{
    faults::{
        Act, Call, Case, Notes, RESUME, Scene, Turn,
        persona::Trouble,
        post,
        seen::{Seen, state},
    },
    support::{App, Browser},
};

/// A bulk of one row that was confirmed.
pub(in crate::faults) struct Bulk {
    inquiry: String,
    page: String,
}

impl Bulk {
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

impl Scene for Bulk {
    /// What is done with inquiries of which status.
    type Plan = (&'static str, Status);

    async fn prepare(app: &App, (act, status): &Self::Plan) -> Self {
        let inquiry = post::somebody_at(app, &post::address(), *status).await;
        let mut ada = app.staff(Role::Admin).await;
        let form = format!("act={act}&scope=ticked&inquiry={inquiry}");
        let answer = ada.submit("/ops/bulk", &form).await;
        let page = path(answer.redirect().1);
        confirm(&mut ada, &page).await;
        Self { inquiry, page }
    }

    async fn act(&mut self, app: &App, _: &Self::Plan, turn: Turn) -> Seen {
        if turn == Turn::Again {
            self.amend(app).await;
        }
        go_on(app, &app.state.bulks, turn).await;
        state(self.state(app).await)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            Trouble::Key | Trouble::Forbidden => Some(state("paused")),
            Trouble::Missing | Trouble::Conflict | Trouble::Invalid => Some(state("a failed row")),
            _ => Some(state("running")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

fn notes(case: &Case) -> Notes {
    if case.comes_to("a failed row") {
        &["bulk-failed", "audit: bulk-failed"]
    } else {
        &[]
    }
}

fn act(call: Call, act: &'static str, status: Status, done: Notes) -> Act<Bulk> {
    Act {
        notes,
        ..Act::new(call, (act, status), state("done"), done)
    }
}

/// Expired inquiries are opened again.
pub(in crate::faults) fn resume() -> Act<Bulk> {
    let done = &["resumed-by-staff", "link-created", "audit: bulk-resumed"];
    Act {
        // What Persona did without our knowing is found when it is asked again, and needs no second resume.
        done_after: |case| {
            let is_found = case.fault.is_done();
            is_found.then_some(&["link-created", "audit: bulk-link-made"])
        },
        ..act(RESUME, "resume", Status::Expired, done)
    }
}

/// Open inquiries are ended.
pub(in crate::faults) fn expire() -> Act<Bulk> {
    let done = &["inquiry-expired", "audit: bulk-expired"];
    act(("POST", "/expire"), "expire", Status::Pending, done)
}
