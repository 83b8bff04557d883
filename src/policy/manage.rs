//! What admins do with policies: made, changed, turned on and off, and all of them stopped at once.

use serde_json::json;

use super::{NewPolicy, Policies, schedule};
use crate::{
    failure::Failure,
    id::new_id,
    notify,
    staff::Actor,
    store::{
        self, Change,
        audit::{self, Deed},
        policies::{self, PolicyRow, SwitchRow},
    },
};

/// What became of a form.
#[derive(Debug)]
pub enum Managed {
    /// The policy as it is now.
    Done(Box<PolicyRow>),
    /// What is wrong with the form, each in a sentence.
    Wrong(Vec<String>),
    /// Somebody changed it meanwhile, or it does not exist.
    Moved,
}

/// Which way the switch of all policies is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing happens by itself any more.
    Stop,
    /// Policies that are on act again.
    Release,
}

impl Policies {
    /// Makes a policy; it is off.
    ///
    /// # Errors
    /// When the database cannot write, or there is no randomness.
    pub async fn create(&self, actor: &Actor, new: &NewPolicy) -> Result<Managed, Failure> {
        let now = self.clock.now();
        let fresh = PolicyRow {
            id: new_id(now)?,
            maker: actor.to_string(),
            created_at: now.as_millisecond(),
            ..PolicyRow::default()
        };
        let row = match new.apply(fresh) {
            Ok(row) => row,
            Err(wrong) => return Ok(Managed::Wrong(wrong)),
        };
        let deed = deed(
            actor,
            now.as_millisecond(),
            "policy-created",
            None,
            Some(&row),
        );
        let written = self.store.change(move |change| {
            policies::write(change, &row)?;
            audit::add(change, deed)?;
            Ok(row)
        });
        Ok(Managed::Done(Box::new(written.await?)))
    }

    /// Changes a policy that somebody saw at this version.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn edit(
        &self,
        actor: &Actor,
        id: &str,
        version: i64,
        new: &NewPolicy,
    ) -> Result<Managed, Failure> {
        let seen = self.store.policy(id).await?;
        let Some(seen) = seen.filter(|policy| policy.version == version) else {
            return Ok(Managed::Moved);
        };
        match new.apply(seen.clone()) {
            Ok(row) => self.write(actor, seen, row, "policy-changed").await,
            Err(wrong) => Ok(Managed::Wrong(wrong)),
        }
    }

    /// Turns a policy on or off. What waits to be sent of one that is turned off is not sent any more.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn set_on(&self, actor: &Actor, id: &str, is_on: bool) -> Result<Managed, Failure> {
        let Some(seen) = self.store.policy(id).await? else {
            return Ok(Managed::Moved);
        };
        let on_since = is_on.then(|| seen.on_since.unwrap_or_else(|| self.clock.now_ms()));
        let row = PolicyRow {
            on_since,
            ..seen.clone()
        };
        let act = if is_on {
            "policy-turned-on"
        } else {
            "policy-turned-off"
        };
        self.write(actor, seen, row, act).await
    }

    async fn write(
        &self,
        actor: &Actor,
        seen: PolicyRow,
        row: PolicyRow,
        act: &str,
    ) -> Result<Managed, Failure> {
        let now = self.clock.now_ms();
        let row = PolicyRow {
            version: seen.version + 1,
            ..row
        };
        let deed = deed(actor, now, act, Some(&seen), Some(&row));
        let written = self.store.change(move |change| {
            if policies::find(change, &seen.id)?.as_ref() != Some(&seen) {
                return Ok(Managed::Moved);
            }
            policies::write(change, &row)?;
            if row.on_since.is_none() {
                notify::drop_of_policies(change, Some(&row.id), now)?;
            }
            audit::add(change, deed)?;
            Ok(Managed::Done(Box::new(row)))
        });
        let written = written.await?;
        self.bell.ring();
        Ok(written)
    }

    /// Stops all policies at once, with what waits to be sent of them, or lets them act again. What came due meanwhile is not
    /// made up for. False when the switch stood so already.
    ///
    /// # Errors
    /// When the database cannot write.
    pub async fn turn(&self, actor: &Actor, turn: Turn) -> Result<bool, Failure> {
        let row = SwitchRow {
            id: 1,
            is_stopped: i64::from(turn == Turn::Stop),
            since: self.clock.now_ms(),
            actor: actor.to_string(),
        };
        let turned = self.store.change(move |change| throw(change, &row));
        let turned = turned.await?;
        self.bell.ring();
        Ok(turned)
    }
}

fn throw(change: &Change<'_>, row: &SwitchRow) -> store::Result<bool> {
    if policies::switch(change)?.is_stopped == row.is_stopped {
        return Ok(false);
    }
    policies::turn(change, row)?;
    let (act, dropped) = if row.is_stopped == 0 {
        ("policies-released", 0)
    } else {
        let dropped = notify::drop_of_policies(change, None, row.since)?;
        ("policies-stopped", dropped)
    };
    let deed = Deed {
        at: row.since,
        actor: row.actor.clone(),
        act: act.to_owned(),
        object: "policies".to_owned(),
        after: Some(json!({ "messages_dropped": dropped }).to_string()),
        ..Deed::default()
    };
    audit::add(change, deed)?;
    Ok(true)
}

fn deed(
    actor: &Actor,
    at: i64,
    act: &str,
    before: Option<&PolicyRow>,
    after: Option<&PolicyRow>,
) -> Deed {
    let id = after
        .or(before)
        .map(|row| row.id.clone())
        .unwrap_or_default();
    Deed {
        at,
        actor: actor.to_string(),
        act: act.to_owned(),
        object: format!("policy:{id}"),
        before: before.map(state),
        after: after.map(state),
        ..Deed::default()
    }
}

/// A policy as the audit shows it.
fn state(row: &PolicyRow) -> String {
    json!({ "name": row.name, "does": row.act, "template": row.template_id, "channel": row.channel,
        "language": row.locale, "when": schedule(row), "per_week": row.per_week, "in_total": row.in_total,
        "quiet": row.quiet, "on": row.on_since.is_some() })
    .to_string()
}
