//! The report as a whole: a healthy Leftoff, settings, and the words for people.

use std::fs;

use axum::Router;

use super::{Patient, free_port, stand_in};
use crate::support::MailServer;

#[tokio::test]
async fn a_healthy_leftoff_has_no_failure_and_no_warning_of_its_own() {
    let patient = Patient::new().await;
    let mail = MailServer::start().await;
    let patient = patient
        .set("MAIL__SMTP_URL", &mail.url)
        .set("PORTAL__NAME", "Test Bank")
        .set("PORTAL__HELP_URL", "https://bank.test/help")
        .set("PORTAL__HELP_EMAIL", "help@bank.test")
        .set("PORTAL__PRIVACY_URL", "https://bank.test/privacy");
    let _served = patient.program.serve().await;
    let report = patient.examine().await;
    assert_eq!(report.code, 0, "{:#}", report.json);
    let states = report.states();
    for check in [
        "settings",
        "client-address",
        "site-files",
        "persona-key",
        "persona",
        "persona-limit",
        "persona-version",
        "clock",
        "persona-read",
        "persona-write",
        "webhook-secret",
        "webhook",
        "allowed-domain",
        "templates",
        "template-drift",
        "flow-host",
        "headers",
        "database",
        "oidc",
        "portal-help",
        "portal-privacy",
    ] {
        assert_eq!(states.get(check), Some(&"ok"), "{check}: {:#}", report.json);
    }
    // Plain http on one machine is for trying, and that is said.
    for check in ["public-url", "mail", "portal-face", "webhook-privacy"] {
        assert_eq!(
            states.get(check),
            Some(&"note"),
            "{check}: {:#}",
            report.json
        );
    }
    assert!(mail.mails().is_empty(), "nothing is sent");
    let inquiries = patient.persona.control().inquiries();
    assert!(inquiries.is_empty(), "nothing is made at Persona");
}

#[tokio::test]
async fn a_provider_of_the_staff_that_is_not_there_fails() {
    let issuer = format!("http://127.0.0.1:{}", free_port());
    let patient = Patient::new().await;
    let patient = patient
        .set("OIDC__ISSUER", &issuer)
        .set("OIDC__CLIENT_ID", "leftoff")
        .set("OIDC__CLIENT_SECRET", "pass-word")
        .set("OIDC__NAME", "Test login");
    let report = patient.examine().await;
    report.says("oidc", "failed", "cannot be reached", "provider runs");

    let addr = stand_in(Router::new().fallback(async || "no discovery here")).await;
    let report = patient
        .set("OIDC__ISSUER", &format!("http://{addr}"))
        .examine()
        .await;
    report.says(
        "oidc",
        "failed",
        "discovery document",
        "with or without the slash",
    );
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_findings_and_the_rest_is_looked_at() {
    let patient = Patient::new().await;
    let patient = patient
        .set("PORTAL__ACCENT", "blue")
        .set("LINKS__DAYS", "0")
        .set("SERVER__SECRET", "short");
    let report = patient.examine().await;
    for key in ["portal.accent", "links.days", "server.secret"] {
        report.says("settings", "failed", key, "LEFTOFF_SECTION__KEY");
    }
    report.says("persona-key", "ok", "production", "");

    let patient = patient
        .set("SERVER__PORT", "1")
        .set("LIMITS__PAGES", "many");
    let report = patient.examine().await;
    report.says("settings", "failed", "server.port: unknown", "Leptos.toml");
    report.says("settings", "failed", "limits.pages: invalid", "Leptos.toml");
    report.says("persona-key", "ok", "production", "");
    report.says("public-url", "note", "[server]", "run doctor again");

    let report = patient.set("CONFIG", "/no/Leptos.toml").examine().await;
    report.says("settings", "failed", "/no/Leptos.toml", "Leptos.toml");
}

#[tokio::test]
async fn a_site_that_was_not_built_fails() {
    let patient = Patient::new().await;
    fs::remove_dir_all(patient.program.folder().join("site")).unwrap();
    let report = patient.examine().await;
    report.says("site-files", "failed", "cannot be read", "xtask build");
}

#[tokio::test]
async fn people_read_what_was_found_why_it_matters_and_what_to_do() {
    let patient = Patient::new().await;
    let patient = patient.set("PERSONA__API_KEY", "persona_production_of_somebody_else");
    let ended = patient.program.run(&["doctor"]).await;
    assert_eq!(ended.code, Some(1));
    let lines: Vec<_> = ended.stdout.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("failed   API key: "));
    let at = at.expect(&ended.stdout);
    assert!(
        lines[at + 1].trim().starts_with("why Without a key"),
        "{}",
        ended.stdout
    );
    assert!(
        lines[at + 2].trim().starts_with("do  Make a key"),
        "{}",
        ended.stdout
    );
    assert!(
        lines.contains(&"ok       Settings: can be used"),
        "{}",
        ended.stdout
    );
    assert!(
        !ended.stdout.contains('\u{1b}'),
        "colours are for terminals"
    );
    assert!(ended.stderr.contains("1 checks failed"), "{}", ended.stderr);
}
