//! The API of the company's own software.

mod access;
mod document;
mod events;
mod idempotency;
mod input;
mod inquiries;
mod keys;
mod limits;
mod links;
mod receipts;
mod secrets;
