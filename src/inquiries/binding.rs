//! Binding: a link becomes one device's, in the same transaction as what that device did.

use super::{Inquiries, Visitor};
use crate::{
    failure::Failure,
    links::admission::belongs_to,
    secret::Secret,
    store::{
        self, Change, links,
        links::LinkRow,
        milestones::{Milestone, reach, reach_resumed},
    },
};

/// The device that a link shall belong to, and the one that it was seen to belong to.
pub(super) struct Binding {
    link_id: String,
    is_bound: bool,
    seen: Option<String>,
    device: Secret,
    at: i64,
    pressed_at: i64,
}

impl Inquiries {
    /// Binds a link to the visitor's device, or to a new one, for a button that was pressed at a time.
    pub(super) fn binding(
        &self,
        link: &LinkRow,
        visitor: &Visitor,
        pressed_at: i64,
    ) -> Result<Binding, Failure> {
        Ok(Binding {
            link_id: link.id.clone(),
            is_bound: belongs_to(link, visitor.device.as_ref()),
            seen: link.device_hash.clone(),
            device: visitor.device.clone().map_or_else(Secret::random, Ok)?,
            at: self.clock.now_ms(),
            pressed_at,
        })
    }
}

impl Binding {
    /// The device, when the link is its own now; none when another was quicker. `resumed_at` is when the inquiry was
    /// given, if it was.
    pub(super) fn write(
        self,
        change: &Change<'_>,
        resumed_at: Option<i64>,
    ) -> store::Result<Option<Secret>> {
        let Self {
            link_id,
            seen,
            device,
            at,
            pressed_at,
            ..
        } = self;
        let bound =
            self.is_bound || links::bind(change, &link_id, seen.as_deref(), &device.hash(), at)?;
        match resumed_at {
            Some(at) if bound => reach_resumed(change, &link_id, pressed_at, at)?,
            None if bound => drop(reach(change, &link_id, Milestone::Opened, pressed_at)?),
            _ => {}
        }
        Ok(bound.then_some(device))
    }
}
