//! The audit: a chain that shows what was changed, removed, added or put elsewhere, in the database and in a file.

use futures_util::future::join_all;
use leftoff::{
    audit::{Fault, check},
    model::role::Role,
    store::{
        Store,
        audit::{self, Deed, Head},
    },
};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{App, Database, Program};

fn deed(number: usize) -> Deed {
    Deed {
        at: 1_772_366_400_000,
        actor: "system".to_owned(),
        act: "tested".to_owned(),
        object: format!("number:{number}"),
        ..Deed::default()
    }
}

async fn add(store: &Store, number: usize) {
    let added = store.change(move |change| audit::add(change, deed(number)));
    added.await.unwrap();
}

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

#[tokio::test]
async fn the_page_shows_names_differences_and_where_to_go() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    app.staff(Role::Viewer).await;
    let viewer = app.person(Role::Viewer).await;
    let path = format!("/ops/team/{}/role", viewer.id);
    admin.submit(&path, "role=operator").await;
    let page = admin.get("/ops/audit?act=role-changed").await;
    assert_eq!(page.page(), (200, "Audit"));
    for text in [
        "A admin",
        "A viewer",
        "<del>viewer</del>",
        "<ins>operator</ins>",
    ] {
        assert!(page.body.contains(text), "{text} in {}", page.body);
    }
    assert!(
        page.body
            .contains(&format!("href=\"/ops/team/{}\"", viewer.id))
    );
}

/// The numbers of the entries that a page lists.
fn listed(body: &str) -> Vec<i64> {
    let rows = body.split("<th scope=\"row\"").skip(1);
    let number = |row: &str| row.split_once('>')?.1.split_once('<')?.0.parse().ok();
    rows.map(|row| number(row).unwrap()).collect()
}

fn href(body: &str, rel: &str) -> Option<String> {
    let link = body
        .split("<a ")
        .find(|link| link.contains(&format!("rel=\"{rel}\"")))?;
    let path = link.split_once("href=\"")?.1.split_once('"')?.0;
    Some(path.replace("&amp;", "&"))
}

#[tokio::test]
async fn pages_go_on_and_back_without_losing_or_repeating_an_entry() {
    let app = App::start().await;
    for number in 0..120 {
        add(&app.state.store, number).await;
    }
    let mut auditor = app.staff(Role::Auditor).await;
    let first = auditor.get("/ops/audit?act=tested").await;
    assert_eq!(listed(&first.body), (71..=120).rev().collect::<Vec<_>>());
    assert_eq!(href(&first.body, "prev"), None);
    let second = auditor.get(&href(&first.body, "next").unwrap()).await;
    assert_eq!(listed(&second.body), (21..=70).rev().collect::<Vec<_>>());
    let third = auditor.get(&href(&second.body, "next").unwrap()).await;
    assert_eq!(listed(&third.body), (1..=20).rev().collect::<Vec<_>>());
    assert_eq!(href(&third.body, "next"), None);
    let back = auditor.get(&href(&third.body, "prev").unwrap()).await;
    assert_eq!(listed(&back.body), listed(&second.body));
    let newest = auditor.get(&href(&back.body, "prev").unwrap()).await;
    assert_eq!(listed(&newest.body), listed(&first.body));
}

#[tokio::test]
async fn filters_pick_what_they_say() {
    let app = App::start().await;
    add(&app.state.store, 7).await;
    let mut auditor = app.staff(Role::Auditor).await;
    let auditor_id = app.person(Role::Auditor).await.id;
    let cases = [
        ("actor=system", vec![2, 1]),
        (&*format!("actor=staff:{auditor_id}"), vec![3]),
        ("object=number:7", vec![1]),
        ("reason=password", vec![3]),
        ("from=2026-03-01&to=2026-03-01", vec![3, 2, 1]),
        ("from=2026-03-02", vec![]),
        ("to=2026-02-28", vec![]),
    ];
    for (query, rows) in cases {
        let page = auditor.get(&format!("/ops/audit?{query}")).await;
        assert_eq!(listed(&page.body), rows, "{query}");
    }
}

#[tokio::test]
async fn a_check_says_how_far_the_chain_is_whole_and_is_itself_an_entry() {
    let app = App::start().await;
    let mut auditor = app.staff(Role::Auditor).await;
    assert!(
        auditor
            .get("/ops/audit")
            .await
            .body
            .contains("Not checked yet")
    );
    let answer = auditor.submit("/ops/audit/check", "").await;
    assert_eq!(answer.redirect(), (303, "/ops/audit"));
    let page = auditor.get("/ops/audit").await;
    assert!(
        page.body.contains("Whole") && page.body.contains("A auditor"),
        "{}",
        page.body
    );
    let last = app.audit().await.pop().unwrap();
    assert_eq!(last.act, "audit-checked");
    assert!(
        page.body.contains(&last.head().to_string()),
        "the head is there to be noted"
    );
}

