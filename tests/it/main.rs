//! Leftoff from the outside: the real router, a real SQLite file, the simulated Persona, and a clock that tests move.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

mod api;
mod audit;
mod bulk;
mod cli;
mod completion;
mod deliveries;
mod deliveries_pages;
mod device;
mod endpoints;
mod evidence;
mod examples;
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
mod messages;
mod milestones;
mod mishap;
mod oidc;
mod outage;
mod pages;
mod policies;
mod queue;
mod recover;
mod resume;
mod roles;
mod security;
mod settings;
mod sign_in;
mod store;
mod team;
mod trouble;
mod words;
