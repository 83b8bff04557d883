//! One struct for each section of the settings.

mod ops;
mod persona;
mod portal;
mod sending;
mod server;
mod watching;

pub use self::persona::{Persona, Sweep, Webhooks};
pub use ops::{Oidc, Ops, SecondFactor};
pub use portal::{Links, Portal, Recover};
pub use sending::{Deliveries, Mail, Sms};
pub use server::{ClientIp, Database, Limits, Server};
pub use watching::{ClientAddress, Log, LogFormat, Metrics, Telemetry};
