//! The store: jobs that come together share a commit and are still apart.

use futures_util::future::join_all;
use leftoff::store::{
    Error, Store,
    inquiries::{self, InquiryRow},
};
use tempfile::TempDir;

use crate::support::Database;

async fn store(database: &Database) -> Store {
    Store::open(database.url()).await.unwrap()
}

fn inquiry(number: usize) -> InquiryRow {
    InquiryRow {
        id: format!("inq_{number}"),
        status: "pending".to_owned(),
        ..InquiryRow::default()
    }
}

/// Writes a row, then does what the number says: every third job fails, every fifth panics.
async fn write(store: &Store, number: usize) -> Result<usize, Error> {
    let written = store.change(move |change| {
        inquiries::keep(change, &inquiry(number))?;
        assert!(!number.is_multiple_of(5), "a job that panics");
        if number.is_multiple_of(3) {
            return Err(Error::Interrupted);
        }
        Ok(number)
    });
    written.await
}

#[tokio::test]
async fn a_job_that_fails_or_panics_takes_nothing_of_its_neighbours_along() {
    let folder = TempDir::new().unwrap();
    let database = Database::new(folder.path()).await;
    let store = store(&database).await;
    let written = join_all((0..100).map(|number| write(&store, number))).await;
    for (number, result) in written.into_iter().enumerate() {
        let fails = number.is_multiple_of(3) || number.is_multiple_of(5);
        assert_eq!(result.is_err(), fails, "job {number}");
        let kept = store.inquiry(&format!("inq_{number}")).await.unwrap();
        assert_eq!(kept.is_none(), fails, "row {number}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_the_store_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let database = Database::new(folder.path()).await;
    let first = store(&database).await;
    for number in [1, 2, 4] {
        write(&first, number).await.unwrap();
    }
    first.close().await;
    let again = store(&database).await;
    for number in [1, 2, 4] {
        let row = again.inquiry(&format!("inq_{number}")).await.unwrap();
        assert!(row.is_some(), "row {number}");
    }
}

#[tokio::test]
async fn a_job_that_nobody_waits_for_any_more_is_still_done() {
    let folder = TempDir::new().unwrap();
    let database = Database::new(folder.path()).await;
    let store = store(&database).await;
    let (begun, when_begun) = std::sync::mpsc::channel();
    let left = store.change(move |change| {
        begun.send(()).ok();
        inquiries::keep(change, &inquiry(1))
    });
    tokio::select! {
        biased;
        _ = left => panic!("a commit took no time"),
        () = std::future::ready(()) => {}
    }
    when_begun.recv().unwrap();
    store.close().await;
    let again = self::store(&database).await;
    assert!(again.inquiry("inq_1").await.unwrap().is_some());
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let folder = TempDir::new().unwrap();
    let database = Database::new(folder.path()).await;
    let store = store(&database).await;
    store.close().await;
    assert!(matches!(store.inquiry("inq_1").await, Err(Error::Closed)));
    assert!(matches!(write(&store, 1).await, Err(Error::Closed)));
}

/// `.cargo/config.toml` says how; a build from elsewhere would not heed it.
#[test]
fn sqlite_has_no_lock_for_all_connections_and_loads_no_code() {
    let sqlite = rusqlite::Connection::open_in_memory().unwrap();
    let mut statement = sqlite.prepare("pragma compile_options").unwrap();
    let options = statement.query_map([], |row| row.get(0)).unwrap();
    let options: Vec<String> = options.map(Result::unwrap).collect();
    for needed in ["DEFAULT_MEMSTATUS=0", "OMIT_LOAD_EXTENSION"] {
        assert!(options.iter().any(|option| option == needed), "{options:?}");
    }
    for unwanted in ["ENABLE_MEMORY_MANAGEMENT", "ENABLE_FTS"] {
        let found = options.iter().find(|option| option.starts_with(unwanted));
        assert_eq!(found, None);
    }
}
