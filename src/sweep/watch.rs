//! The watch over the webhooks. It stands outside of their handler: one that is never called raises no alarm.

use std::time::Duration;

use crate::{
    clock::Clock,
    config::Config,
    failure::Failure,
    store::{
        self, Change, Store,
        channel::{self, Why},
        events,
    },
    worker::{Bell, Pace, Work},
};

/// Between one look and the next.
const PAUSE: Duration = Duration::from_mins(1);

/// Notices when webhooks fall silent; cheap to clone.
#[derive(Clone, Debug)]
pub struct Watch {
    store: Store,
    clock: Clock,
    /// Since when it watches, in ms since 1970.
    began_at: i64,
    /// The longest silence, in ms; none when silence is no reason.
    longest: Option<i64>,
    is_on: bool,
    bell: Bell,
}

impl Watch {
    /// A watch that begins now.
    #[must_use]
    pub fn new(store: Store, clock: Clock, settings: &Config) -> Self {
        let minutes = i64::from(settings.webhooks.silent_minutes);
        Self {
            began_at: clock.now_ms(),
            store,
            clock,
            longest: (minutes > 0).then_some(minutes * 60_000),
            is_on: !settings.persona.webhook_secrets.is_empty(),
            bell: Bell::default(),
        }
    }
}

impl Work for Watch {
    const NAME: &'static str = "watch";

    async fn step(&self) -> Result<Pace, Failure> {
        if !self.is_on {
            return Ok(Pace::Idle);
        }
        let (now, began_at, longest) = (self.clock.now_ms(), self.began_at, self.longest);
        let looked = self
            .store
            .change(move |change| look(change, now, began_at, longest));
        if let Some(why) = looked.await? {
            tracing::warn!(
                why = why.code(),
                "the webhooks of Persona fell silent: see the section Events of ops"
            );
        }
        Ok(Pace::In(PAUSE))
    }

    fn bell(&self) -> &Bell {
        &self.bell
    }
}

/// What is wrong, when it was not known before.
fn look(
    change: &Change<'_>,
    now: i64,
    began_at: i64,
    longest: Option<i64>,
) -> store::Result<Option<Why>> {
    let known = channel::find(change)?;
    let heard_at = known.heard_at.unwrap_or_default();
    let is_silent = longest.is_some_and(|longest| now - heard_at.max(began_at) >= longest);
    let missed = events::last_untold(change)?;
    let why = if missed.is_some_and(|missed| missed > heard_at) {
        Why::Missed
    } else if is_silent {
        Why::Silent
    } else {
        return Ok(None);
    };
    Ok(channel::raise(change, why, now)?.then_some(why))
}
