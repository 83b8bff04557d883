//! Messages to people: queued by the act that causes them, sent in the background, never lost and never kept.
//!
//! Whoever acts drafts a link whose token follows from its ID ([`Links::draft`](crate::links::Links::draft)), and keeps link
//! and message in one change: `link.add(change)?; notify::enqueue(change, &message)?`. After the commit it rings
//! [`Notifier::bell`]. Address, text and URL are put together when the message is sent.

mod gateway;
mod queue;
mod send;
mod settle;
mod take;

use url::Url;

pub use gateway::Gateway;
pub use queue::{NewMessage, drop_of_policies, enqueue};

use crate::{
    budget::Budget,
    clock::Clock,
    config::Config,
    inquiries::Inquiries,
    links::token::Tokens,
    mail::{Letterhead, Mailer},
    model::message::MessageChannel,
    store::Store,
    worker::Bell,
};

/// Sends messages; cheap to clone. It is also the work in the background that does so.
#[derive(Clone, Debug)]
pub struct Notifier {
    store: Store,
    inquiries: Inquiries,
    clock: Clock,
    budget: Budget,
    bell: Bell,
    tokens: Tokens,
    site: Url,
    head: Letterhead,
    mailer: Option<Mailer>,
    gateway: Option<Gateway>,
}

impl Notifier {
    /// Sends messages of this store by the ways that the settings name.
    ///
    /// # Errors
    /// When no HTTP client can be made for the gateway.
    pub fn new(
        store: Store,
        inquiries: Inquiries,
        clock: Clock,
        budget: Budget,
        settings: &Config,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            store,
            inquiries,
            clock,
            budget,
            bell: Bell::default(),
            tokens: Tokens::new(settings.server.secret.clone()),
            site: settings.server.public_url.clone(),
            head: Letterhead::of(&settings.portal),
            mailer: Mailer::new(&settings.mail),
            gateway: Gateway::new(&settings.sms)?,
        })
    }

    /// The channels that lead somewhere. Messages of another wait until the settings name its way.
    #[must_use]
    pub fn channels(&self) -> Vec<MessageChannel> {
        let mail = self.mailer.as_ref().map(|_| MessageChannel::Mail);
        let sms = self.gateway.as_ref().map(|_| MessageChannel::Sms);
        mail.into_iter().chain(sms).collect()
    }
}
