//! The audit as a whole: whether its chain is whole, and taking it out of Leftoff.

mod check;
mod export;
mod fault;
mod walk;

pub use check::{check, check_file};
pub use export::{Format, Preamble, export};
pub use fault::Fault;
pub use walk::Walk;
