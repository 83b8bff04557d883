//! Keys: made, shown once, seen, taken back.

use std::time::Duration;

use leftoff::model::{role::Role, scope::Scope};
use serde_json::Value;

use crate::support::{Answer, App, Backend, Program};

/// The key that a page shows once.
fn shown(answer: &Answer) -> String {
    let (_, rest) = answer
        .body
        .split_once("<code id=\"key\">")
        .expect(&answer.body);
    rest.split_once('<').unwrap().0.to_owned()
}

async fn make(app: &App, form: &str) -> Answer {
    let mut admin = app.staff(Role::Admin).await;
    admin.submit("/ops/keys/new", form).await
}

#[tokio::test]
async fn an_admin_makes_a_key_that_is_shown_once_and_works() {
    let app = App::start().await;
    let made = make(
        &app,
        "name=Backend&scope=links%3Aread&scope=events%3Aread&days=90",
    )
    .await;
    assert_eq!(made.page(), (200, "The key is made"));
    let key = shown(&made);
    assert!(key.starts_with("leftoff_sk_") && key.len() == 54, "{key}");
    let mut backend = Backend::new(&app, Some(&format!("Bearer {key}")));
    assert_eq!(backend.get("/api/v1/links").await.status, 200);
    assert_eq!(backend.get("/api/v1/events").await.status, 200);
    assert_eq!(backend.get("/api/v1/receipts").await.status, 403);
    assert!(!app.database().await.contains(&key) && !app.database().await.contains(&key[11..]));
    let row = app.audit().await.pop().unwrap();
    assert_eq!(row.act, "key-created");
    assert_eq!(
        row.actor,
        format!("staff:{}", app.person(Role::Admin).await.id)
    );
    assert!(!format!("{row:?}").contains(&key[11..]));
    app.advance(Duration::from_hours(90 * 24));
    assert_eq!(backend.get("/api/v1/links").await.status, 401);
}

