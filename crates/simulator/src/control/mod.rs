//! The power over the simulation: in-process as [`Control`], by HTTP as `/control`.

mod http;
mod page;
mod seed;
mod snapshot;

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

pub(crate) use self::http::router;
pub use self::seed::Seed;
pub use self::snapshot::{InquirySnapshot, SessionSnapshot};
use crate::delivery::{Delivery, WebhookFaults};
use crate::fault::Fault;
use crate::lifecycle::Refusal;
use crate::options::WebhookTarget;
use crate::request_log::RequestSeen;
use crate::shared::Shared;
use crate::status::Status;
use crate::template::Template;
use crate::webhook::WebhookStatus;

/// A handle that moves the simulated world; clones share it.
#[derive(Clone)]
pub struct Control {
    shared: Arc<Shared>,
}

/// There is no such inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownInquiry;

impl fmt::Display for UnknownInquiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such inquiry")
    }
}

impl Error for UnknownInquiry {}

impl Control {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Makes an inquiry as the seed says and gives its ID.
    #[must_use]
    pub fn create_inquiry(&self, seed: &Seed) -> String {
        self.shared.with(|state| seed.plant(state))
    }

    /// Puts an inquiry into a status, whatever it was before, with its times and its event.
    ///
    /// # Errors
    /// If there is no such inquiry.
    pub fn set_status(&self, id: &str, status: Status) -> Result<(), UnknownInquiry> {
        self.shared.with(|state| {
            state.inquiries.get(id).ok_or(UnknownInquiry)?;
            state.move_to(id, status, state.now);
            Ok(())
        })
    }

    /// Redacts an inquiry; one that is redacted already stays as it is.
    ///
    /// # Errors
    /// If there is no such inquiry.
    pub fn redact(&self, id: &str) -> Result<(), UnknownInquiry> {
        self.shared.with(|state| match state.redact(id) {
            Err(Refusal::NotFound) => Err(UnknownInquiry),
            _ => Ok(()),
        })
    }

    /// What became of an inquiry.
    #[must_use]
    pub fn inquiry(&self, id: &str) -> Option<InquirySnapshot> {
        self.shared.with(|state| snapshot::of(state, id))
    }

    /// All inquiries, newest first.
    #[must_use]
    pub fn inquiries(&self) -> Vec<InquirySnapshot> {
        self.shared.with(|state| snapshot::all(state))
    }

    /// Publishes a new version of a template, which existing inquiries do not get, and gives its ID.
    #[must_use]
    pub fn publish_new_template_version(&self, template: &str) -> String {
        self.shared.with(|state| state.publish_template(template))
    }

    /// Gives a template a name; nothing happens to one that there is not.
    pub fn name_template(&self, id: &str, name: &str) {
        self.shared.with(|state| {
            let known = state.templates.iter_mut();
            for template in known.filter(|template| template.id == id) {
                name.clone_into(&mut template.name);
            }
        });
    }

    /// Sets the domains that may embed a template's flow, as its owner would in the dashboard. The flow itself does not
    /// hold anybody to it; see [`FaultKind::FrameDenied`](crate::FaultKind::FrameDenied).
    pub fn allow_domains(&self, template: &str, domains: &[&str]) {
        self.change_template(template, |template| {
            template.allowed_domains = domains.iter().map(|&domain| domain.to_owned()).collect();
        });
    }

    /// Takes a template out of use, or puts it into use again.
    pub fn set_template_active(&self, template: &str, active: bool) {
        self.change_template(template, |template| template.active = active);
    }

    fn change_template(&self, id: &str, change: impl FnOnce(&mut Template)) {
        self.shared.with(|state| {
            let mut known = state.templates.iter_mut();
            if let Some(template) = known.find(|template| template.id == id) {
                change(template);
            }
        });
    }

    /// The simulated time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.shared.with(|state| state.now)
    }

    /// Moves the clock forward; what became due by then has happened when this returns.
    pub fn advance(&self, by: Duration) {
        self.shared.with(|state| {
            state.clock.advance(by);
            state.now = state.clock.now();
            state.settle();
        });
    }

    /// From now on the time that the clock shows counts as unmoved: a story of the past has come to the present, where
    /// the receivers of webhooks are.
    pub fn adopt_clock(&self) {
        self.shared.with(|state| state.clock.adopt());
    }

    /// Adds a fault behind those that wait.
    pub fn inject(&self, fault: Fault) {
        self.shared.with(|state| state.faults.inject(fault));
    }

    /// Removes all faults, those of webhooks too.
    pub fn clear_faults(&self) {
        self.shared.with(|state| {
            state.faults.clear();
            state.webhooks.faults = WebhookFaults::default();
        });
    }

    /// The faults that wait to strike, oldest first.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.shared.with(|state| state.faults.all().to_vec())
    }

    /// The API, widget and verify requests so far, oldest first; the newest 100,000 are remembered.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestSeen> {
        self.shared.with(|state| state.requests.all())
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.with(|state| state.requests.clear());
    }

    /// Adds an endpoint that gets every event from now on, and gives its ID.
    #[must_use]
    pub fn add_webhook(&self, target: &WebhookTarget) -> String {
        self.shared
            .with(|state| state.add_webhook(target.url.as_str(), target.secret.clone()))
    }

    /// Disables every endpoint, and with it what is on its way there.
    pub fn disable_webhooks(&self) {
        self.shared.with(|state| {
            for webhook in &mut state.webhooks.endpoints {
                webhook.status = WebhookStatus::Disabled;
            }
            let ids: Vec<_> = state
                .webhooks
                .endpoints
                .iter()
                .map(|webhook| webhook.id.clone())
                .collect();
            for id in &ids {
                state.webhooks.cancel(id);
            }
        });
    }

    /// Keeps webhooks back from now on.
    pub fn hold_webhooks(&self) {
        self.shared.with(|state| state.webhooks.held = true);
    }

    /// Lets webhooks go, those that were held back first.
    pub fn send_webhooks(&self) {
        self.shared.with(|state| state.webhooks.held = false);
    }

    /// Sets what goes wrong with webhooks on their way out.
    pub fn set_webhook_faults(&self, faults: WebhookFaults) {
        self.shared.with(|state| state.webhooks.faults = faults);
    }

    /// Every delivery so far, oldest first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.with(|state| state.webhooks.deliveries.clone())
    }

    /// Waits until no webhook is due and none is on its way. Retries that are due later are not waited for.
    pub async fn webhooks_idle(&self) {
        loop {
            let news = self.shared.webhooks_idle.notified();
            tokio::pin!(news);
            news.as_mut().enable();
            if self.shared.with(|state| state.webhooks.is_idle(state.now)) {
                return;
            }
            news.await;
        }
    }
}
