#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![expect(
    clippy::missing_errors_doc,
    reason = "every call fails in the ways that `Error` lists; a call's own are in its text"
)]

// The client and how it sends.
mod answer;
mod attempt;
mod builder;
mod client;
mod error;
mod idempotency;
mod probe;
mod rate_limit;
mod request;
mod retry;

// What is sent and read.
mod document;
mod id;
mod inflection;
mod shape;
mod status;
mod token;

// Persona's objects and the calls on them.
mod endpoint;
mod event;
mod inquiries;
mod inquiry;
mod link;
mod list;
mod new_inquiry;
mod search;
mod session;
mod simulate;
mod template;

// What Persona sends to us.
mod signature;
pub mod webhook;

pub use attempt::Attempt;
pub use builder::{BuildError, ClientBuilder, PERSONA_VERSION};
pub use client::Client;
pub use endpoint::{WebhookEndpoint, WebhookEndpointAttributes};
pub use error::Error;
pub use event::{Event, EventFilter};
pub use id::{AccountId, EventId, InquiryId, InvalidId, SessionId, TemplateId, TemplateVersionId};
pub use idempotency::IdempotencyKey;
pub use inquiries::{Created, Resumed};
pub use inquiry::{Inquiry, InquiryAttributes};
pub use link::OneTimeLink;
pub use list::{InquiryFilter, Page, PageRequest};
pub use new_inquiry::{InquiryPatch, NewInquiry};
pub use probe::Probe;
pub use rate_limit::RateLimit;
pub use search::{Comparison, Query, Search, Sort, SortBy};
pub use session::{Session, SessionAttributes};
pub use shape::Shape;
pub use simulate::SimulateAction;
pub use status::{EndpointStatus, InquiryStatus, SessionStatus, TemplateStatus};
pub use template::{Template, TemplateAttributes};
pub use token::{SecretUrl, SessionToken};
