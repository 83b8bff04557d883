//! What a check found.

use serde::Serialize;

/// How good or bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// Worth knowing; nothing needs to be done.
    Note,
    /// It works, and will hurt.
    Warning,
    /// It does not work.
    Failed,
}

/// One answer of a check.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The check, as scripts know it.
    pub check: &'static str,
    /// The check, as people read it.
    pub name: &'static str,
    /// How good or bad it is.
    pub state: State,
    /// What was found.
    pub found: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to do; absent when there is nothing to do.
    pub todo: Option<String>,
}

/// What a check is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Topic {
    /// The name for scripts.
    pub(super) check: &'static str,
    /// The name for people.
    pub(super) name: &'static str,
    /// Why it matters.
    pub(super) why: &'static str,
}

impl Topic {
    /// All is well.
    pub(super) fn ok(self, found: impl Into<String>) -> Finding {
        self.finding(State::Ok, found, None)
    }

    /// Something to know.
    pub(super) fn note(self, found: impl Into<String>, todo: impl Into<String>) -> Finding {
        self.finding(State::Note, found, Some(todo.into()))
    }

    /// Something that will hurt.
    pub(super) fn warning(self, found: impl Into<String>, todo: impl Into<String>) -> Finding {
        self.finding(State::Warning, found, Some(todo.into()))
    }

    /// Something that does not work.
    pub(super) fn failed(self, found: impl Into<String>, todo: impl Into<String>) -> Finding {
        self.finding(State::Failed, found, Some(todo.into()))
    }

    /// Something that could not be looked at, because something else is in the way.
    pub(super) fn unseen(self, because: &str) -> Finding {
        let todo = "Put that right first, and run doctor again.";
        self.note(format!("not checked: {because}"), todo)
    }

    fn finding(self, state: State, found: impl Into<String>, todo: Option<String>) -> Finding {
        Finding {
            check: self.check,
            name: self.name,
            state,
            found: found.into(),
            why: self.why,
            todo,
        }
    }
}
