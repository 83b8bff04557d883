//! What the island finds in the page.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::Stage;

/// The parts of the page that the island works with:
/// - an element with `data-stage`, whose words follow its value;
/// - a form with `data-flow` and the visit's facts in `data-*`;
/// - a `dialog` with a place for the frame, `data-frame`.
#[derive(Clone)]
pub(super) struct Page {
    stage: Element,
    form: HtmlFormElement,
    /// The dialog that the flow shows in.
    pub(super) dialog: HtmlDialogElement,
    /// Where the frame goes.
    pub(super) place: Element,
}

impl Page {
    /// Finds the parts below the island's root; `None` for a page that the island does not know.
    pub(super) fn find(root: &HtmlElement) -> Option<Self> {
        let find = |selector: &str| root.query_selector(selector).ok().flatten();
        Some(Self {
            stage: find("[data-stage]")?,
            form: find("form[data-flow]")?.dyn_into().ok()?,
            dialog: find("dialog")?.dyn_into().ok()?,
            place: find("[data-frame]")?,
        })
    }

    /// Shows the words of a stage.
    pub(super) fn show(&self, stage: Stage) {
        self.stage.set_attribute("data-stage", stage.code()).ok();
    }

    /// A fact of the visit.
    pub(super) fn fact(&self, name: &str) -> String {
        self.form.get_attribute(name).unwrap_or_default()
    }

    /// Whether this is the form that the island takes over.
    pub(super) fn is_form(&self, target: &HtmlFormElement) -> bool {
        self.form == *target
    }

    /// Sends the form as a page without the island would.
    pub(super) fn send_form(&self) {
        self.form.submit().ok();
    }

    /// What the person typed as their date of birth, if the page asks for it.
    pub(super) fn birthdate(&self) -> Option<String> {
        let input = self
            .form
            .query_selector("input[name=birthdate]")
            .ok()
            .flatten()?;
        Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
    }
}
