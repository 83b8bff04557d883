//! One application with its own database and its own Persona.

mod browsers;
mod links;
mod persona;
mod rows;
mod start;

use std::path::Path;

use axum::Router;
use leftoff::{clock::ManualClock, state::AppState};
use simulator::{Control, Simulator};
use tempfile::TempDir;

use super::{Database, Intake};

/// The password of everybody on the staff.
pub(crate) const PASSWORD: &str = "a-password-of-the-tests";
/// What second factors are sealed with.
pub(crate) const SERVER_SECRET: &str = "a secret of the tests, of nobody else";
/// What Persona signs its webhooks with.
pub(crate) const WEBHOOK_SECRET: &str = "wbhsec_of_the_tests";
/// The secret key; no answer may hold it.
pub(crate) const API_KEY: &str = "persona_sandbox_for_tests";

/// An application under test; it stops when it is dropped.
pub(crate) struct App {
    pub(crate) state: AppState,
    pub(crate) persona: Control,
    pub(crate) simulator: Simulator,
    router: Router,
    clock: ManualClock,
    _database: Database,
    folder: TempDir,
}

impl App {
    /// The side of the application that hears webhooks.
    pub(crate) fn receiver(&self) -> Intake {
        Intake::new(self.state.clone())
    }

    /// The folder of the test.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The clock of the application alone.
    pub(crate) fn clock(&self) -> &ManualClock {
        &self.clock
    }
}
