//! Plain data that server and browser share: no I/O and no clock.

pub mod bulk;
pub mod event;
pub mod need;
pub mod reason;
pub mod refusal;
pub mod role;
pub mod sdk;
pub mod trouble;
