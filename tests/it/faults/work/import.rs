//! Imports: a page that is not read is read again, or the import is parked for somebody to see.

use std::time::Duration;

use leftoff::mirror::Scope;
use simulator::Status;

use super::{go_on, may_pass};
use crate::{
    faults::{
        Act, Call, Scene, Turn,
        persona::Trouble,
        seen::{Seen, state},
    },
    support::{API_KEY, App},
};

/// An import that was started.
pub(in crate::faults) struct Import {
    id: String,
    inquiry: String,
}

/// What is read of the import that a fault strikes.
#[derive(PartialEq, Eq)]
pub(in crate::faults) enum Part {
    /// A list.
    List,
    /// The name of a template alone.
    Name,
}

impl Scene for Import {
    type Plan = Part;

    async fn prepare(app: &App, _: &Part) -> Self {
        let inquiry = app.inquiry(Status::Pending);
        // Names of templates that were read in this very moment are not read again.
        app.advance(Duration::from_secs(1));
        let scope = Scope::default();
        let started = app.state.mirror.start("cli:a test", &scope).await;
        let id = started.unwrap().unwrap().id;
        Self { id, inquiry }
    }

    async fn act(&mut self, app: &App, _: &Part, turn: Turn) -> Seen {
        let mirror = &app.state.mirror;
        if turn == Turn::Again {
            mirror.go_on("cli:a test", &self.id).await.unwrap();
        }
        go_on(app, mirror, turn).await;
        let import = app.state.store.import(&self.id).await.unwrap().unwrap();
        state(import.state)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            trouble if may_pass(trouble) => Some(state("running")),
            _ => Some(state("parked")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }

    async fn book(&self, app: &App) -> Vec<String> {
        let object = format!("import:{}", self.id);
        let audit = app.audit().await.into_iter();
        let of_it = audit.filter(|row| row.object == object);
        of_it.map(|row| row.act).collect()
    }

    /// Everything that Persona lists is known.
    async fn end(&self, app: &App, part: &Part) {
        if *part == Part::Name {
            return;
        }
        for inquiry in app.persona.inquiries() {
            let known = app.state.store.inquiry(&inquiry.id).await.unwrap();
            assert!(known.is_some(), "{} is not known", inquiry.id);
        }
    }
}

fn act(call: Call, part: Part) -> Act<Import> {
    Act {
        notes: |case| {
            if case.comes_to("parked") {
                &["import-parked"]
            } else {
                &[]
            }
        },
        amends: |case| {
            if case.comes_to("parked") {
                &["import-resumed"]
            } else {
                &[]
            }
        },
        ..Act::new(call, part, state("done"), &["import-finished"])
    }
}

/// The list of templates, which a key may not see at all.
pub(in crate::faults) fn templates() -> Act<Import> {
    Act {
        fails: |trouble| match trouble {
            Trouble::Forbidden | Trouble::Missing => None,
            trouble => Import::usual(trouble),
        },
        ..act(("GET", "/inquiry-templates"), Part::List)
    }
}

/// The list of inquiries.
pub(in crate::faults) fn inquiries() -> Act<Import> {
    act(("GET", "/inquiries"), Part::List)
}

/// The name of a template, through an inquiry that may be gone: with a key that may not see the list.
pub(in crate::faults) fn names() -> Act<Import> {
    Act {
        key: API_KEY,
        fails: |trouble| match trouble {
            Trouble::Missing => None,
            trouble => Import::usual(trouble),
        },
        ..act(("GET", "/inquiries/inq_"), Part::Name)
    }
}
