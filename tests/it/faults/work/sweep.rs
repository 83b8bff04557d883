//! Sweeps: what one does not find, the next does.

use std::time::Duration;

use leftoff::worker::{Pace, Work as _};
use simulator::Status;

use super::{go_on, may_pass};
use crate::{
    faults::{
        Act, Case, Scene, Turn,
        persona::Trouble,
        post,
        seen::{Seen, state},
    },
    support::App,
};

const HOUR: Duration = Duration::from_hours(1);
const LONG: Duration = Duration::from_hours(30);

/// An inquiry that moved without a webhook.
pub(in crate::faults) struct Missed {
    inquiry: String,
}

/// What is to be found.
pub(in crate::faults) enum Find {
    /// It was finished an hour ago.
    Finished,
    /// It was not read for more than a day.
    LongUnread,
}

impl Scene for Missed {
    type Plan = Find;

    async fn prepare(app: &App, find: &Find) -> Self {
        let inquiry = post::somebody_at(app, &post::address(), Status::Pending).await;
        match find {
            Find::Finished => {
                app.advance(Duration::from_secs(1));
                let moved = app.persona.set_status(&inquiry, Status::Completed);
                moved.unwrap();
                app.advance(HOUR);
            }
            Find::LongUnread => app.advance(LONG),
        }
        Self { inquiry }
    }

    async fn act(&mut self, app: &App, _: &Find, turn: Turn) -> Seen {
        let sweeps = &app.state.sweeps;
        // IDs of one millisecond are in no order of themselves.
        app.advance(Duration::from_millis(1));
        sweeps.start("cli:a test").await.unwrap();
        match turn {
            Turn::First => go_on(app, sweeps, turn).await,
            Turn::Again => finish_one(app).await,
        }
        app.receiver().settle().await;
        let sweep = app.state.store.latest_sweep().await.unwrap().unwrap();
        state(sweep.state)
    }

    fn usual(trouble: Trouble) -> Option<Seen> {
        match trouble {
            Trouble::None | Trouble::OddStatus => None,
            trouble if may_pass(trouble) => Some(state("running")),
            _ => Some(state("failed")),
        }
    }

    fn inquiry(&self) -> &str {
        &self.inquiry
    }
}

/// Steps until the sweep that runs is over; the next one that is due by itself is not this test's.
async fn finish_one(app: &App) {
    while app.state.store.running_sweep().await.unwrap().is_some() {
        if let Pace::In(wait) = app.state.sweeps.step().await.unwrap() {
            app.advance(wait);
        }
    }
}

/// The list of events, which a key may not see at all.
pub(in crate::faults) fn events() -> Act<Missed> {
    Act {
        fails: |trouble| match trouble {
            Trouble::Forbidden | Trouble::Missing => None,
            trouble => Missed::usual(trouble),
        },
        done_after: |case| match case.trouble {
            Trouble::Forbidden | Trouble::Missing => Some(&["found-moved"]),
            _ => None,
        },
        ..Act::new(
            ("GET", "/events"),
            Find::Finished,
            state("done"),
            &["created", "started", "completed"],
        )
    }
}

/// What events tell of an inquiry that was not read for long.
const TOLD: &[&str] = &["created", "started", "expired"];

/// Whether the events were read before the inquiries could not be: they are kept, whatever comes then.
fn are_events_read(case: &Case) -> bool {
    case.fails.is_some() && !case.fault.is_on_the_way()
}

/// The list of inquiries that were not read for long.
pub(in crate::faults) fn inquiries() -> Act<Missed> {
    Act {
        notes: |case| if are_events_read(case) { TOLD } else { &[] },
        done_after: |case| match case.trouble {
            // No event tells of such a status.
            Trouble::OddStatus => Some(&["created", "started", "expired", "found-moved"]),
            _ => are_events_read(case).then_some(&[]),
        },
        ..Act::new(("GET", "/inquiries"), Find::LongUnread, state("done"), TOLD)
    }
}
