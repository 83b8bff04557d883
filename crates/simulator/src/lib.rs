//! A local Persona with a memory: REST API, hosted flow, webhooks, faults, and a clock that can be moved.
//!
//! It is written from Persona's documentation and knows nothing of any client. See the crate's README for what differs.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use simulator::{Options, Seed, Simulator, Status};
//!
//! let persona = Simulator::start(Options::default()).await?;
//! let inquiry = persona.control().create_inquiry(&Seed { status: Status::Expired, ..Seed::default() });
//! println!("{} {inquiry}", persona.api_url());
//! # Ok(())
//! # }
//! ```

mod api;
mod clock;
mod connection;
mod control;
mod creation;
mod delivery;
mod event;
mod fault;
mod flow;
mod hmac_sha256;
mod id;
mod idempotency;
mod inquiry;
mod intake;
mod lifecycle;
mod link;
mod options;
mod rate_limit;
mod request_log;
mod resource;
mod server;
mod session;
mod shared;
mod state;
mod status;
mod template;
mod token;
mod webhook;
mod webhook_sender;

pub use control::{Control, InquirySnapshot, Seed, SessionSnapshot, UnknownInquiry};
pub use delivery::{Delivery, WebhookFaults};
pub use fault::{Fault, FaultKind, FaultMatch};
pub use options::{Options, WebhookTarget};
pub use request_log::RequestSeen;
pub use server::Simulator;
pub use status::Status;
pub use template::DEFAULT_TEMPLATE;
