//! Every URL that we serve or link to.

/// Prefix of the server functions; the browser sends acts to `{API}/{name}`.
pub const API: &str = "/api";
/// Server function that resumes the inquiry of a link.
pub const RESUME_INQUIRY: &str = "/api/resume_inquiry";
/// Server function that has the server read what became of the inquiry.
pub const REPORT_COMPLETION: &str = "/api/report_completion";
/// Server function that records that the flow is on view.
pub const REPORT_READY: &str = "/api/report_ready";
/// Server function that records trouble in the browser.
pub const REPORT_TROUBLE: &str = "/api/report_trouble";

/// Where the API of the company's own software begins.
pub const API_V1: &str = "/api/v1";
/// The API: links (GET), and making one (POST).
pub const API_LINKS: &str = "/api/v1/links";
/// The API: a link.
pub const API_LINK: &str = "/api/v1/links/{id}";
/// The API: takes a link back (POST).
pub const API_REVOKE_LINK: &str = "/api/v1/links/{id}/revoke";
/// The API: inquiries.
pub const API_INQUIRIES: &str = "/api/v1/inquiries";
/// The API: an inquiry.
pub const API_INQUIRY: &str = "/api/v1/inquiries/{id}";
/// The API: opens an inquiry again, with a link (POST).
pub const API_RESUME: &str = "/api/v1/inquiries/{id}/resume";
/// The API: receipts.
pub const API_RECEIPTS: &str = "/api/v1/receipts";
/// The API: the receipt of an inquiry.
pub const API_RECEIPT: &str = "/api/v1/receipts/{inquiry_id}";
/// The API: what happened.
pub const API_EVENTS: &str = "/api/v1/events";
/// The API in words.
pub const API_DOCS: &str = "/api/v1/docs";
/// The API as an OpenAPI document.
pub const API_DOCUMENT: &str = "/api/v1/openapi.json";

