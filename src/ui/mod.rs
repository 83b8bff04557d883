//! Small views that pages share.

pub mod footer;
pub mod header;
pub mod help;
pub mod qr;
