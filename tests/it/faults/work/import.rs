//! Imports: a page that is not read is read again, or the import is parked for somebody to see.

use std::time::Duration;

use leftoff::mirror::Scope;
use simulator::Status;

use super::{finish, may_pass, try_once};
use crate::{
    faults::{
        Act, Call, KEY,
        persona::{Fault, Trouble},
        seen::{Seen, state},
    },
    support::{API_KEY, App},
};

/// An import that was started.
struct Import {
    id: String,
    has_failed: bool,
}

impl Import {
    async fn start(app: &App) -> Self {
        let _ = app.inquiry(Status::Pending);
        // Names of templates that were read in this very moment are not read again.
        app.advance(Duration::from_secs(1));
        let scope = Scope::default();
        let started = app.state.mirror.start("cli:a test", &scope).await;
        Self {
            id: started.unwrap().unwrap().id,
            has_failed: false,
        }
    }

    async fn go_on(&mut self, app: &App) -> Seen {
        let mirror = &app.state.mirror;
        if self.has_failed {
            mirror.go_on("cli:a test", &self.id).await.unwrap();
            finish(app, mirror).await;
        } else {
            try_once(mirror).await;
        }
        self.has_failed = true;
        let import = app.state.store.import(&self.id).await.unwrap().unwrap();
        state(import.state)
    }

    async fn book(&self, app: &App) -> Vec<String> {
        let object = format!("import:{}", self.id);
        let audit = app.audit().await.into_iter();
        let of_it = audit.filter(|row| row.object == object);
        of_it.map(|row| row.act).collect()
    }

    /// Everything that Persona lists is known.
    async fn is_whole(&self, app: &App) {
        for inquiry in app.persona.inquiries() {
            let known = app.state.store.inquiry(&inquiry.id).await.unwrap();
            assert!(known.is_some(), "{} is not known", inquiry.id);
        }
    }
}

macro_rules! import {
    ($(#[$doc:meta])* $name:ident, $key:expr, $call:expr, $passes:expr) => {
        $(#[$doc])*
        pub(in crate::faults) struct $name(Import);

        impl Act for $name {
            const KEY: &'static str = $key;
            const CALL: Call = $call;
            const DONE: &'static [&'static str] = &["import-finished"];

            async fn prepare(app: &App) -> Self {
                Self(Import::start(app).await)
            }

            async fn act(&mut self, app: &App) -> Seen {
                self.0.go_on(app).await
            }

            fn works() -> Seen {
                state("done")
            }

            fn fails(trouble: Trouble) -> Option<Seen> {
                let passes: &[Trouble] = &$passes;
                match trouble {
                    Trouble::None | Trouble::OddStatus => None,
                    trouble if passes.contains(&trouble) => None,
                    trouble if may_pass(trouble) => Some(state("running")),
                    _ => Some(state("parked")),
                }
            }

            fn notes(fault: &Fault) -> &'static [&'static str] {
                match Self::fails(fault.trouble(Self::CALL)) {
                    Some(seen) if seen.words == "parked" => &["import-parked"],
                    _ => &[],
                }
            }

            fn amends(trouble: Trouble) -> &'static [&'static str] {
                match Self::fails(trouble) {
                    Some(seen) if seen.words == "parked" => &["import-resumed"],
                    _ => &[],
                }
            }

            async fn book(&self, app: &App) -> Vec<String> {
                self.0.book(app).await
            }

            async fn end(&self, app: &App) {
                if Self::CALL.1 != Names::CALL.1 {
                    self.0.is_whole(app).await;
                }
            }
        }
    };
}

import!(
    /// The list of templates, which a key may not see at all.
    Templates,
    KEY,
    ("GET", "/inquiry-templates"),
    [Trouble::Forbidden, Trouble::Missing]
);
import!(
    /// The list of inquiries.
    Inquiries,
    KEY,
    ("GET", "/inquiries"),
    []
);
import!(
    /// The name of a template, through an inquiry that may be gone: with a key that may not see the list.
    Names,
    API_KEY,
    ("GET", "/inquiries/inq_"),
    [Trouble::Missing]
);
