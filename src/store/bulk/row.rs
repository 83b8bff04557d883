//! What is kept of a bulk, and what is told of it.

use crate::model::bulk::{BulkAct, BulkState};
use crate::store::columns;

/// A bulk: times in ms since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkRow {
    /// A ULID.
    pub id: String,
    /// Who made it, as the audit names them.
    pub maker: String,
    /// The act's code.
    pub act: String,
    /// The query of the view that it came from; empty for inquiries that were ticked.
    pub origin: String,
    /// The bulk whose failed rows it tries again.
    pub retry_of: Option<String>,
    /// 1 when inquiries of outdated templates are taken too.
    pub with_outdated: i64,
    /// 1 when people who were contacted lately are taken too.
    pub with_contacted: i64,
    /// The code of the reason.
    pub reason: Option<String>,
    /// What was added in words.
    pub note: Option<String>,
    /// The state's code.
    pub state: String,
    /// Why Leftoff itself paused it.
    pub problem: Option<String>,
    /// SHA-256 of the inquiries, their versions and what will happen to each.
    pub fingerprint: String,
    /// Inquiries in all.
    pub total: i64,
    /// Those that something will happen to.
    pub included: i64,
    /// Those that it happened to.
    pub done: i64,
    /// Those where there was nothing to do any more.
    pub skipped: i64,
    /// Those where it did not succeed.
    pub failed: i64,
    /// When it was made.
    pub created_at: i64,
    /// Who confirmed the receipt.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<i64>,
    /// Who else approved it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<i64>,
    /// When it came to its end.
    pub finished_at: Option<i64>,
}

columns!(BulkRow: id, maker, act, origin, retry_of, with_outdated, with_contacted, reason, note, state, problem,
    fingerprint, total, included, done, skipped, failed, created_at, confirmed_by, confirmed_at, approved_by,
    approved_at, finished_at);

impl BulkRow {
    /// What it does.
    #[must_use]
    pub fn act(&self) -> BulkAct {
        BulkAct::parse(&self.act).unwrap_or(BulkAct::Resume)
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> BulkState {
        BulkState::parse(&self.state).unwrap_or(BulkState::Cancelled)
    }

    /// Who answers for it: whoever confirmed it, before that its maker.
    #[must_use]
    pub fn actor(&self) -> &str {
        self.confirmed_by.as_deref().unwrap_or(&self.maker)
    }

    /// Inquiries whose turn has not come.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.included - self.done - self.skipped - self.failed
    }
}

/// An inquiry that moved since the receipt was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The inquiry.
    pub inquiry_id: String,
    /// What would have happened to it.
    pub was: String,
    /// What will happen to it now.
    pub is: String,
}

columns!(Moved: inquiry_id, was, is);

/// How many inquiries share a verdict, or an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The code.
    pub code: String,
    /// How many.
    pub count: i64,
    /// One of them.
    pub example: Option<String>,
}

columns!(Group: code, count, example);
