//! All that the simulated Persona remembers. One lock guards it; no lock is held across an await.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use jiff::Timestamp;

use crate::clock::Clock;
use crate::delivery::Webhooks;
use crate::event::Event;
use crate::fault::Faults;
use crate::id;
use crate::idempotency::IdempotencyStore;
use crate::inquiry::Inquiry;
use crate::link::OneTimeLink;
use crate::options::Options;
use crate::rate_limit::RateLimiter;
use crate::request_log::RequestLog;
use crate::resource;
use crate::session::Session;
use crate::template::{DEFAULT_TEMPLATE, Template};
use crate::token::{self, Claims};

/// The memory.
pub(crate) struct State {
    /// The simulated time, taken once when the lock is taken.
    pub(crate) now: Timestamp,
    pub(crate) clock: Clock,
    pub(crate) random: fastrand::Rng,
    /// Base of the links that are handed out, without a slash at the end.
    pub(crate) public_url: String,
    pub(crate) environment: String,
    pub(crate) organization: String,
    pub(crate) inquiries: HashMap<String, Inquiry>,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) links: Vec<OneTimeLink>,
    pub(crate) templates: Vec<Template>,
    /// Reference ID to account ID.
    pub(crate) accounts: HashMap<String, String>,
    pub(crate) events: Vec<Event>,
    pub(crate) webhooks: Webhooks,
    pub(crate) faults: Faults,
    pub(crate) requests: RequestLog,
    pub(crate) rate_limiter: RateLimiter,
    pub(crate) idempotency: IdempotencyStore,
    /// When which inquiry expires, soonest first; an entry that the inquiry no longer agrees with means nothing.
    pub(crate) deadlines: BinaryHeap<Reverse<(Timestamp, String)>>,
    token_key: [u8; 32],
}

impl State {
    /// A Persona that knows one template and nobody.
    pub(crate) fn new(options: &Options, public_url: String) -> Self {
        let clock = Clock::new(options.start_time, options.frozen_clock);
        let mut random = options
            .random_seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        let mut token_key = [0; 32];
        random.fill(&mut token_key);
        let mut state = Self {
            now: clock.now(),
            environment: id::make(&mut random, "env"),
            organization: id::make(&mut random, "org"),
            webhooks: Webhooks::default(),
            clock,
            random,
            public_url,
            inquiries: HashMap::new(),
            sessions: HashMap::new(),
            links: Vec::new(),
            templates: Vec::new(),
            accounts: HashMap::new(),
            events: Vec::new(),
            faults: Faults::default(),
            requests: RequestLog::default(),
            rate_limiter: RateLimiter::new(options.rate_limit_per_minute),
            idempotency: IdempotencyStore::default(),
            deadlines: BinaryHeap::new(),
            token_key,
        };
        state.webhooks.signs_by_moved_clock = options.signs_by_moved_clock;
        state.publish_template(DEFAULT_TEMPLATE);
        if let Some(target) = &options.webhook {
            state.add_webhook(target.url.as_str(), target.secret.clone());
        }
        state
    }

    /// A fresh identifier with this prefix.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        id::make(&mut self.random, prefix)
    }

    /// A token for a session, new on each call as its claims carry the time and a number of their own.
    pub(crate) fn session_token(&mut self, session: &str) -> Option<String> {
        let jti = id::letters(&mut self.random, 24);
        let session = self.sessions.get(session)?;
        let claims = Claims::new(&session.id, jti, self.now, session.expires_at);
        Some(token::issue(&self.token_key, &claims))
    }

    /// The live session that a token opens.
    pub(crate) fn session_of_token(&self, token: &str) -> Option<&Session> {
        let claims = token::verify(&self.token_key, token, self.now)?;
        self.sessions
            .get(&claims.sub)
            .filter(|session| session.is_live(self.now))
    }

    /// Emits an event about an inquiry as it is now.
    pub(crate) fn emit_inquiry(&mut self, name: &'static str, inquiry: &str, at: Timestamp) {
        if let Some(data) = self.inquiries.get(inquiry).map(resource::inquiry) {
            self.emit(name, inquiry, data, at);
        }
    }

    /// Emits an event about a session as it is now.
    pub(crate) fn emit_session(&mut self, name: &'static str, session: &str, at: Timestamp) {
        if let Some(data) = self
            .sessions
            .get(session)
            .map(|session| resource::session(session, at))
        {
            self.emit(name, session, data, at);
        }
    }

    fn emit(&mut self, name: &'static str, object: &str, data: serde_json::Value, at: Timestamp) {
        let event = Event {
            id: self.id("evt"),
            name,
            object: object.to_owned(),
            created_at: at,
            data,
        };
        self.webhooks.enqueue(&event, self.now);
        self.events.push(event);
    }
}