#[tokio::test]
async fn an_export_is_whole_harmless_to_spreadsheets_and_an_entry() {
    let app = App::start().await;
    let mut formula = deed(1);
    formula.note = Some("=1+1".to_owned());
    let added = app
        .state
        .store
        .change(move |change| audit::add(change, formula));
    added.await.unwrap();
    let mut auditor = app.staff(Role::Auditor).await;
    let lines = auditor.get("/ops/audit/export?format=jsonl").await;
    assert!(
        lines
            .header("content-disposition")
            .starts_with("attachment; filename=\"audit-")
    );
    assert_eq!(lines.header("cache-control"), "no-store");
    let rows: Vec<Value> = lines
        .body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let last = app.audit().await.pop().unwrap();
    assert_eq!(last.act, "audit-exported");
    assert_eq!(
        rows[0]["head"]["hash"], *last.hash,
        "the export is its own last entry"
    );
    assert_eq!(rows.len() - 1, usize::try_from(last.seq).unwrap());
    let table = auditor.get("/ops/audit/export?format=csv&act=tested").await;
    let table: Vec<_> = table.body.lines().collect();
    assert_eq!(table.len(), 2);
    assert!(table[1].contains(",'=1+1,"), "{}", table[1]);
    assert_eq!(
        auditor.get("/ops/audit/export?format=exe").await.status,
        400
    );
}

#[tokio::test]
async fn the_command_verifies_the_database_and_names_what_is_wrong() {
    let program = Program::new();
    for name in ["rosa", "ivo"] {
        let email = format!("{name}@example.com");
        let ended = program.run(&["staff", "add", &email, "--name", name]).await;
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let whole = program.run(&["audit", "verify", "--json"]).await;
    let found: Value = serde_json::from_str(&whole.stdout).unwrap();
    assert_eq!((whole.code, &found["whole"]), (Some(0), &true.into()));
    let head = found["head"].as_str().unwrap().to_owned();
    let connection = Connection::open(program.folder().join("leftoff.db")).unwrap();
    connection
        .execute_batch(
            "drop trigger audit_is_never_changed; update audit set actor = 'system' where seq = 1",
        )
        .unwrap();
    let broken = program
        .run(&["audit", "verify", "--json", "--head", &head])
        .await;
    let found: Value = serde_json::from_str(&broken.stdout).unwrap();
    assert_eq!(broken.code, Some(1));
    assert_eq!(found["seq"], 1);
    assert_eq!(found["fault"], "changed");
    assert!(
        broken.stderr.contains("row 1 was changed"),
        "{}",
        broken.stderr
    );
}

#[tokio::test]
async fn the_command_verifies_an_export_without_settings_or_a_database() {
    let program = Program::new();
    for name in ["rosa", "ivo"] {
        let email = format!("{name}@example.com");
        program.run(&["staff", "add", &email, "--name", name]).await;
    }
    let export = program.run(&["audit", "export"]).await.stdout;
    let bare = Program::new()
        .unset("SERVER__SECRET")
        .unset("PERSONA__API_KEY");
    let verify = async |text: String, arguments: &[&str]| {
        let file = bare.folder().join("export.jsonl");
        std::fs::write(&file, text).unwrap();
        let given = ["audit", "verify", "--file", file.to_str().unwrap()];
        bare.run(&[&given, arguments].concat()).await
    };
    let whole = verify(export.clone(), &[]).await;
    assert!(
        whole.stdout.starts_with("whole: 3 rows, head 3:"),
        "{whole:?}"
    );
    let noted = format!("2:{}", "a".repeat(64));
    assert_eq!(
        verify(export.clone(), &["--head", &noted]).await.code,
        Some(1)
    );
    let lines: Vec<_> = export.lines().collect();
    let cases = [
        (
            [lines[0], lines[2], lines[1], lines[3]].join("\n"),
            "rows? 1 is missing",
        ),
        (
            [lines[0], lines[1], lines[1], lines[2], lines[3]].join("\n"),
            "row 1 is there twice",
        ),
        (
            [lines[0], lines[1], lines[2]].join("\n"),
            "row 3 is missing at the end",
        ),
        (
            export.replacen("staff-added", "staff-gone", 1),
            "row 1 was changed",
        ),
        (
            export.replacen("\"seq\":2", "\"sec\":2", 1),
            "what follows row 1 cannot be read",
        ),
    ];
    for (text, words) in cases {
        let broken = verify(text, &[]).await;
        assert_eq!(broken.code, Some(1), "{words}");
        assert!(
            broken.stderr.contains(words.trim_start_matches("rows? ")),
            "{words}: {}",
            broken.stderr
        );
    }
}
