//! Whether to resume or to make a new inquiry, and why.

use leptos::prelude::*;

use crate::{
    inquiries::Phase,
    store::{inquiries::InquiryRow, templates::TemplateRow},
};

/// Sessions that Persona allows for one inquiry by default
/// (<https://docs.withpersona.com/ensuring-user-access-to-inquiries>).
pub(super) const MOST_SESSIONS: i64 = 25;

/// What to do with an inquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Advice {
    Resume,
    ResumeUnsure,
    Open,
    NewOutdated,
    NewSessionsUsed,
    Done,
    Redacted,
}

impl Advice {
    /// The advice for an inquiry. Persona advises a new one when the template was published anew since
    /// (<https://docs.withpersona.com/resuming-inquiries>).
    pub(super) fn of(inquiry: &InquiryRow, template: Option<&TemplateRow>) -> Self {
        let latest = template.and_then(|template| template.latest_version_id.as_deref());
        let phase = inquiry.phase();
        if phase == Phase::Redacted {
            Self::Redacted
        } else if phase.is_settled() {
            Self::Done
        } else if inquiry.sessions >= MOST_SESSIONS {
            Self::NewSessionsUsed
        } else if latest.is_some() && latest != inquiry.template_version_id.as_deref() {
            Self::NewOutdated
        } else if phase == Phase::Created {
            Self::Open
        } else if latest.is_none() {
            Self::ResumeUnsure
        } else {
            Self::Resume
        }
    }

    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Resume => (
                "good",
                "Resume this one",
                "Its template is still the published version, and what the person did so far is kept.",
            ),
            Self::ResumeUnsure => (
                "accent",
                "Resume this one",
                "What the person did so far is kept. Whether the template was published anew is not known yet: refresh tells.",
            ),
            Self::Open => (
                "good",
                "Send a link",
                "The person never began, so the inquiry opens without resuming.",
            ),
            Self::NewOutdated => (
                "wait",
                "Make a new inquiry",
                "The template was published anew since this one was made, and an inquiry keeps its old version. Persona \
                 advises a new one; resuming works, with the old steps.",
            ),
            Self::NewSessionsUsed => (
                "bad",
                "Make a new inquiry",
                "All sessions are used, so Persona will not open this one again.",
            ),
            Self::Done => ("good", "Nothing to resume", "The person is done."),
            Self::Redacted => (
                "wait",
                "Nothing to resume",
                "Persona erased its data, as somebody asked it to.",
            ),
        }
    }

    /// The advice as a line of the page.
    pub(super) fn view(self) -> impl IntoView {
        let (tone, what, why) = self.words();
        view! {
            <p class="advice">
                <span class="badge" data-tone=tone>{what}</span>
                " "
                <span>{why}</span>
            </p>
        }
    }
}
