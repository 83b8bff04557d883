//! Whether a device may use a link: its time, its device, its factor.

use jiff::Timestamp;

use super::factor::Factor;
use crate::{
    model::refusal::Refusal,
    secret::{Secret, same},
    store::links::LinkRow,
};

/// On what ground a device is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// The link belongs to this device.
    Bound,
    /// The link belongs to no device yet, and asks for nothing.
    Free,
}

/// Decides from what is stored alone; it asks nobody and changes nothing.
///
/// # Errors
/// The refusal that stands in the way. [`Refusal::FactorNeeded`] can be overcome by the right answer.
pub fn admit(
    link: &LinkRow,
    device: Option<&Secret>,
    now: Timestamp,
    most_attempts: u32,
) -> Result<Admission, Refusal> {
    if link.revoked_at.is_some() {
        return Err(Refusal::LinkRevoked);
    }
    if link.expires_at <= now.as_millisecond() {
        return Err(Refusal::LinkExpired);
    }
    if belongs_to(link, device) {
        return Ok(Admission::Bound);
    }
    match Factor::of(&link.factor) {
        Factor::None if link.device_hash.is_none() => Ok(Admission::Free),
        Factor::None => Err(Refusal::OtherDevice),
        Factor::Birthdate if link.wrong_factors >= i64::from(most_attempts) => {
            Err(Refusal::FactorLocked)
        }
        Factor::Birthdate => Err(Refusal::FactorNeeded),
    }
}

/// Whether the link is bound to this device.
#[must_use]
pub fn belongs_to(link: &LinkRow, device: Option<&Secret>) -> bool {
    match (&link.device_hash, device) {
        (Some(bound), Some(device)) => same(bound, &device.hash()),
        _ => false,
    }
}
