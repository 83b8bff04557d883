//! Webhooks out: what happens to inquiries, told to the company's own systems, as <https://www.standardwebhooks.com>
//! describes.
//!
//! A delivery is written with the ledger's entry that it tells of. Sending may happen twice, after a crash or a replay;
//! the ID of the message stays the same, so that the receiver knows it again.

mod acts;
mod endpoint;
mod guard;
mod message;
mod run;
mod schedule;
mod sender;
mod signing;

use std::sync::Arc;

use tokio::sync::Mutex;

pub use acts::{Acted, Replayed};
pub use endpoint::{EndpointError, NewEndpoint, parse_url};
pub use guard::{Guard, Names};
pub use message::Message;
pub use sender::{Cause, ClientError};
pub use signing::{HEADER_ID, HEADER_SIGNATURE, HEADER_TIMESTAMP};

use crate::{
    clock::Clock,
    config,
    failure::Failure,
    seal::Seal,
    store::{Store, deliveries::DeliveryRow},
    worker::Bell,
};
use run::Flights;
use sender::Sender;

/// Webhooks out; cheap to clone. It is also the work in the background that sends them.
#[derive(Clone, Debug)]
pub struct Deliveries {
    store: Store,
    clock: Clock,
    seal: Seal,
    settings: Arc<config::Deliveries>,
    sender: Sender,
    bell: Bell,
    flights: Arc<Mutex<Flights>>,
}

impl Deliveries {
    /// Webhooks of what this store holds; names are looked up by the operating system.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(store: Store, clock: Clock, settings: &config::Config) -> Result<Self, ClientError> {
        Self::with_names(store, clock, settings, &Names::system())
    }

    /// The same, with names that are looked up in another way.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn with_names(
        store: Store,
        clock: Clock,
        settings: &config::Config,
        names: &Names,
    ) -> Result<Self, ClientError> {
        let deliveries = &settings.deliveries;
        let guard = Guard::new(deliveries.allow_networks.clone());
        Ok(Self {
            store,
            clock,
            seal: Seal::new(settings.server.secret.clone()),
            sender: Sender::new(guard, names, deliveries.timeout())?,
            settings: Arc::new(deliveries.clone()),
            bell: Bell::default(),
            flights: Arc::default(),
        })
    }

    /// Wakes the work with each commit of this process, as any of them may have written a delivery; it has no end.
    pub async fn follow_commits(self) {
        let mut commits = self.store.commits();
        while commits.changed().await.is_ok() {
            self.bell.ring();
        }
    }

    /// What a delivery says; none when the ledger has no such entry any more.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn message(&self, delivery: &DeliveryRow) -> Result<Option<Message>, Failure> {
        if delivery.inquiry_id.is_none() {
            return Ok(Some(Message::of_test(delivery)));
        }
        let entry = self.store.ledger_entry(&delivery.event_id).await?;
        Ok(entry.map(|entry| Message::of(delivery, &entry)))
    }
}
