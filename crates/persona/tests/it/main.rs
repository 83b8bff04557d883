//! The client from outside: against a scripted server and a local Persona with a memory, and the webhooks that it verifies.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod against_simulator;
mod errors;
mod inquiries;
mod lists;
mod retries;
mod secrets;
mod support;
mod webhooks;
