//! The simulated Persona from outside, over HTTP.

#![expect(clippy::unwrap_used, reason = "a failing test may panic")]

mod conformance;
mod control;
mod faults;
mod idempotency;
mod inquiries;
mod lifecycle;
mod links;
mod listing;
mod persona;
mod protocol;
mod verify;
mod webhooks;
mod widget;
