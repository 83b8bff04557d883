//! The audit: a chain that shows what was changed, removed or put elsewhere.

use futures_util::future::join_all;
use leftoff::store::audit::{self, AuditRow, Deed};

use crate::support::App;

fn deed(number: usize) -> Deed {
    Deed {
        at: 1,
        actor: "system".to_owned(),
        act: "tested".to_owned(),
        object: format!("number:{number}"),
        ..Deed::default()
    }
}

type Break = fn(&mut Vec<AuditRow>);

fn is_whole(rows: &[AuditRow]) -> bool {
    let before = std::iter::once(None).chain(rows.iter().map(Some));
    rows.iter()
        .zip(before)
        .all(|(row, before)| row.follows(before))
}

#[tokio::test]
async fn writers_that_come_together_keep_one_chain() {
    let app = App::start().await;
    let add = |number| {
        app.state
            .store
            .change(move |change| audit::add(change, deed(number)))
    };
    let added = join_all((0..200).map(add)).await;
    assert!(added.iter().all(Result::is_ok));
    let rows = app.audit().await;
    assert_eq!(rows.len(), 200);
    assert!(is_whole(&rows));
}

#[tokio::test]
async fn whatever_is_changed_removed_or_moved_breaks_the_chain() {
    let app = App::start().await;
    for number in 0..5 {
        app.state
            .store
            .change(move |change| audit::add(change, deed(number)))
            .await
            .unwrap();
    }
    let rows = app.audit().await;
    assert!(is_whole(&rows));
    let broken: [(&str, Break); 6] = [
        ("an actor", |rows| rows[2].actor = "staff:1".to_owned()),
        ("a time", |rows| rows[2].at = 2),
        ("a note that was not there", |rows| {
            rows[2].note = Some(String::new());
        }),
        ("a row", |rows| drop(rows.remove(2))),
        ("the order", |rows| rows.swap(2, 3)),
        ("a row with a new hash", |rows| {
            rows[2].actor = "staff:1".to_owned();
            rows[2].hash = rows[2].digest();
        }),
    ];
    for (what, break_it) in broken {
        let mut rows = rows.clone();
        break_it(&mut rows);
        assert!(!is_whole(&rows), "{what} was changed unseen");
    }
}
