//! The page: names, filters, pages, a check and an export.

use leftoff::{
    model::role::Role,
    store::audit::{self},
};
use serde_json::Value;

use super::{add, deed};
use crate::support::App;

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
