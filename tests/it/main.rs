//! Leftoff from the outside: the real router, a real SQLite file, the simulated Persona, and a clock that tests move.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

mod audit;
mod backup;
mod bulk;
mod cli;
mod completion;
mod device;
mod doctor;
mod endpoints;
mod evidence;
mod factor;
mod funnel;
mod hand_off;
mod headers;
mod health;
mod hosted;
mod import;
mod imports;
mod inquiry;
mod languages;
mod limits;
mod live;
mod log;
mod mail;
mod metrics;
mod milestones;
mod mistakes;
mod oidc;
mod operating;
mod outage;
mod pages;
mod queue;
mod reference;
mod resume;
mod roles;
mod security;
mod settings;
mod sign_in;
mod stop;
mod store;
mod team;
mod traces;
mod trouble;
mod words;
