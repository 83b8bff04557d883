//! Every URL that we serve or link to.

/// Prefix of the server functions; the browser sends acts to `{API}/{name}`.
pub const API: &str = "/api";
/// Server function that resumes the inquiry of a link.
pub const RESUME_INQUIRY: &str = "/api/resume_inquiry";
/// Server function that has the server read what became of the inquiry.
pub const REPORT_COMPLETION: &str = "/api/report_completion";
/// Server function that records trouble in the browser.
pub const REPORT_TROUBLE: &str = "/api/report_trouble";

/// Route of a link: the page (GET) and the button without JavaScript (POST).
pub const LINK: &str = "/r/{token}";
/// Route that makes a hand-off to a phone (POST).
pub const HAND_OFF: &str = "/r/{token}/phone";
/// Route that reads what became of the inquiry, without JavaScript (POST).
pub const CHECK: &str = "/r/{token}/check";
/// Route that Persona's hosted flow returns to (GET), and that records what came of it (POST).
pub const RETURN: &str = "/return/{link}";
/// The company's colours as a style sheet.
pub const BRAND_STYLE: &str = "/brand.css";
/// The company's logo.
pub const BRAND_LOGO: &str = "/brand/logo";
/// Answers 200 as long as the process runs.
pub const LIVEZ: &str = "/livez";
/// Answers 200 when the database answers.
pub const READYZ: &str = "/readyz";

/// The page of a link.
#[must_use]
pub fn link(token: &str) -> String {
    LINK.replace("{token}", token)
}

/// Where the hand-off form of a link goes.
#[must_use]
pub fn hand_off(token: &str) -> String {
    HAND_OFF.replace("{token}", token)
}

/// Where the check form of a link goes.
#[must_use]
pub fn check(token: &str) -> String {
    CHECK.replace("{token}", token)
}

/// Where Persona's hosted flow returns to, for the link with this (not secret) ID.
#[must_use]
pub fn return_to(link_id: &str) -> String {
    RETURN.replace("{link}", link_id)
}
