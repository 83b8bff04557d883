//! Events of Persona: which of them we know, what the ledger calls them, and how they are ordered.

/// An event that moves the state of an inquiry (<https://docs.withpersona.com/events>), and its name in the ledger.
const STATES: [(&str, &str); 9] = [
    ("inquiry.created", "created"),
    ("inquiry.started", "started"),
    ("inquiry.completed", "completed"),
    ("inquiry.failed", "failed"),
    ("inquiry.expired", "expired"),
    ("inquiry.marked-for-review", "needs-review"),
    ("inquiry.approved", "approved"),
    ("inquiry.declined", "declined"),
    (REDACTED, "redacted"),
];

/// The event after which an inquiry has no data any more; its status does not tell.
pub const REDACTED: &str = "inquiry.redacted";
/// The person went on to another step.
const STEP: &str = "inquiry.transitioned";

/// The first place of a person who is done, see [`position`].
pub const FIRST_END: i64 = 4;
/// The last such place.
pub const LAST_END: i64 = 8;
/// How much further a redacted inquiry is than one of the same status.
pub const GONE: i64 = 10;

/// What the ledger calls an event; none for one that is not written down there.
#[must_use]
pub fn ledger_name(name: &str) -> Option<&'static str> {
    let found = STATES.iter().find(|(event, _)| *event == name);
    found.map(|(_, ledger)| *ledger)
}

/// Whether an event says something about the state of an inquiry.
#[must_use]
pub fn is_known(name: &str) -> bool {
    name == STEP || ledger_name(name).is_some()
}

/// The events that move the state of an inquiry.
pub fn states() -> impl Iterator<Item = &'static str> {
    STATES.iter().map(|(event, _)| *event)
}

/// How far an inquiry is: of two events of the same millisecond, the one that is further happened later.
#[must_use]
pub fn position(status: &str, is_redacted: bool) -> i64 {
    let place = match status {
        "created" => 1,
        "pending" => 2,
        "expired" => 3,
        "completed" => FIRST_END,
        "failed" => 5,
        "needs_review" => 6,
        "declined" => 7,
        "approved" => LAST_END,
        _ => 0,
    };
    place + if is_redacted { GONE } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_comes_after_the_end_and_the_end_after_the_beginning() {
        let order = ["unheard-of", "created", "pending", "expired", "completed"];
        let places: Vec<_> = order
            .iter()
            .chain(&["failed", "needs_review", "declined", "approved"])
            .map(|status| position(status, false))
            .collect();
        assert!(places.is_sorted(), "{places:?}");
        assert!(position("created", true) > position("approved", false));
    }

    #[test]
    fn sessions_and_whatever_comes_new_move_nothing() {
        for name in ["inquiry-session.started", "inquiry.updated-tags", "x", ""] {
            assert!(!is_known(name), "{name}");
        }
        assert!(is_known("inquiry.transitioned"));
        assert_eq!(ledger_name("inquiry.transitioned"), None);
    }
}
