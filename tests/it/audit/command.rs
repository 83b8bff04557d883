//! `leftoff audit verify`: on the database, and on an export alone.

use rusqlite::Connection;
use serde_json::Value;

use crate::support::Program;

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
