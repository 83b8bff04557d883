//! What people see of the company.

use super::{Doctor, Finding, finding::Topic};
use crate::config::Portal;

const HELP: Topic = Topic {
    check: "portal-help",
    name: "Help for people",
    why: "Somebody whose link is dead, or who was declined, is told to turn there.",
};
const PRIVACY: Topic = Topic {
    check: "portal-privacy",
    name: "Privacy notice",
    why: "People are asked for identity documents; most laws want them told what for before.",
};
const FACE: Topic = Topic {
    check: "portal-face",
    name: "Name and logo",
    why: "People who do not recognise you take the page for a fraud, and leave.",
};

impl Doctor {
    pub(super) fn look_at_portal(&self) -> Vec<Finding> {
        let Some(portal) = &self.settings.portal else {
            return vec![FACE.unseen("the section [portal] cannot be read")];
        };
        vec![help(portal), privacy(portal), face(portal)]
    }
}

fn help(portal: &Portal) -> Finding {
    let url = portal.help_url.as_ref().map(ToString::to_string);
    let ways: Vec<_> = url.into_iter().chain(portal.help_email.clone()).collect();
    if ways.is_empty() {
        return HELP.failed("is missing", "Set portal.help_url or portal.help_email.");
    }
    if ways.iter().any(|way| is_example(way)) {
        return HELP.warning(
            format!("is still the example's: {}", ways.join(", ")),
            "Set portal.help_url and portal.help_email to your own, or leave one of them out.",
        );
    }
    HELP.ok(ways.join(", "))
}

fn privacy(portal: &Portal) -> Finding {
    match &portal.privacy_url {
        None => PRIVACY.warning("is missing", "Set portal.privacy_url."),
        Some(url) if is_example(url.as_str()) => PRIVACY.warning(
            format!("is still the example's: {url}"),
            "Set portal.privacy_url to your own.",
        ),
        Some(url) => PRIVACY.ok(url.to_string()),
    }
}

fn face(portal: &Portal) -> Finding {
    let name = &portal.name;
    if name == "Example Bank" {
        return FACE.warning(
            "the name is still the example's: Example Bank",
            "Set portal.name to the name that people know you by, and portal.logo to your logo.",
        );
    }
    match &portal.logo {
        Some(logo) => FACE.ok(format!("{name}, with the logo {}", logo.display())),
        None => FACE.note(
            format!("{name}, without a logo"),
            "Set portal.logo to a file in SVG, PNG or WebP.",
        ),
    }
}

/// Addresses that belong to nobody (<https://www.rfc-editor.org/rfc/rfc2606>).
fn is_example(text: &str) -> bool {
    text.contains("//example.com") || text.ends_with("@example.com")
}