/// What the path of a link begins with.
pub const LINK_PREFIX: &str = "/r/";
/// Where whoever lost their link asks for another: the form (GET) and the act (POST).
pub const RECOVER: &str = "/recover";
/// What happens after that.
pub const RECOVER_SENT: &str = "/recover/sent";
/// Where Persona sends its webhooks (POST).
pub const WEBHOOK: &str = "/webhooks/persona";
/// Route of a link: the page (GET) and the button without JavaScript (POST).
pub const LINK: &str = "/r/{token}";
/// Route that makes a hand-off to a phone (POST).
pub const HAND_OFF: &str = "/r/{token}/phone";
/// Route that reads what became of the inquiry, without JavaScript (POST).
pub const CHECK: &str = "/r/{token}/check";
/// Route that Persona's hosted flow returns to (GET), and that records what came of it (POST).
pub const RETURN: &str = "/return/{link}";
/// The queue: where the staff begins.
pub const OPS: &str = "/ops";
/// Whatever else begins as ops does.
pub const OPS_UNKNOWN: &str = "/ops/{*rest}";
/// Signing in: address and password.
pub const SIGN_IN: &str = "/ops/sign-in";
/// Signing in: the code of the second factor.
pub const SIGN_IN_CODE: &str = "/ops/sign-in/code";
/// Signing in: setting up a second factor.
pub const SIGN_IN_ENROL: &str = "/ops/sign-in/enrol";
/// Signing in: the way to the OpenID provider.
pub const SIGN_IN_PROVIDER: &str = "/ops/sign-in/provider";
/// Signing in: the way back from the OpenID provider; it is registered there.
pub const SIGN_IN_RETURN: &str = "/ops/sign-in/oidc";
/// Proving again who acts, for the acts of admins.
pub const PROVE: &str = "/ops/prove";
/// Ends this session (POST).
pub const SIGN_OUT: &str = "/ops/sign-out";
/// Finds an inquiry or link by whatever identifies it.
pub const SEARCH: &str = "/ops/search";
/// Saves the filters of a list under a name (POST).
pub const VIEWS: &str = "/ops/views";
/// Forgets a saved view (POST).
pub const FORGET_VIEW: &str = "/ops/views/{view}/forget";
/// An inquiry.
pub const INQUIRY: &str = "/ops/inquiries/{inquiry}";
/// Makes a link to an inquiry (POST).
pub const RESUME: &str = "/ops/inquiries/{inquiry}/links";
/// Reads an inquiry from Persona again (POST).
pub const REFRESH: &str = "/ops/inquiries/{inquiry}/refresh";
/// Ends the sessions of an inquiry (POST).
pub const EXPIRE_SESSIONS: &str = "/ops/inquiries/{inquiry}/expire-sessions";
/// Ends an inquiry: asks (GET) and does it (POST).
pub const EXPIRE_INQUIRY: &str = "/ops/inquiries/{inquiry}/expire";
/// Takes a link back (POST).
pub const REVOKE_LINK: &str = "/ops/links/{link}/revoke";
/// Shows the mail that would bring somebody a link (POST).
pub const PREVIEW_MAIL: &str = "/ops/links/{link}/preview";
/// Mails a link (POST).
pub const MAIL_LINK: &str = "/ops/links/{link}/mail";
/// The evidence of an inquiry, as a file.
pub const EVIDENCE: &str = "/ops/inquiries/{inquiry}/evidence";
/// Who did what.
pub const AUDIT: &str = "/ops/audit";
/// Walks the chain of the audit (POST).
pub const AUDIT_CHECK: &str = "/ops/audit/check";
/// The audit as a file.
pub const AUDIT_EXPORT: &str = "/ops/audit/export";
/// Who is on the staff.
pub const TEAM: &str = "/ops/team";
/// Adding somebody: the form (GET) and the act (POST).
pub const TEAM_NEW: &str = "/ops/team/new";
/// Somebody on the staff.
pub const PERSON: &str = "/ops/team/{person}";
/// What an admin can change of somebody.
pub const PERSON_MANAGE: &str = "/ops/team/{person}/manage";
/// Gives somebody another role (POST).
pub const PERSON_ROLE: &str = "/ops/team/{person}/role";
/// Shuts somebody out, or lets them in again (POST).
pub const PERSON_STATE: &str = "/ops/team/{person}/state";
/// Gives somebody another password (POST).
pub const PERSON_RESET: &str = "/ops/team/{person}/reset";
/// Ends one session of somebody, or all of them (POST).
pub const PERSON_SESSIONS: &str = "/ops/team/{person}/sessions";
/// One's own account.
pub const ACCOUNT: &str = "/ops/account";
/// Changes one's own password (POST).
pub const ACCOUNT_PASSWORD: &str = "/ops/account/password";
/// Sets the time zone of one's own pages (POST).
pub const ACCOUNT_ZONE: &str = "/ops/account/zone";
/// Ends sessions of one's own (POST).
pub const ACCOUNT_SESSIONS: &str = "/ops/account/sessions";
/// What is in force.
pub const SETTINGS: &str = "/ops/settings";
/// Keys of the API.
pub const KEYS: &str = "/ops/keys";
/// Making a key: the form (GET) and the act (POST).
pub const KEYS_NEW: &str = "/ops/keys/new";
/// Takes a key back: asks (GET) and does it (POST).
pub const REVOKE_KEY: &str = "/ops/keys/{key}/revoke";
/// Reading inquiries from Persona: the page, and starting it (POST).
pub const IMPORT: &str = "/ops/import";
/// Stops an import (POST).
pub const CANCEL_IMPORT: &str = "/ops/import/{import}/cancel";
/// Lets a parked import go on (POST).
pub const RESUME_IMPORT: &str = "/ops/import/{import}/go-on";
/// Acts on many inquiries at once (GET), and making one (POST).
pub const BULKS: &str = "/ops/bulk";
/// A bulk.
pub const BULK: &str = "/ops/bulk/{bulk}";
/// Whom a draft leaves out (POST).
pub const BULK_TERMS: &str = "/ops/bulk/{bulk}/terms";
/// Confirms the receipt of a draft (POST).
pub const BULK_CONFIRM: &str = "/ops/bulk/{bulk}/confirm";
/// Approves what somebody else made (POST).
pub const BULK_APPROVE: &str = "/ops/bulk/{bulk}/approve";
/// Holds a bulk (POST).
pub const BULK_PAUSE: &str = "/ops/bulk/{bulk}/pause";
/// Lets a bulk go on (POST).
pub const BULK_GO_ON: &str = "/ops/bulk/{bulk}/go-on";
/// Ends a bulk (POST).
pub const BULK_CANCEL: &str = "/ops/bulk/{bulk}/cancel";
/// Makes a draft of the rows that failed (POST).
pub const BULK_RETRY: &str = "/ops/bulk/{bulk}/retry";
/// What became of each inquiry of a bulk, as CSV.
pub const BULK_RESULTS: &str = "/ops/bulk/{bulk}/results.csv";
/// Takes the links of a bulk, as CSV, once (POST).
pub const BULK_LINKS: &str = "/ops/bulk/{bulk}/links.csv";
/// What came of links.
pub const FUNNEL: &str = "/ops/funnel";
/// What was written to people.
pub const MESSAGES: &str = "/ops/messages";
/// Puts a message that was given up into the queue again (POST).
pub const RETRY_MESSAGE: &str = "/ops/messages/{message}/retry";
/// What Leftoff does by itself.
pub const POLICIES: &str = "/ops/policies";
/// Making a policy: the form (GET) and the act (POST).
pub const POLICY_NEW: &str = "/ops/policies/new";
/// Stops all policies, or lets them act again (POST).
pub const POLICY_SWITCH: &str = "/ops/policies/switch";
/// A policy, and what it did.
pub const POLICY: &str = "/ops/policies/{policy}";
/// Changing a policy: the form (GET) and the act (POST).
pub const POLICY_EDIT: &str = "/ops/policies/{policy}/edit";
/// Turns a policy on or off (POST).
pub const POLICY_STATE: &str = "/ops/policies/{policy}/state";
/// What a policy would have done.
pub const POLICY_DRY_RUN: &str = "/ops/policies/{policy}/dry-run";
/// Webhooks to the company's own systems: every endpoint (GET), and adding one (POST).
pub const DELIVERIES: &str = "/ops/deliveries";
/// The form of a new endpoint.
pub const ENDPOINT_NEW: &str = "/ops/deliveries/new";
/// An endpoint with its deliveries.
pub const ENDPOINT: &str = "/ops/deliveries/{endpoint}";
/// What an admin can change of an endpoint: the form (GET) and the act (POST).
pub const ENDPOINT_EDIT: &str = "/ops/deliveries/{endpoint}/edit";
/// Lets webhooks go to an endpoint, or lets none (POST).
pub const ENDPOINT_STATE: &str = "/ops/deliveries/{endpoint}/state";
/// Gives an endpoint another secret (POST).
pub const ENDPOINT_SECRET: &str = "/ops/deliveries/{endpoint}/secret";
/// Sends an endpoint a test (POST).
pub const ENDPOINT_TEST: &str = "/ops/deliveries/{endpoint}/test";
/// Sends an endpoint once more what failed since a time (POST).
pub const ENDPOINT_REPLAY: &str = "/ops/deliveries/{endpoint}/replay";
/// A delivery with its attempts.
pub const DELIVERY: &str = "/ops/deliveries/{endpoint}/sent/{delivery}";
/// Sends a delivery once more (POST).
pub const DELIVERY_REPLAY: &str = "/ops/deliveries/{endpoint}/sent/{delivery}/replay";
/// What Persona told us of.
pub const EVENTS: &str = "/ops/events";
/// Looks for what no webhook told of (POST).
pub const SWEEP: &str = "/ops/events/sweep";
/// An event of Persona's.
pub const EVENT: &str = "/ops/events/{event}";
/// Applies an event again (POST).
pub const REPLAY_EVENT: &str = "/ops/events/{event}/replay";
/// What the pages of ops are told as it happens.
pub const LIVE: &str = "/ops/live";
/// The style sheet of ops.
pub const OPS_STYLE: &str = "/ops.css";
/// The script of ops.
pub const OPS_SCRIPT: &str = "/ops.js";

