//! Leftoff from the outside: the real router, a real SQLite file, the simulated Persona, and a clock that tests move.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

mod audit;
mod bulk;
mod cli;
mod completion;
mod device;
mod endpoints;
mod events;
mod evidence;
mod factor;
mod funnel;
mod hand_off;
mod headers;
mod hosted;
mod import;
mod imports;
mod inquiry;
mod languages;
mod limits;
mod live;
mod mail;
mod milestones;
mod oidc;
mod outage;
mod pages;
mod queue;
mod resume;
mod roles;
mod security;
mod settings;
mod sign_in;
mod store;
mod storm;
mod sweep;
mod team;
mod trouble;
mod webhooks;
mod words;
