//! Moving everything from one database to another with `leftoff migrate --from`.

use leftoff::{
    model::{role::Role, scope::Scope},
    store::{Store, transfer::transfer},
};
use simulator::Status;
use tempfile::TempDir;

use crate::support::{App, Database, Program, why};

/// Something of everything: people, links, a finished inquiry, a key, acts in the audit.
pub(crate) async fn a_day(app: &App) -> String {
    let (token, inquiry) = app.link_to(Status::Pending).await;
    let mut browser = app.browser();
    browser.resume(&token).await;
    app.persona.set_status(&inquiry, Status::Approved).unwrap();
    browser.report_completion(&token).await;
    let (_, other) = app.link_to(Status::Expired).await;
    let link = app.newest_link(&other).await.id;
    app.state.links.revoke(&link, why()).await.unwrap();
    app.staff(Role::Admin).await.get("/ops").await;
    app.key(&[Scope::ALL[0]]).await;
    inquiry
}

/// What a database holds, by what its functions give.
async fn contents(store: &Store, inquiry: &str) -> String {
    let links = store.links(None, 1000).await.unwrap();
    let ledger = store.ledger(inquiry).await.unwrap();
    let receipt = store.receipt(inquiry).await.unwrap();
    let staff = store.team().await.unwrap();
    let audit = store.audit_from(1, 1000).await.unwrap();
    let known = store.inquiry(inquiry).await.unwrap();
    format!("{links:#?}{ledger:#?}{receipt:#?}{staff:#?}{audit:#?}{known:#?}")
}

#[tokio::test]
async fn everything_is_the_same_after_it_was_moved_to_a_server_and_back() {
    let app = App::start().await;
    let inquiry = a_day(&app).await;
    let before = contents(&app.state.store, &inquiry).await;
    let from = app.state.config.database.url.clone();
    let server = Database::on_server().await;
    let program = Program::new().set("DATABASE__URL", server.url());
    let moved = program.run(&["migrate", "--from", &from]).await;
    assert_eq!(moved.code, Some(0), "{}", moved.stderr);
    assert!(
        moved.stderr.contains("moved: audit whole"),
        "{}",
        moved.stderr
    );
    let there = Store::open(server.url()).await.unwrap();
    assert_eq!(contents(&there, &inquiry).await, before);
    there.close().await;

    let folder = TempDir::new().unwrap();
    let file = format!("sqlite://{}", folder.path().join("back.db").display());
    let back = program
        .run(&["migrate", "--from", server.url(), "--to", &file, "--json"])
        .await;
    assert_eq!(back.code, Some(0), "{}", back.stderr);
    let rows: serde_json::Value = serde_json::from_str(&back.stdout).unwrap();
    assert_eq!(rows["rows"]["receipts"], 1);
    let here = Store::open(&file).await.unwrap();
    assert_eq!(contents(&here, &inquiry).await, before);
}

#[tokio::test]
async fn a_database_that_is_not_empty_takes_nothing() {
    let (app, other) = (App::start().await, App::start().await);
    let inquiry = a_day(&app).await;
    a_day(&other).await;
    let (from, to) = (
        &app.state.config.database.url,
        &other.state.config.database.url,
    );
    let before = other.counts().await;
    let error = transfer(from.clone(), to.clone()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the target is not empty: there are rows in inquiries"
    );
    assert_eq!(other.counts().await, before);
    assert!(app.receipt(&inquiry).await.is_some());
}

#[tokio::test]
async fn every_table_is_moved_but_what_belongs_to_running_processes() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("all.db");
    let store = Store::open(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    store.close().await;
    let connection = rusqlite::Connection::open(file).unwrap();
    let sql = "select name from sqlite_master where type = 'table' order by name";
    let mut statement = connection.prepare(sql).unwrap();
    let tables = statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap();
    let kept = ["refinery_schema_history", "shifts", "tries", "turns"];
    let mut meant: Vec<_> = leftoff::store::transfer::TABLES.to_vec();
    meant.extend(kept);
    meant.sort_unstable();
    assert_eq!(tables.collect::<Result<Vec<_>, _>>().unwrap(), meant);
}