/// The page of an inquiry.
#[must_use]
pub fn inquiry(id: &str) -> String {
    of_inquiry(INQUIRY, id)
}

/// A path of an inquiry.
#[must_use]
pub fn of_inquiry(path: &str, id: &str) -> String {
    path.replace("{inquiry}", id)
}

/// A path of a link, by the link's ID, which is no secret.
#[must_use]
pub fn of_link(path: &str, id: &str) -> String {
    path.replace("{link}", id)
}

/// The evidence of an inquiry.
#[must_use]
pub fn evidence(id: &str) -> String {
    of_inquiry(EVIDENCE, id)
}

/// A page or an act of somebody on the staff, such as [`PERSON`].
#[must_use]
pub fn of_person(path: &str, id: &str) -> String {
    path.replace("{person}", id)
}

/// An act on a key of the API, by the key's ID, which is no secret.
#[must_use]
pub fn of_key(path: &str, id: &str) -> String {
    path.replace("{key}", id)
}

/// A page or an act of a bulk.
#[must_use]
pub fn bulk(route: &str, id: &str) -> String {
    route.replace("{bulk}", id)
}

/// A page or an act of a policy.
#[must_use]
pub fn of_policy(path: &str, id: &str) -> String {
    path.replace("{policy}", id)
}

/// An act of a message.
#[must_use]
pub fn of_message(path: &str, id: &str) -> String {
    path.replace("{message}", id)
}

/// A page or an act of an endpoint.
#[must_use]
pub fn endpoint(route: &str, id: &str) -> String {
    route.replace("{endpoint}", id)
}

/// A page or an act of a delivery to an endpoint.
#[must_use]
pub fn delivery(route: &str, endpoint_id: &str, event_id: &str) -> String {
    endpoint(route, endpoint_id).replace("{delivery}", event_id)
}

/// A page or an act of an event of Persona's.
#[must_use]
pub fn of_event(route: &str, id: &str) -> String {
    route.replace("{event}", id)
}

/// The company's colours as a style sheet.
pub const BRAND_STYLE: &str = "/brand.css";
/// The company's logo.
pub const BRAND_LOGO: &str = "/brand/logo";
/// Answers 200 as long as the process runs.
pub const LIVEZ: &str = "/livez";
/// Answers 200 when the process can work: the database writes, the workers are there, and nobody told it to stop.
pub const READYZ: &str = "/readyz";
/// Figures for Prometheus, on an address of their own.
pub const METRICS: &str = "/metrics";

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
