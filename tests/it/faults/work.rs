//! What Leftoff does by itself: whatever fails waits, or stands where somebody sees it.

pub(super) mod bulk;
pub(super) mod event;
pub(super) mod import;
pub(super) mod message;
pub(super) mod policy;
pub(super) mod sweep;

use leftoff::worker::{Pace, Work};

use super::{Turn, persona::Trouble};
use crate::support::App;

/// Waits that are lived through before it counts as hopeless.
const PATIENCE: usize = 40;

/// Lets work be tried once, and afterwards until all of it is done.
async fn go_on(app: &App, work: &impl Work, turn: Turn) {
    match turn {
        Turn::First => go(None, work, 0).await,
        Turn::Again => finish(app, work).await,
    }
}

/// Steps until nothing is left to do, and lets the time pass that the work waits for.
async fn finish(app: &App, work: &impl Work) {
    go(Some(app), work, PATIENCE).await;
}

async fn go(app: Option<&App>, work: &impl Work, mut patience: usize) {
    for _ in 0..500 {
        match (work.step().await.unwrap(), app) {
            (Pace::Now, _) => {}
            (Pace::In(wait), Some(app)) if patience > 0 => {
                patience -= 1;
                app.advance(wait);
            }
            _ => return,
        }
    }
    panic!("the work never rests");
}

/// Whether the trouble may be over by itself, as far as work that reads lists can tell.
const fn may_pass(trouble: Trouble) -> bool {
    matches!(
        trouble,
        Trouble::Silence | Trouble::Server | Trouble::Limited(_)
    )
}
