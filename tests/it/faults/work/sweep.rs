//! Sweeps: what one does not find, the next does.

use std::time::Duration;

use simulator::Status;

use super::{may_pass, try_once};
use crate::{
    faults::{
        Act, Call,
        persona::{Fault, Trouble},
        post,
        seen::{Seen, book, state},
    },
    support::App,
};

const HOUR: Duration = Duration::from_hours(1);
const LONG: Duration = Duration::from_hours(30);

/// An inquiry that moved without a webhook.
struct Missed {
    inquiry: String,
    has_failed: bool,
}

impl Missed {
    /// It was finished an hour ago.
    async fn lately(app: &App) -> Self {
        let missed = Self::new(app).await;
        app.advance(Duration::from_secs(1));
        let moved = app.persona.set_status(&missed.inquiry, Status::Completed);
        moved.unwrap();
        app.advance(HOUR);
        missed
    }

    /// It was not read for more than a day.
    async fn long_ago(app: &App) -> Self {
        let missed = Self::new(app).await;
        app.advance(LONG);
        missed
    }

    async fn new(app: &App) -> Self {
        Self {
            inquiry: post::somebody_at(app, &post::address(), Status::Pending).await,
            has_failed: false,
        }
    }

    async fn sweep(&mut self, app: &App) -> Seen {
        let sweeps = &app.state.sweeps;
        // IDs of one millisecond are in no order of themselves.
        app.advance(Duration::from_millis(1));
        sweeps.start("cli:a test").await.unwrap();
        if self.has_failed {
            // The next one that is due by itself is not this test's.
            while app.state.store.running_sweep().await.unwrap().is_some() {
                finish_one(app).await;
            }
        } else {
            try_once(sweeps).await;
        }
        self.has_failed = true;
        app.receiver().settle().await;
        let sweep = app.state.store.latest_sweep().await.unwrap().unwrap();
        state(sweep.state)
    }
}

/// Steps until the sweep that runs is over.
async fn finish_one(app: &App) {
    use leftoff::worker::{Pace, Work as _};
    if let Pace::In(wait) = app.state.sweeps.step().await.unwrap() {
        app.advance(wait);
    }
}

fn fails(trouble: Trouble) -> Option<Seen> {
    match trouble {
        Trouble::None | Trouble::OddStatus => None,
        trouble if may_pass(trouble) => Some(state("running")),
        _ => Some(state("failed")),
    }
}

/// The list of events, which a key may not see at all.
pub(in crate::faults) struct Events(Missed);

impl Act for Events {
    const CALL: Call = ("GET", "/events");
    const DONE: &'static [&'static str] = &["created", "started", "completed"];

    async fn prepare(app: &App) -> Self {
        Self(Missed::lately(app).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.sweep(app).await
    }

    fn works() -> Seen {
        state("done")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::Forbidden | Trouble::Missing => None,
            trouble => fails(trouble),
        }
    }

    fn done(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            Trouble::Forbidden | Trouble::Missing => &["found-moved"],
            _ => Self::DONE,
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}

/// The list of inquiries that were not read for long.
pub(in crate::faults) struct Inquiries(Missed);

impl Act for Inquiries {
    const CALL: Call = ("GET", "/inquiries");
    const DONE: &'static [&'static str] = &["created", "started", "expired"];

    async fn prepare(app: &App) -> Self {
        Self(Missed::long_ago(app).await)
    }

    async fn act(&mut self, app: &App) -> Seen {
        self.0.sweep(app).await
    }

    fn works() -> Seen {
        state("done")
    }

    fn fails(trouble: Trouble) -> Option<Seen> {
        fails(trouble)
    }

    /// The events were read before the inquiries where they could be, and are kept whatever comes then.
    fn notes(fault: &Fault) -> &'static [&'static str] {
        match fails(fault.trouble(Self::CALL)) {
            Some(_) if !fault.is_on_the_way() => Self::DONE,
            _ => &[],
        }
    }

    fn done(fault: &Fault) -> &'static [&'static str] {
        match fault.trouble(Self::CALL) {
            // No event tells of such a status.
            Trouble::OddStatus => &["created", "started", "expired", "found-moved"],
            trouble if fails(trouble).is_some() && !fault.is_on_the_way() => &[],
            _ => Self::DONE,
        }
    }

    async fn book(&self, app: &App) -> Vec<String> {
        book(app, &self.0.inquiry).await
    }
}
