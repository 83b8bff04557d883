//! PostgreSQL as the database, as an operator meets it.

use leftoff::store::Store;
use serde_json::Value;

use crate::{
    support::{App, Database, Program},
    transfer::a_day,
};

/// What doctor found of one thing.
fn finding(report: &str, check: &str) -> Value {
    let report: Value = serde_json::from_str(report).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["check"] == check);
    found.unwrap().clone()
}

#[tokio::test]
async fn a_server_is_copied_with_its_own_tools() {
    let database = Database::on_server().await;
    let program = Program::new().set("DATABASE__URL", database.url());
    for act in ["backup", "restore"] {
        let file = program.folder().join("copy.db");
        std::fs::write(&file, "").unwrap();
        let refused = program.run(&[act, file.to_str().unwrap()]).await;
        assert_eq!(refused.code, Some(1));
        assert!(refused.stderr.contains("pg_dump"), "{}", refused.stderr);
    }
}

#[tokio::test]
async fn doctor_looks_at_the_server() {
    let database = Database::on_server().await;
    let program = Program::new().set("DATABASE__URL", database.url());
    let healthy = program.run(&["doctor", "--json"]).await;
    let found = finding(&healthy.stdout, "database");
    assert_eq!(found["state"], "ok", "{found}");
    assert!(found["found"].as_str().unwrap().contains("PostgreSQL"));

    let name = database.url().rsplit('/').next().unwrap();
    let read_only = format!("alter database {name} set default_transaction_read_only = on");
    database.own(&read_only).await.unwrap();
    let stuck = program.run(&["doctor", "--json"]).await;
    assert_eq!(finding(&stuck.stdout, "database")["state"], "failed");
    assert_eq!(stuck.code, Some(1));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_told_without_the_password() {
    let address = "postgres://somebody:a-password-of-nobody@127.0.0.1:9/leftoff";
    let program = Program::new().set("DATABASE__URL", address).served();
    for command in [&["doctor", "--json"][..], &["serve"], &["migrate"]] {
        let ended = program.run(command).await;
        assert_eq!(ended.code, Some(1), "{command:?}");
        let told = format!("{}{}", ended.stdout, ended.stderr);
        assert!(told.contains("database"), "{told}");
        assert!(!told.contains("a-password-of-nobody"), "{told}");
    }
}

#[tokio::test]
async fn a_connection_that_was_cut_is_made_again() {
    let app = App::start_shared(|_| {}).await;
    let inquiry = a_day(&app).await;
    let cut = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()";
    let url = &app.state.config.database.url;
    let outside = Database::own_at(url, cut).await;
    outside.unwrap();
    // Whoever meets the cut connections first is told so; then all is as before.
    let store: &Store = &app.state.store;
    for _ in 0..8 {
        store.receipt(&inquiry).await.ok();
    }
    store.is_writable().await.ok();
    assert!(store.receipt(&inquiry).await.unwrap().is_some());
    a_day(&app).await;
    store.is_writable().await.unwrap();
}
