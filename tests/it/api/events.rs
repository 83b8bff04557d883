//! Events through the API: whoever follows them misses nothing and meets nothing twice.

use futures_util::future::join_all;
use leftoff::{
    model::scope::Scope,
    store::ledger::{self, LedgerRow},
};
use serde_json::{Value, json};
use simulator::Status;

use crate::support::{App, Backend};

const EVENTS: &str = "/api/v1/events";

fn ids(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Reads from a cursor to the end; the IDs, and the cursor to go on with.
async fn follow(
    backend: &mut Backend,
    query: &str,
    mut cursor: Option<String>,
) -> (Vec<String>, String) {
    let mut seen = Vec::new();
    loop {
        let from = cursor
            .map(|cursor| format!("&cursor={cursor}"))
            .unwrap_or_default();
        let page = backend.get(&format!("{EVENTS}?{query}{from}")).await.json();
        seen.extend(ids(&page));
        let next = page["next_cursor"].as_str().unwrap().to_owned();
        if page["has_more"] == false {
            return (seen, next);
        }
        cursor = Some(next);
    }
}

/// An entry whose ID says another time than the one at which it is written, as of a request that took long.
async fn write(app: &App, inquiry: &str, id: String, event: &str) -> String {
    let row = LedgerRow {
        id: id.clone(),
        inquiry_id: inquiry.to_owned(),
        link_id: None,
        at: 1,
        event: event.to_owned(),
        detail: None,
        actor: None,
    };
    let written = app
        .state
        .store
        .change(move |change| ledger::add(change, &row));
    written.await.unwrap();
    id
}

#[tokio::test]
async fn events_tell_what_happened_to_whom_and_by_whom() {
    let app = App::start().await;
    let (token, inquiry) = app.link_to(Status::Pending).await;
    app.browser().resume(&token).await;
    let (_, other) = app.link_to(Status::Pending).await;
    let mut backend = app.backend(&[Scope::EventsRead]).await;
    let page = backend.get(EVENTS).await.json();
    let told: Vec<_> = page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            (
                event["type"].as_str().unwrap(),
                event["inquiry_id"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("link-created", &*inquiry),
            ("resumed", &*inquiry),
            ("link-created", &*other)
        ]
    );
    assert_eq!(page["data"][0]["actor"], "a test");
    assert_eq!(page["data"][1]["actor"], Value::Null);
    assert_eq!(
        page["data"][0]["link_id"],
        app.newest_link(&inquiry).await.id
    );
    for (filter, count) in [
        (format!("inquiry_id={inquiry}"), 2),
        ("type=link-created".to_owned(), 2),
        (format!("inquiry_id={inquiry}&type=resumed"), 1),
        ("type=none".to_owned(), 0),
    ] {
        let page = backend.get(&format!("{EVENTS}?{filter}")).await.json();
        assert_eq!(ids(&page).len(), count, "{filter}");
    }
}

#[tokio::test]
async fn whoever_goes_on_later_gets_what_happened_since() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::EventsRead]).await;
    let (seen, cursor) = follow(&mut backend, "", None).await;
    assert!(seen.is_empty());
    let (_, inquiry) = app.link_to(Status::Pending).await;
    let (seen, cursor) = follow(&mut backend, "", Some(cursor)).await;
    assert_eq!(seen.len(), 1);
    let (again, same) = follow(&mut backend, "", Some(cursor.clone())).await;
    assert_eq!((again.len(), &same), (0, &cursor));
    app.link(&inquiry).await;
    assert_eq!(follow(&mut backend, "", Some(cursor)).await.0.len(), 1);
}

#[tokio::test]
async fn an_event_that_is_written_late_is_not_missed() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::EventsRead]).await;
    let late = "01AAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let early = "01ZZZZZZZZZZZZZZZZZZZZZZZZ".to_owned();
    write(&app, "inq_x", early.clone(), "resumed").await;
    let (seen, cursor) = follow(&mut backend, "", None).await;
    assert_eq!(seen, [early]);
    write(&app, "inq_x", late.clone(), "resumed").await;
    assert_eq!(follow(&mut backend, "", Some(cursor)).await.0, [late]);
}

#[tokio::test]
async fn pages_have_no_gaps_and_no_repeats_while_many_write() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::EventsRead]).await;
    let (mut seen, mut cursor, mut written) = (Vec::new(), None, Vec::new());
    for round in 0..12 {
        // IDs in no order, several in one commit.
        let writes = (0..10).map(|number| {
            let id = format!("01{:024}", (number * 7919 + round * 104_729) % 1_000_003);
            let (inquiry, event) = (
                format!("inq_{}", number % 3),
                ["opened", "resumed"][number % 2],
            );
            let app = &app;
            async move { write(app, &inquiry, id, event).await }
        });
        let batch = async { join_all(writes).await };
        let (ids, read) = tokio::join!(batch, follow(&mut backend, "limit=3", cursor));
        written.extend(ids);
        seen.extend(read.0);
        cursor = Some(read.1);
    }
    seen.extend(follow(&mut backend, "limit=3", cursor).await.0);
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    written.sort_unstable();
    assert_eq!(sorted, written);
    let (whole, _) = follow(&mut backend, "limit=100", None).await;
    assert_eq!(whole, seen, "the order never changes");
    let (some, _) = follow(&mut backend, "limit=4&type=resumed&inquiry_id=inq_1", None).await;
    let expected = backend
        .get(&format!("{EVENTS}?limit=100&type=resumed&inquiry_id=inq_1"))
        .await
        .json();
    assert_eq!(some, ids(&expected));
}

#[tokio::test]
async fn a_cursor_that_was_not_given_is_refused() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let app = App::start().await;
    app.link_to(Status::Pending).await;
    let mut backend = app.backend(&Scope::ALL).await;
    let events = backend.get(EVENTS).await.json()["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    for (path, cursor) in [
        (EVENTS, String::new()),
        (EVENTS, "x".to_owned()),
        (EVENTS, "%00".to_owned()),
        (EVENTS, encode("events:-1")),
        (EVENTS, encode("events:1 or 1=1")),
        (EVENTS, encode("links:1")),
        ("/api/v1/links", events.clone()),
        ("/api/v1/links", encode("links:' or 1=1 --")),
        ("/api/v1/inquiries", events.clone()),
        ("/api/v1/inquiries", encode("inquiries:")),
        ("/api/v1/receipts", events),
        ("/api/v1/receipts", encode("receipts:1")),
    ] {
        let answer = backend.get(&format!("{path}?cursor={cursor}")).await;
        assert_eq!(
            answer.problem(),
            (400, "invalid-cursor".to_owned()),
            "{path} {cursor}"
        );
    }
    for limit in ["0", "101", "-1", "many", ""] {
        let answer = backend.get(&format!("{EVENTS}?limit={limit}")).await;
        assert_eq!(
            answer.problem(),
            (400, "invalid-parameter".to_owned()),
            "{limit}"
        );
        assert_eq!(answer.wrong_fields(), ["limit"], "{limit}");
    }
    let twice = backend.get(&format!("{EVENTS}?limit=1&limit=2")).await;
    assert_eq!(twice.problem().0, 400);
    let page = backend.get(&format!("{EVENTS}?limit=1")).await.json();
    assert_eq!(page["data"].as_array().unwrap().len(), 1);
    assert_eq!(json!(page["has_more"]), json!(false));
}
