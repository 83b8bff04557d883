//! A link to be, and one that was just made.

use std::time::Duration;

use url::Url;

use super::{channel::Channel, factor::Factor};
use crate::{secret::Secret, store::links::LinkRow};

/// What a link is made from.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The inquiry; it must be known to the store.
    pub inquiry_id: String,
    /// Who makes it, as the audit names them.
    pub maker: String,
    /// Why: a code.
    pub reason: String,
    /// What was added in words.
    pub note: Option<String>,
    /// How it reaches the person.
    pub channel: Channel,
    /// What a device must prove before the link opens.
    pub factor: Factor,
    /// Where the person goes at the end.
    pub return_url: Option<Url>,
    /// The language it is made for.
    pub locale: Option<String>,
    /// How long it lives; the settings' default when absent.
    pub life: Option<Duration>,
}

/// A link that was just made. The token is nowhere else.
#[derive(Clone, Debug)]
pub struct MadeLink {
    /// The link as it is kept.
    pub row: LinkRow,
    /// What its URL ends in.
    pub token: Secret,
}