#[tokio::test]
async fn a_key_needs_a_name_and_a_scope() {
    let app = App::start().await;
    for (form, words) in [
        ("name=&scope=links%3Aread&days=", "needs a name"),
        ("name=Backend&days=", "needs at least one scope"),
        (
            "name=Backend&scope=everything&days=",
            "needs at least one scope",
        ),
    ] {
        let answer = make(&app, form).await;
        assert_eq!(answer.page(), (422, "Make an API key"), "{form}");
        assert!(answer.body.contains(words), "{form}");
    }
    assert_eq!(
        make(&app, "name=Backend&scope=links%3Aread&days=31")
            .await
            .status,
        400
    );
    assert!(app.state.keys.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_auditor_sees_the_keys_and_who_used_them_and_changes_nothing() {
    let app = App::start().await;
    let mut auditor = app.staff(Role::Auditor).await;
    let empty = auditor.get("/ops/keys").await;
    assert!(empty.body.contains("There is no key yet"));
    let key = shown(&make(&app, "name=Backend&scope=links%3Aread&days=").await);
    let page = auditor.get("/ops/keys").await;
    assert_eq!(page.page(), (200, "API keys"));
    assert!(page.body.contains("Backend") && page.body.contains("Never"));
    assert!(page.body.contains("title=\"This takes the role admin\""));
    assert!(!page.body.contains(&key[11..]) && !page.body.contains("Revoke"));
    Backend::new(&app, Some(&format!("Bearer {key}")))
        .get("/api/v1/links")
        .await;
    assert!(!auditor.get("/ops/keys").await.body.contains("Never"));
    assert_eq!(auditor.get("/ops/keys/new").await.status, 403);
    assert!(
        auditor
            .get("/ops/keys")
            .await
            .body
            .contains("aria-current=\"page\">API keys")
    );
}

#[tokio::test]
async fn a_key_is_revoked_after_a_question_and_refused_at_once() {
    let app = App::start().await;
    let key = shown(&make(&app, "name=Backend&scope=links%3Aread&days=").await);
    let mut admin = app.staff(Role::Admin).await;
    let id = app.state.keys.list().await.unwrap().remove(0).id;
    let path = format!("/ops/keys/{id}/revoke");
    assert_eq!(admin.get(&path).await.page(), (200, "Revoke this key?"));
    let mut backend = Backend::new(&app, Some(&format!("Bearer {key}")));
    assert_eq!(
        backend.get("/api/v1/links").await.status,
        200,
        "asking changes nothing"
    );
    let answer = admin.submit(&path, "").await;
    assert_eq!(answer.redirect(), (303, "/ops/keys?done=revoked"));
    assert_eq!(backend.get("/api/v1/links").await.status, 401);
    assert!(
        admin
            .get("/ops/keys?done=revoked")
            .await
            .body
            .contains("The key is revoked.")
    );
    assert_eq!(admin.get(&path).await.status, 404);
    admin.submit(&path, "").await;
    let rows = app.audit().await;
    assert_eq!(
        rows.iter().filter(|row| row.act == "key-revoked").count(),
        1
    );
    assert_eq!(rows.last().unwrap().object, format!("key:{id}"));
    assert_eq!(admin.submit("/ops/keys/none/revoke", "").await.status, 404);
}

#[tokio::test]
async fn keys_are_managed_only_by_whoever_just_proved_who_they_are() {
    let app = App::start().await;
    let mut admin = app.staff(Role::Admin).await;
    app.advance(Duration::from_mins(11));
    assert_eq!(
        admin.get("/ops/keys").await.status,
        200,
        "looking needs none"
    );
    for path in ["/ops/keys/new", "/ops/keys/x/revoke"] {
        let asked = admin.get(path).await;
        assert!(
            asked.header("location").starts_with("/ops/prove?next="),
            "{path}"
        );
    }
    let refused = admin
        .submit("/ops/keys/new", "name=Backend&scope=links%3Aread&days=")
        .await;
    assert!(refused.header("location").starts_with("/ops/prove"));
    assert!(app.state.keys.list().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_last_use_is_kept_to_ten_minutes() {
    let app = App::start().await;
    let mut backend = app.backend(&[Scope::LinksRead]).await;
    let mut times = Vec::new();
    for _ in 0..30 {
        backend.get("/api/v1/links").await;
        times.extend(app.state.keys.list().await.unwrap()[0].last_used_at);
        app.advance(Duration::from_mins(1));
    }
    times.dedup();
    assert_eq!(times.len(), 3, "{times:?}");
}

#[tokio::test]
async fn the_command_makes_lists_and_revokes_keys() {
    let program = Program::new();
    let scopes = "links:read,links:write";
    let made = program
        .run(&["key", "create", "Backend", "--scope", scopes])
        .await;
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let key = made.stdout.trim();
    assert!(key.starts_with("leftoff_sk_") && !made.stderr.contains(key));
    let json = program
        .run(&[
            "key",
            "create",
            "Other",
            "--scope",
            "events:read",
            "--expires-in",
            "30d",
            "--json",
        ])
        .await;
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert!(json["expires_at"].as_str().unwrap().ends_with('Z'));
    let listed = program.run(&["key", "list", "--json"]).await;
    assert!(!listed.stdout.contains(&key[11..]));
    let rows: Vec<Value> = listed
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 2);
    let backend = rows.iter().find(|row| row["name"] == "Backend").unwrap();
    assert_eq!(
        (&backend["scopes"], &backend["state"]),
        (&"links:read links:write".into(), &"active".into())
    );
    let id = backend["id"].as_str().unwrap();
    assert_eq!(program.run(&["key", "revoke", id]).await.code, Some(0));
    let again = program.run(&["key", "revoke", id]).await;
    assert!(
        again.code == Some(1) && again.stderr.contains(id),
        "{}",
        again.stderr
    );
    let listed = program.run(&["key", "list"]).await;
    assert!(listed.stdout.contains("revoked"));
    for arguments in [
        &["key", "create", "Backend"][..],
        &["key", "create", "Backend", "--scope", "everything"],
        &["key", "create", "--scope", "links:read"],
    ] {
        assert_eq!(program.run(arguments).await.code, Some(2), "{arguments:?}");
    }
}
