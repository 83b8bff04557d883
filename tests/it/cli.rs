//! The command `leftoff link`, run as an operator runs it.

use leftoff::secret::Secret;
use serde_json::Value;
use simulator::{Options, Seed, Simulator, Status};

use crate::support::{API_KEY, Program};

/// A Persona with one inquiry that has expired, and the program that knows how to reach it.
async fn beside_persona() -> (Simulator, String, Program) {
    let options = Options {
        api_key: API_KEY.to_owned(),
        ..Options::default()
    };
    let persona = Simulator::start(options).await.unwrap();
    let inquiry = persona.control().create_inquiry(&Seed {
        status: Status::Expired,
        ..Seed::default()
    });
    let program = Program::new().set("PERSONA__API_URL", persona.api_url().as_str());
    (persona, inquiry, program)
}

#[tokio::test]
async fn create_prints_one_url_and_nothing_else() {
    let (_persona, inquiry, program) = beside_persona().await;
    let ended = program.run(&["link", "create", &inquiry]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let token = ended
        .stdout
        .strip_prefix("http://localhost:4000/r/")
        .unwrap();
    let token = token.strip_suffix('\n').unwrap();
    assert!(Secret::parse(token).is_some(), "{token}");
    assert!(!ended.stderr.contains(token) && !ended.stderr.contains(API_KEY));
}

#[tokio::test]
async fn create_prints_json_for_scripts() {
    let (_persona, inquiry, program) = beside_persona().await;
    let arguments = ["link", "create", &inquiry, "--json", "--expires-in", "12h"];
    let ended = program.run(&arguments).await;
    let made: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(made["inquiry"], inquiry);
    assert_eq!(made["status"], "expired");
    assert!(made["url"].as_str().unwrap().contains("/r/"));
    assert!(made["expires_at"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn list_shows_what_became_of_links_and_no_token() {
    let (_persona, inquiry, program) = beside_persona().await;
    let reason = "called the help desk";
    let made = program
        .run(&["link", "create", &inquiry, "--reason", reason, "--json"])
        .await;
    let made: Value = serde_json::from_str(&made.stdout).unwrap();
    let (id, url) = (made["id"].as_str().unwrap(), made["url"].as_str().unwrap());
    let token = url.rsplit('/').next().unwrap();

    let listed = program.run(&["link", "list"]).await;
    for part in [id, &inquiry, reason, "open"] {
        assert!(listed.stdout.contains(part), "{part}: {}", listed.stdout);
    }
    assert!(!listed.stdout.contains(token));

    let revoked = program.run(&["link", "revoke", id]).await;
    assert_eq!((revoked.code, revoked.stdout.as_str()), (Some(0), ""));
    let listed = program
        .run(&["link", "list", "--inquiry", &inquiry, "--json"])
        .await;
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(
        (listed["id"].as_str(), listed["state"].as_str()),
        (Some(id), Some("revoked"))
    );

    let again = program.run(&["link", "revoke", id]).await;
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains(id), "{}", again.stderr);
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_ends_in_one() {
    let (persona, inquiry, program) = beside_persona().await;
    let unknown = format!("inq_{}", "x".repeat(28));
    for (arguments, words) in [
        (
            &["link", "create", &unknown][..],
            "the inquiry cannot be read",
        ),
        (&["link", "revoke", "none"], "there is no link none"),
        (
            &["link", "create", &inquiry, "--locale", "xx"],
            "--locale xx",
        ),
        (
            &[
                "link",
                "create",
                &inquiry,
                "--return-url",
                "https://evil.example/",
            ],
            "portal.return_hosts",
        ),
        (
            &[
                "link",
                "create",
                &inquiry,
                "--return-url",
                "http://example.com/",
            ],
            "must be https",
        ),
    ] {
        let ended = program.run(arguments).await;
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(1), ""),
            "{arguments:?}"
        );
        assert!(
            ended.stderr.contains(words),
            "{arguments:?}: {}",
            ended.stderr
        );
        assert!(!ended.stderr.contains(API_KEY));
    }
    persona.shutdown().await;
    let ended = program.run(&["link", "create", &inquiry]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("the inquiry cannot be read"),
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn arguments_that_make_no_sense_are_refused_before_anything_is_done() {
    let program = Program::new();
    for arguments in [
        &["link", "create"][..],
        &["link", "create", "not/an/inquiry"],
        &["link", "create", "inq_x", "--factor", "password"],
        &["link", "create", "inq_x", "--expires-in", "soon"],
    ] {
        let ended = program.run(arguments).await;
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
    }
    assert!(!program.folder().join("leftoff.db").exists());
}

#[tokio::test]
async fn import_says_how_far_it_is_and_ends_when_everything_is_read() {
    let (_persona, _, program) = beside_persona().await;
    let ended = program
        .run(&["import", "--status", "expired,pending"])
        .await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
    assert!(
        ended.stderr.contains("1 inquiries, 1 pages"),
        "{}",
        ended.stderr
    );
    assert!(
        ended.stderr.contains("complete: 1 inquiries"),
        "{}",
        ended.stderr
    );
    let wrong = program.run(&["import", "--status", "gone"]).await;
    assert_eq!(wrong.code, Some(2), "{}", wrong.stderr);
}
