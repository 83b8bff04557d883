//! The chain: each way to tamper with it is seen.

use futures_util::future::join_all;
use leftoff::{
    audit::{Fault, check},
    store::{Store, audit::Head},
};
use tempfile::TempDir;

use super::add;
use crate::support::{App, Database};

/// A chain of ten rows in a database that can be tampered with.
struct Chain {
    store: Store,
    database: Database,
    _folder: TempDir,
}

impl Chain {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let database = Database::new(folder.path()).await;
        let store = Store::open(database.url()).await.unwrap();
        for number in 1..=10 {
            add(&store, number).await;
        }
        Self {
            store,
            database,
            _folder: folder,
        }
    }

    async fn check(&self) -> Result<Head, Fault> {
        check(&self.store, None).await.unwrap()
    }

    /// What somebody does who owns the database and knows of the guards.
    async fn tamper(&self, sql: &str) {
        self.database.unguard().await;
        self.database.own(sql).await.unwrap();
    }
}

/// SQL that writes a row's hash anew, as somebody would who knows how it is made.
async fn rehashed(chain: &Chain, seq: i64, actor: &str) -> String {
    let mut row = chain.store.audit_from(seq, 1).await.unwrap().remove(0);
    actor.clone_into(&mut row.actor);
    let hash = row.link().hash();
    format!("update audit set actor = '{actor}', hash = '{hash}' where seq = {seq};")
}

#[tokio::test]
async fn writers_that_come_together_keep_one_chain() {
    let app = App::start().await;
    join_all((0..200).map(|number| add(&app.state.store, number))).await;
    let head = check(&app.state.store, None).await.unwrap().unwrap();
    assert_eq!(head.seq, 200);
}

#[tokio::test]
async fn each_way_to_tamper_is_named_with_the_row() {
    let cases: [(&str, Fault); 10] = [
        ("update audit set actor = 'staff:1' where seq = 4", Fault::Changed(4)),
        ("update audit set at = at + 1 where seq = 1", Fault::Changed(1)),
        ("update audit set note = '' where seq = 10", Fault::Changed(10)),
        ("update audit set previous = hash where seq = 5", Fault::Changed(5)),
        ("delete from audit where seq = 4", Fault::Missing(4, 4)),
        ("delete from audit where seq < 3", Fault::Missing(1, 2)),
        ("delete from audit where seq > 8", Fault::CutOff(9, 10)),
        (
            "update audit set seq = 11 where seq = 4; update audit set seq = 4 where seq = 5;
             update audit set seq = 5 where seq = 11",
            Fault::Changed(4),
        ),
        (
            "update audit set seq = 100 + seq where seq > 4; update audit set seq = seq - 99 where seq > 100;
             insert into audit select 5, at, actor, act, 'number:0', reason, note, before, after, previous, hash, skip
             from audit where seq = 4",
            Fault::Changed(5),
        ),
        (
            "update audit_head set hash = (select hash from audit where seq = 9)",
            Fault::Head(10),
        ),
    ];
    for (sql, fault) in cases {
        let chain = Chain::new().await;
        assert_eq!(chain.check().await.unwrap().seq, 10);
        chain.tamper(sql).await;
        assert_eq!(chain.check().await, Err(fault), "{sql}");
    }
}

#[tokio::test]
async fn a_row_that_is_written_anew_with_its_hash_breaks_the_link_after_it() {
    let chain = Chain::new().await;
    let sql = rehashed(&chain, 4, "staff:1").await;
    chain.tamper(&sql).await;
    assert_eq!(chain.check().await, Err(Fault::Unlinked(5)));
    let chain = Chain::new().await;
    let sql = rehashed(&chain, 10, "staff:1").await;
    chain.tamper(&sql).await;
    assert_eq!(
        chain.check().await,
        Err(Fault::Head(10)),
        "the last row has no link after it"
    );
}

#[tokio::test]
async fn rows_that_were_cut_off_stay_missing_when_others_follow() {
    let chain = Chain::new().await;
    chain.tamper("delete from audit where seq > 8").await;
    add(&chain.store, 11).await;
    assert_eq!(chain.check().await, Err(Fault::Missing(9, 10)));
}

#[tokio::test]
async fn a_head_that_was_noted_tells_of_a_chain_that_was_written_anew() {
    let chain = Chain::new().await;
    let noted = chain.store.audit_head().await.unwrap();
    let again = Chain::new().await;
    again.tamper("update audit set actor = 'staff:1'").await;
    let whole = check(&chain.store, noted.clone()).await.unwrap();
    assert_eq!(whole.unwrap().seq, 10);
    let shorter = Chain::new().await;
    shorter
        .tamper(
            "delete from audit where seq > 8;
         update audit_head set seq = 8, hash = (select hash from audit where seq = 8)",
        )
        .await;
    assert_eq!(
        shorter.check().await.unwrap().seq,
        8,
        "the chain alone cannot tell"
    );
    assert_eq!(
        check(&shorter.store, noted.clone()).await.unwrap(),
        Err(Fault::CutOff(9, 10))
    );
    let other = App::start().await;
    for number in 20..40 {
        add(&other.state.store, number).await;
    }
    let found = check(&other.state.store, noted).await.unwrap();
    assert_eq!(found, Err(Fault::Noted(10)));
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_or_remove_a_row() {
    let chain = Chain::new().await;
    for sql in [
        "update audit set actor = 'staff:1' where seq = 4",
        "delete from audit where seq = 4",
        "delete from audit_head",
        "update audit_head set seq = 8",
    ] {
        let error = chain.database.own(sql).await.unwrap_err();
        assert!(
            error.contains("the audit") || error.contains("the head"),
            "{sql}: {error}"
        );
    }
    assert_eq!(chain.check().await.unwrap().seq, 10);
}
