//! What the staff does with endpoints and deliveries: each act is written down with what it changes.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;

use super::{
    Deliveries, EndpointError, NewEndpoint,
    endpoint::{MOST_ENDPOINTS, state},
    signing::Key,
};
use crate::{
    failure::Failure,
    id::new_id,
    model::webhook,
    staff::Actor,
    store::{
        self, Change,
        audit::{self, Deed},
        deliveries::{self, DeliveryRow},
        endpoints::{self, EndpointRow},
    },
};

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It was done.
    Done,
    /// There is no such endpoint or delivery.
    Unknown,
    /// The endpoint is disabled, so nothing would be sent.
    Disabled,
}

/// What became of a replay of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// So many are sent once more.
    Many(usize),
    /// As with a single one.
    No(Acted),
}

impl Deliveries {
    /// Adds an endpoint; its secret is told this once.
    ///
    /// # Errors
    /// What is wrong with it; the database's failures.
    pub async fn add(
        &self,
        actor: &Actor,
        new: &NewEndpoint,
    ) -> Result<(EndpointRow, SecretString), EndpointError> {
        let checked = new.check(self.sender.guard())?;
        let (now, key) = (self.clock.now(), Key::random()?);
        let row = EndpointRow {
            id: new_id(now)?,
            url: checked.url,
            description: checked.description,
            events: checked.events,
            secret: key.close(&self.seal)?,
            created_at: now.as_millisecond(),
            created_by: actor.to_string(),
            ..EndpointRow::default()
        };
        if self.store.endpoints().await?.len() >= MOST_ENDPOINTS {
            return Err(EndpointError::TooMany);
        }
        let deed = Deed {
            after: Some(state(&row)),
            ..deed(actor, "endpoint-added", &row.id, row.created_at)
        };
        let added = self.store.change(move |change| {
            endpoints::add(change, &row)?;
            audit::add(change, deed)?;
            Ok(row)
        });
        Ok((added.await?, key.text()))
    }

    /// Changes an endpoint. What failed before counts no more: it may be another receiver.
    ///
    /// # Errors
    /// What is wrong with it; the database's failures.
    pub async fn edit(
        &self,
        actor: &Actor,
        id: &str,
        new: &NewEndpoint,
    ) -> Result<Acted, EndpointError> {
        let checked = new.check(self.sender.guard())?;
        let edited = self.write(actor, id, "endpoint-changed", |row| {
            row.url = checked.url;
            row.description = checked.description;
            row.events = checked.events;
            (row.failing_since, row.failures) = (None, 0);
        });
        Ok(edited.await?)
    }

