//! Plain data that server and browser share: no I/O and no clock.

pub mod bulk;
pub mod event;
pub mod message;
pub mod need;
pub mod policy;
pub mod reason;
pub mod refusal;
pub mod role;
pub mod scope;
pub mod sdk;
pub mod trouble;
pub mod webhook;
