//! Plain data that server and browser share: no I/O and no clock.

pub mod refusal;
pub mod sdk;
pub mod trouble;
