//! Webhooks out: a receiver on loopback that verifies with the library of the standard, and a clock that tests move.

mod addresses;
mod attempts;
mod endpoints;
mod events;
mod replays;

use std::{collections::BTreeSet, time::Duration};

use leftoff::{
    config::Config,
    deliver::{Acted, Deliveries, NewEndpoint},
    staff::Actor,
    store::{
        deliveries::{DeliveryQuery, DeliveryRow},
        endpoints::EndpointRow,
    },
    worker::{Pace, Work as _},
};
use secrecy::ExposeSecret as _;

use crate::support::{App, Hook};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Settings with which webhooks may go to this machine.
pub(crate) fn at_home(config: &mut Config) {
    config.deliveries.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
    config.deliveries.timeout_seconds = 1;
}

fn wanting(url: &str, events: Option<&[&str]>) -> NewEndpoint {
    NewEndpoint {
        url: url.to_owned(),
        description: "A receiver".to_owned(),
        events: events.map(|events| events.iter().map(|event| (*event).to_owned()).collect()),
    }
}

/// An endpoint that is told everything; its ID and secret.
pub(crate) async fn endpoint(app: &App, url: &str) -> (String, String) {
    let new = wanting(url, None);
    let added = app.state.deliveries.add(&Actor::System, &new);
    let (row, secret) = added.await.unwrap();
    (row.id, secret.expose_secret().to_owned())
}

/// Steps until nothing is under way; how long until the next attempt.
pub(crate) async fn settle(app: &App) -> Option<Duration> {
    settle_by(&app.state.deliveries).await
}

async fn settle_by(deliveries: &Deliveries) -> Option<Duration> {
    loop {
        match deliveries.step().await.unwrap() {
            Pace::Now => {}
            Pace::In(wait) => return Some(wait),
            Pace::Idle => return None,
        }
    }
}

async fn row(app: &App, id: &str) -> EndpointRow {
    app.state.store.endpoint(id).await.unwrap().unwrap()
}

/// The deliveries of an endpoint, the newest first.
async fn deliveries(app: &App, id: &str) -> Vec<DeliveryRow> {
    let query = DeliveryQuery {
        endpoint_id: id.to_owned(),
        ..DeliveryQuery::default()
    };
    app.state.store.deliveries(query, 10_000).await.unwrap()
}

async fn only(app: &App, id: &str) -> DeliveryRow {
    let mut rows = deliveries(app, id).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn test_of(app: &App, id: &str) {
    let tested = app.state.deliveries.test(&Actor::System, id).await;
    assert_eq!(tested.unwrap(), Acted::Done);
}

fn ids(hooks: &[Hook]) -> BTreeSet<String> {
    hooks.iter().map(|hook| hook.id().to_owned()).collect()
}
