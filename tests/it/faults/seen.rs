//! What is seen of an act: a status, words, and how long to wait.

use leftoff::words::Words;

use super::KEY;
use crate::support::{Answer, App};

/// What somebody sees, or what work in the background has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The HTTP status; 0 for work that nobody waits for.
    pub(super) status: u16,
    /// The heading, the code or the state.
    pub(super) words: String,
    /// The seconds in `Retry-After`.
    pub(super) wait: Option<u64>,
}

/// What there is to see.
pub(super) fn seen(status: u16, words: impl Into<String>, wait: Option<u64>) -> Seen {
    Seen {
        status,
        words: words.into(),
        wait,
    }
}

/// The state of work in the background.
pub(super) fn state(words: impl Into<String>) -> Seen {
    seen(0, words, None)
}

/// What the portal says in English.
pub(super) fn say(key: &str) -> String {
    Words::negotiate(None, None, None).say(key)
}

/// Status and wait of an answer that tells nothing of what it should not.
fn of(answer: &Answer, words: String) -> Seen {
    assert!(!answer.body.contains(KEY), "{}", answer.body);
    if answer.status.is_client_error() || answer.status.is_server_error() {
        for inner in ["JSON", "cannot be used", "imulated", "<hr"] {
            assert!(!answer.body.contains(inner), "{inner}: {}", answer.body);
        }
    }
    let wait = answer.header("retry-after").parse().ok();
    seen(answer.status.as_u16(), words, wait)
}

/// An answer to the island: `ok`, or why not.
pub(super) fn of_act(answer: &Answer) -> Seen {
    let json = answer.json();
    let refusal = json["refusal"].as_str().unwrap_or("ok").to_owned();
    let seen = of(answer, refusal);
    assert_eq!(json["retry-after"].as_u64(), seen.wait, "{}", answer.body);
    seen
}

/// A page by its heading, or a redirect.
pub(super) fn of_page(answer: &Answer) -> Seen {
    let words = if answer.status == 303 {
        "on the way".to_owned()
    } else {
        answer.page().1.to_owned()
    };
    of(answer, words)
}

/// A problem of the API by its kind.
pub(super) fn of_problem(answer: &Answer) -> Seen {
    if answer.status.is_success() {
        return of(answer, "ok".to_owned());
    }
    let (_, kind) = answer.problem();
    of(answer, kind)
}

/// What is written down about an inquiry: history, receipt, devices, factors, and the audit.
pub(super) async fn book(app: &App, inquiry: &str) -> Vec<String> {
    let mut book = app.ledger(inquiry).await;
    if app.receipt(inquiry).await.is_some() {
        book.push("a receipt".to_owned());
    }
    let links = app.state.links.list(Some(inquiry)).await.unwrap();
    let mut objects = vec![format!("inquiry:{inquiry}")];
    for link in links {
        if link.device_hash.is_some() {
            book.push("a device".to_owned());
        }
        book.extend((0..link.wrong_factors).map(|_| "a wrong factor".to_owned()));
        objects.push(format!("link:{}", link.id));
    }
    let audit = app.audit().await.into_iter();
    let of_it = audit.filter(|row| objects.contains(&row.object));
    book.extend(of_it.map(|row| format!("audit: {}", row.act)));
    book
}
