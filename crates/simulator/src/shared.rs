//! What every request and every control handle shares.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use crate::options::Options;
use crate::state::State;

/// The memory behind its lock, and what never changes.
pub(crate) struct Shared {
    state: Mutex<State>,
    pub(crate) options: Options,
    /// Wakes the webhook sender.
    pub(crate) webhooks_due: Notify,
    /// Wakes whoever waits for deliveries to end.
    pub(crate) webhooks_idle: Notify,
    /// Turns true when the simulator stops; hung requests end with it.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Shared {
    /// Shares a fresh memory.
    pub(crate) fn new(
        options: Options,
        public_url: String,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        let state = Mutex::new(State::new(&options, public_url));
        Self {
            state,
            options,
            webhooks_due: Notify::new(),
            webhooks_idle: Notify::new(),
            stopping,
        }
    }

    /// Runs `act` on the memory after everything that was due by now has happened, and wakes the webhook sender if `act`
    /// left something to send.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        state.now = state.clock.now();
        state.settle();
        let result = act(&mut state);
        if state.webhooks.has_due(state.now) {
            self.webhooks_due.notify_one();
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
