//! Fifteen mistakes that others made when they resumed Persona inquiries, and that cannot happen here.

mod link;
mod persona;
mod secrets;
mod session;
mod webhook;
