//! Settings: one file, then the environment; problems are said all at once and in plain words.

use figment::{
    Figment,
    providers::{Format as _, Toml},
    value::{Dict, Value},
};

use crate::support::{API_KEY, Program};

#[test]
fn leptos_toml_and_cargo_toml_name_the_same_site() {
    let section = |file: &str, section: &str| -> Dict {
        let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
        Figment::from(Toml::file_exact(path))
            .extract_inner(section)
            .unwrap()
    };
    let ours = section("Leptos.toml", "leptos");
    let cargo = section("Cargo.toml", "package.metadata.leptos");
    assert!(ours.len() >= 5);
    let plain = |value: &Value| serde_json::to_value(value).unwrap();
    for (key, value) in ours {
        assert_eq!(Some(plain(&value)), cargo.get(&key).map(plain), "{key}");
    }
}

#[tokio::test]
async fn the_settings_of_the_repository_need_nothing_but_a_key() {
    let program = Program::new();
    let ended = program.run(&["migrate"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(program.folder().join("leftoff.db").is_file());
    let ended = program.unset("PERSONA__API_KEY").run(&["migrate"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("api_key"), "{}", ended.stderr);
}

#[tokio::test]
async fn the_environment_wins_over_the_file() {
    let program = Program::new();
    let database = format!("sqlite://{}/other.db", program.folder().display());
    let program = program.set("DATABASE__URL", &database);
    assert_eq!(program.run(&["migrate"]).await.code, Some(0));
    assert!(program.folder().join("other.db").is_file());
    assert!(!program.folder().join("leftoff.db").exists());
}

#[tokio::test]
async fn a_secret_can_come_from_a_file() {
    let program = Program::new().unset("PERSONA__API_KEY");
    let program = program.set_file("PERSONA__API_KEY_FILE", "persona_sandbox_from_a_file\n");
    let ended = program.run(&["migrate"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let missing = program.set("PERSONA__API_KEY_FILE", "/no/such/file");
    let ended = missing.run(&["migrate"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stderr.contains("LEFTOFF_PERSONA__API_KEY_FILE"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("/no/such/file"), "{}", ended.stderr);
}

#[tokio::test]
async fn every_problem_is_said_at_once_and_the_key_never() {
    let problems = [
        (
            "PERSONA__API_URL",
            "http://api.example.com",
            "persona.api_url",
        ),
        (
            "PERSONA__FLOW_HOST",
            "https://inquiry.withpersona.com/x",
            "persona.flow_host",
        ),
        (
            "SERVER__PUBLIC_URL",
            "http://verify.example.com/path",
            "server.public_url",
        ),
        ("PORTAL__NAME", " ", "portal.name"),
        ("PORTAL__ACCENT", "blue", "portal.accent"),
        ("PORTAL__LOGO", "/no/logo.svg", "portal.logo"),
        ("DATABASE__URL", "mysql://x", "database.url"),
        ("LINKS__DAYS", "0", "links.days"),
        ("LIMITS__ACTS", "0", "limits.acts"),
    ];
    let program = problems
        .iter()
        .fold(Program::new(), |program, (name, value, _)| {
            program.set(name, value)
        });
    let ended = program.run(&["migrate"]).await;
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    for (_, _, key) in problems {
        assert!(
            ended.stderr.contains(&format!("  - {key}")),
            "{key}: {}",
            ended.stderr
        );
    }
    assert!(!ended.stderr.contains(API_KEY), "{}", ended.stderr);
}

/// The program with a provider in its settings.
fn with_oidc(program: Program) -> Program {
    program
        .set("OIDC__ISSUER", "https://login.example.com")
        .set("OIDC__CLIENT_ID", "leftoff")
        .set("OIDC__CLIENT_SECRET", "oidc-secret")
        .set("OIDC__NAME", "Example login")
}

#[tokio::test]
async fn a_provider_needs_issuer_client_secret_and_name() {
    let ended = with_oidc(Program::new()).run(&["migrate"]).await;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    for key in ["issuer", "client_id", "client_secret", "name"] {
        let name = format!("OIDC__{}", key.to_uppercase());
        let ended = with_oidc(Program::new()).unset(&name);
        let ended = ended.run(&["migrate"]).await;
        assert_eq!(ended.code, Some(1), "{key}");
        assert!(ended.stderr.contains(key), "{key}: {}", ended.stderr);
        if key != "issuer" {
            let ended = with_oidc(Program::new()).set(&name, " ");
            let ended = ended.run(&["migrate"]).await;
            let said = format!("oidc.{key} is empty");
            assert!(ended.stderr.contains(&said), "{}", ended.stderr);
            assert!(!ended.stderr.contains("oidc-secret"), "{}", ended.stderr);
        }
    }
}

#[tokio::test]
async fn a_provider_without_https_is_for_this_machine_only() {
    for (issuer, code) in [
        ("http://login.example.com", 1),
        ("https://user:pass@login.example.com", 1),
        ("https://login.example.com?tenant=1", 1),
        ("https://login.example.com/#x", 1),
        ("login.example.com", 1),
        ("https://login.example.com/tenant", 0),
        ("http://127.0.0.1:9000", 0),
    ] {
        let program = with_oidc(Program::new()).set("OIDC__ISSUER", issuer);
        let ended = program.run(&["migrate"]).await;
        assert_eq!(ended.code, Some(code), "{issuer}: {}", ended.stderr);
        assert!(
            code == 0 || ended.stderr.to_lowercase().contains("issuer"),
            "{issuer}"
        );
    }
    let program = with_oidc(Program::new()).set("OIDC__TIMEOUT_SECONDS", "0");
    let ended = program.run(&["migrate"]).await;
    assert!(
        ended.stderr.contains("oidc.timeout_seconds"),
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn a_site_without_https_is_for_this_machine_only() {
    for (url, code) in [
        ("http://verify.example.com", 1),
        ("http://192.0.2.1:4000", 1),
        ("http://localhost.example.com", 1),
        ("ftp://localhost", 1),
        ("http://127.0.0.1:4000", 0),
        ("http://[::1]:4000", 0),
        ("https://verify.example.com", 0),
    ] {
        let ended = Program::new()
            .set("SERVER__PUBLIC_URL", url)
            .run(&["migrate"])
            .await;
        assert_eq!(ended.code, Some(code), "{url}: {}", ended.stderr);
    }
}

#[tokio::test]
async fn a_setting_that_is_none_is_refused_by_name() {
    for (name, value) in [
        ("PORTAL__NAMEE", "x"),
        ("SERVER__PORT", "1"),
        ("PERSONA__TIMEOUT_SECONDS", "soon"),
        ("LOG__FORMAT", "xml"),
    ] {
        let ended = Program::new().set(name, value).run(&["migrate"]).await;
        assert_eq!(ended.code, Some(1), "{name}");
        let key = name.split_once("__").unwrap().1.to_lowercase();
        assert!(
            ended.stderr.to_lowercase().contains(&key),
            "{name}: {}",
            ended.stderr
        );
        assert!(!ended.stderr.contains(API_KEY));
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_said_by_name() {
    let program = Program::new().set("CONFIG", "/no/Leptos.toml");
    let ended = program.run(&["migrate"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("/no/Leptos.toml"), "{}", ended.stderr);
}