    /// Lets webhooks go to an endpoint, or lets none.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn set_enabled(
        &self,
        actor: &Actor,
        id: &str,
        is_enabled: bool,
    ) -> Result<Acted, Failure> {
        let (now, by) = (self.clock.now_ms(), actor.to_string());
        let act = if is_enabled {
            "endpoint-enabled"
        } else {
            "endpoint-disabled"
        };
        self.write(actor, id, act, move |row| {
            row.disabled_at = (!is_enabled).then_some(now);
            row.disabled_by = (!is_enabled).then_some(by);
            row.disabled_why = None;
            (row.failing_since, row.failures) = (None, 0);
        })
        .await
    }

    /// Gives an endpoint another secret, told this once; the one before signs too for so long. None for no endpoint.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn rotate(
        &self,
        actor: &Actor,
        id: &str,
        overlap: Duration,
    ) -> Result<Option<SecretString>, Failure> {
        let key = Key::random()?;
        let sealed = key.close(&self.seal)?;
        let overlap = i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX);
        let end = self.clock.now_ms().saturating_add(overlap);
        let rotated = self.write(actor, id, "endpoint-secret-rotated", move |row| {
            row.old_secret = Some(std::mem::replace(&mut row.secret, sealed));
            row.old_secret_ends_at = Some(end);
        });
        Ok((rotated.await? == Acted::Done).then(|| key.text()))
    }

    /// Changes an endpoint and writes it down, in one.
    async fn write(
        &self,
        actor: &Actor,
        id: &str,
        act: &str,
        edit: impl FnOnce(&mut EndpointRow) + Send + 'static,
    ) -> Result<Acted, Failure> {
        let deed = deed(actor, act, id, self.clock.now_ms());
        let id = id.to_owned();
        let written = self.store.change(move |change| {
            let Some(mut row) = endpoints::find(change, &id)? else {
                return Ok(Acted::Unknown);
            };
            let before = state(&row);
            edit(&mut row);
            endpoints::write(change, &row)?;
            let (before, after) = (Some(before), Some(state(&row)));
            audit::add(
                change,
                Deed {
                    before,
                    after,
                    ..deed
                },
            )?;
            Ok(Acted::Done)
        });
        Ok(written.await?)
    }

    /// Sends an endpoint a webhook that tells of nothing, to see whether it is taken.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn test(&self, actor: &Actor, id: &str) -> Result<Acted, Failure> {
        let now = self.clock.now();
        let row = DeliveryRow {
            endpoint_id: id.to_owned(),
            event_id: new_id(now)?,
            event: webhook::TEST.to_owned(),
            state: deliveries::WAITING.to_owned(),
            created_at: now.as_millisecond(),
            due_at: now.as_millisecond(),
            ..DeliveryRow::default()
        };
        let deed = deed(actor, "endpoint-tested", id, row.created_at);
        let tested = self.store.change(move |change| {
            let standing = standing(change, &row.endpoint_id)?;
            if standing == Acted::Done {
                deliveries::add(change, &row)?;
                audit::add(change, deed)?;
            }
            Ok(standing)
        });
        Ok(tested.await?)
    }

    /// Sends a delivery once more, whatever became of it; the message keeps its ID.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn replay(
        &self,
        actor: &Actor,
        endpoint_id: &str,
        event_id: &str,
    ) -> Result<Acted, Failure> {
        let now = self.clock.now_ms();
        let mut deed = deed(actor, "delivery-replayed", endpoint_id, now);
        deed.after = Some(json!({ "message": event_id }).to_string());
        let (endpoint_id, event_id) = (endpoint_id.to_owned(), event_id.to_owned());
        let replayed = self.store.change(move |change| {
            let standing = standing(change, &endpoint_id)?;
            if standing != Acted::Done {
                return Ok(standing);
            }
            if !deliveries::replay(change, &endpoint_id, &event_id, now)? {
                return Ok(Acted::Unknown);
            }
            audit::add(change, deed)?;
            Ok(Acted::Done)
        });
        Ok(replayed.await?)
    }

    /// Sends every delivery once more that failed and was made since a time.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn replay_failed(
        &self,
        actor: &Actor,
        endpoint_id: &str,
        since: i64,
    ) -> Result<Replayed, Failure> {
        let now = self.clock.now_ms();
        let deed = deed(actor, "deliveries-replayed", endpoint_id, now);
        let endpoint_id = endpoint_id.to_owned();
        let replayed = self.store.change(move |change| {
            let standing = standing(change, &endpoint_id)?;
            if standing != Acted::Done {
                return Ok(Replayed::No(standing));
            }
            let count = deliveries::replay_failed(change, &endpoint_id, since, now)?;
            if count > 0 {
                let after = Some(json!({ "since": since, "deliveries": count }).to_string());
                audit::add(change, Deed { after, ..deed })?;
            }
            Ok(Replayed::Many(count))
        });
        Ok(replayed.await?)
    }
}

/// Whether something can be sent to an endpoint.
fn standing(change: &Change<'_>, id: &str) -> store::Result<Acted> {
    let row = endpoints::find(change, id)?;
    Ok(match row {
        Some(row) if row.is_enabled() => Acted::Done,
        Some(_) => Acted::Disabled,
        None => Acted::Unknown,
    })
}

/// A deed about an endpoint.
pub(super) fn deed(actor: &Actor, act: &str, endpoint_id: &str, at: i64) -> Deed {
    Deed {
        at,
        actor: actor.to_string(),
        act: act.to_owned(),
        object: format!("endpoint:{endpoint_id}"),
        ..Deed::default()
    }
}
