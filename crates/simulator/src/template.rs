//! Inquiry templates and their published versions.

use jiff::Timestamp;

/// The template that a simulator starts with, and that a seed without one uses.
pub const DEFAULT_TEMPLATE: &str = "itmpl_SimulatedIdentityCheck000000";

/// A Dynamic Flow template.
pub(crate) struct Template {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Whether inquiries can be made from it.
    pub(crate) active: bool,
    /// The domains that may embed the flow; empty for all, as before anybody sets it.
    pub(crate) allowed_domains: Vec<String>,
    /// Its published versions, oldest first.
    pub(crate) versions: Vec<TemplateVersion>,
}

/// One published state of a template. Inquiries stay with the one that they began with.
pub(crate) struct TemplateVersion {
    pub(crate) id: String,
    pub(crate) published_at: Timestamp,
}

impl Template {
    /// The version that new inquiries get.
    pub(crate) fn latest(&self) -> Option<&TemplateVersion> {
        self.versions.last()
    }
}
