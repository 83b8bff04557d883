//! What an operator filled in, and the inquiry as they saw it then.

use axum::{Form, extract::rejection::FormRejection};
use leptos::prelude::*;
use serde::Deserialize;

use super::refused::Failed;
use crate::{
    failure::Failure,
    links::Why,
    model::{reason::Reason, refusal::Refusal},
    staff::Signed,
    store::inquiries::InquiryRow,
};

/// Longest note, in characters.
pub(super) const LONGEST_NOTE: usize = 500;

/// A form of the page as it was sent; what is missing is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Draft {
    /// The inquiry's version when the page was made.
    pub(super) version: String,
    /// Its status then.
    pub(super) status: String,
    /// When that was, in ms since 1970.
    pub(super) seen: String,
    pub(super) reason: String,
    pub(super) note: String,
    pub(super) factor: String,
    pub(super) days: String,
    pub(super) locale: String,
}

/// A form that may not have been one.
pub(super) type Sent = Result<Form<Draft>, FormRejection>;

/// What is wrong with a form, in words.
pub(super) type Problem = &'static str;

impl Draft {
    /// The draft of a form.
    pub(super) fn of(sent: Sent) -> Result<Self, Failed> {
        let form = sent.map_err(|_| Failure::from(Refusal::BadRequest))?;
        Ok(form.0)
    }

    /// The version of the inquiry that the operator saw.
    pub(super) fn version(&self) -> Result<i64, Failed> {
        let version = self.version.parse();
        version.map_err(|_| Failure::from(Refusal::BadRequest).into())
    }

    /// When they saw it.
    pub(super) fn seen(&self) -> i64 {
        self.seen.parse().unwrap_or_default()
    }

    /// Who acts and why; the reason must be one of these.
    pub(super) fn why(&self, signed: &Signed, reasons: &[Reason]) -> Result<Why, Problem> {
        let reason = Reason::among(reasons, &self.reason).ok_or("Choose a reason.")?;
        let note = self.note.trim();
        if note.chars().count() > LONGEST_NOTE {
            return Err("The note is too long.");
        }
        if reason == Reason::Other && note.is_empty() {
            return Err("Say in the note what the reason is.");
        }
        Ok(Why {
            actor: signed.actor().to_string(),
            reason: reason.code().to_owned(),
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
        })
    }
}

/// The hidden fields that say what the operator saw.
pub(super) fn seen(inquiry: &InquiryRow, now: i64) -> AnyView {
    view! {
        <input type="hidden" name="version" value=inquiry.version />
        <input type="hidden" name="status" value=inquiry.status.clone() />
        <input type="hidden" name="seen" value=now />
    }
    .into_any()
}

/// The field of a reason.
pub(super) fn reason_field(id: String, reasons: &[Reason], chosen: &str) -> AnyView {
    let options: Vec<_> = reasons
        .iter()
        .map(|reason| {
            let is_chosen = reason.code() == chosen;
            view! { <option value=reason.code() selected=is_chosen>{reason.title()}</option> }
        })
        .collect();
    view! {
        <p class="field">
            <label for=id.clone()>"Reason"</label>
            <select id=id name="reason" required>
                <option value="">"Choose…"</option>
                {options}
            </select>
        </p>
    }
    .into_any()
}

/// The field of a note.
pub(super) fn note_field(id: String, text: String, is_required: bool) -> AnyView {
    let name = if is_required {
        "Note"
    } else {
        "Note (optional)"
    };
    view! {
        <p class="field">
            <label for=id.clone()>{name}</label>
            <textarea id=id name="note" rows="2" maxlength=LONGEST_NOTE required=is_required>
                {text}
            </textarea>
        </p>
    }
    .into_any()
}
