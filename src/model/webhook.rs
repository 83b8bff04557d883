//! The public catalogue: which entries of the ledger the company's own systems are told of, and by what name.

/// A kind of event that an endpoint can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKind {
    /// Its name in webhooks: what it is about, a dot, and what happened.
    pub code: &'static str,
    /// What it is called on pages.
    pub words: &'static str,
    /// The entries of the ledger that it stands for.
    pub entries: &'static [&'static str],
}

/// The type of the webhook that only tries an endpoint; no entry of the ledger makes it.
pub const TEST: &str = "endpoint.tested";

/// Every kind. An entry of the ledger stands in one row at most; one that stands in none is not told.
pub const CATALOGUE: &[EventKind] = &[
    kind("link.created", "A link was made", &["link-created"]),
    kind(
        "link.handed_off",
        "A link moved to a phone",
        &["handed-off"],
    ),
    kind("link.revoked", "A link was taken back", &["link-revoked"]),
    kind(
        "inquiry.opened",
        "The person opened the inquiry",
        &["opened", "reopened", "one-time-link-opened"],
    ),
    kind(
        "inquiry.resumed",
        "The inquiry was resumed",
        &[
            "resumed",
            "resumed-by-staff",
            "resumed-by-api",
            "policy-resumed",
        ],
    ),
    kind(
        "inquiry.resume_refused",
        "Persona would not resume the inquiry",
        &["resume-refused"],
    ),
    kind(
        "inquiry.interrupted",
        "The flow broke off: camera, session, browser or error",
        &[
            "session-lost",
            "flow-error",
            "camera-denied",
            "frame-stalled",
            "script-blocked",
        ],
    ),
    kind(
        "inquiry.cancelled",
        "The person left the flow",
        &["cancelled"],
    ),
    kind(
        "inquiry.created",
        "The inquiry was made at Persona",
        &["created"],
    ),
    kind(
        "inquiry.started",
        "The person submitted something first",
        &["started"],
    ),
    kind(
        "inquiry.completed",
        "The person reached the end",
        &["completed"],
    ),
    kind(
        "inquiry.needs_review",
        "Somebody must review the inquiry",
        &["needs-review"],
    ),
    kind(
        "inquiry.approved",
        "The inquiry was approved",
        &["approved"],
    ),
    kind(
        "inquiry.declined",
        "The inquiry was declined",
        &["declined"],
    ),
    kind("inquiry.failed", "The inquiry failed", &["failed"]),
    kind(
        "inquiry.expired",
        "The inquiry expired",
        &["expired", "inquiry-expired"],
    ),
    kind(
        "inquiry.redacted",
        "The inquiry was redacted",
        &["redacted"],
    ),
    kind(
        "inquiry.moved",
        "The inquiry was found to have moved without an event",
        &["found-moved"],
    ),
    kind(
        "receipt.created",
        "The result was read from Persona and kept",
        &["verified"],
    ),
    kind(
        "message.sent",
        "A message was sent",
        &["mailed", "message-sent"],
    ),
    kind(
        "message.failed",
        "A message could not be sent",
        &["mail-failed", "message-given-up"],
    ),
    kind(
        "message.bounced",
        "A message came back",
        &["message-bounced"],
    ),
    kind(
        "policy.reminded",
        "A policy made a reminder",
        &["policy-reminded"],
    ),
    kind(
        "policy.stopped",
        "Something stood against a step of a policy, or it failed",
        &["policy-stopped", "policy-failed"],
    ),
    kind(
        "recovery.requested",
        "The person asked for a new link",
        &["recovery-requested"],
    ),
];

const fn kind(
    code: &'static str,
    words: &'static str,
    entries: &'static [&'static str],
) -> EventKind {
    EventKind {
        code,
        words,
        entries,
    }
}

/// The kind that an entry of the ledger is told as; none for one that is not told.
#[must_use]
pub fn of(entry: &str) -> Option<&'static EventKind> {
    CATALOGUE.iter().find(|kind| kind.entries.contains(&entry))
}

/// The kind of a name.
#[must_use]
pub fn parse(code: &str) -> Option<&'static EventKind> {
    CATALOGUE.iter().find(|kind| kind.code == code)
}

/// What a type of webhook is called on pages.
#[must_use]
pub fn words(code: &str) -> &str {
    match parse(code) {
        Some(kind) => kind.words,
        None if code == TEST => "A test of the endpoint",
        None => code,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_those_of_the_standard_and_no_entry_is_told_twice() {
        // github.com/standard-webhooks/standard-webhooks, "Event types": words and underscores, with dots between.
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let mut codes = BTreeSet::from([TEST]);
        let mut entries = BTreeSet::new();
        for kind in CATALOGUE {
            assert!(kind.code.split('.').all(is_word), "{}", kind.code);
            assert!(codes.insert(kind.code), "{} stands twice", kind.code);
            for entry in kind.entries {
                assert!(entries.insert(entry), "{entry} stands twice");
                assert_eq!(of(entry), Some(kind));
            }
        }
        assert_eq!(
            of("refreshed"),
            None,
            "what only the staff sees is not told"
        );
    }
}
