//! What is wrong with the settings and with everything that they lead to: each check says what it found, why it
//! matters and what to do. Nothing is changed anywhere.

mod database;
mod finding;
mod mail;
mod oidc;
mod persona;
mod portal;
mod settings;
mod site;
mod sms;
mod templates;
mod web;
mod webhook;

use std::{future::Future, path::PathBuf, time::Duration};

use futures_util::future::join_all;

pub use finding::{Finding, State};

use crate::{clock::Clock, config::Inspected};
use finding::Topic;
use web::Web;

/// No check takes longer: one that hangs hides no other.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks at everything.
#[derive(Debug)]
pub struct Doctor {
    settings: Inspected,
    clock: Clock,
    backup: Option<PathBuf>,
    web: Web,
}

/// A check as it is run.
type Check<'a> = std::pin::Pin<Box<dyn Future<Output = Vec<Finding>> + Send + 'a>>;

impl Doctor {
    /// Prepares to look at what these settings lead to, and at a backup if one is named.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub fn new(
        settings: Inspected,
        clock: Clock,
        backup: Option<PathBuf>,
    ) -> Result<Self, reqwest::Error> {
        Ok(Self {
            settings,
            clock,
            backup,
            web: Web::new()?,
        })
    }

    /// Runs every check, whatever the others find, and gives what they found in a fixed order.
    pub async fn examine(&self) -> Vec<Finding> {
        let checks: Vec<Check<'_>> = vec![
            Box::pin(async { self.look_at_settings() }),
            Box::pin(self.look_at_persona()),
            bounded(site::FLOW, self.look_at_flow()),
            bounded(site::PUBLIC_URL, self.look_at_site()),
            bounded(database::DATABASE, self.look_at_database()),
            bounded(mail::MAIL, self.look_at_mail()),
            bounded(sms::SMS, self.look_at_gateway()),
            bounded(oidc::OIDC, self.look_at_oidc()),
            Box::pin(async { self.look_at_portal() }),
        ];
        join_all(checks).await.into_iter().flatten().collect()
    }
}

/// A check that is given up when it takes too long.
fn bounded<'a>(topic: Topic, check: impl Future<Output = Vec<Finding>> + Send + 'a) -> Check<'a> {
    Box::pin(async move {
        let checked = tokio::time::timeout(PATIENCE, check).await;
        checked.unwrap_or_else(|_| {
            let found = format!("was given up after {} s", PATIENCE.as_secs());
            let todo = "See whether the machine is overloaded or the network drops packets, and run it again.";
            vec![topic.failed(found, todo)]
        })
    })
}
