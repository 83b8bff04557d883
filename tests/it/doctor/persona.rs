//! What is said of Persona: its key, its limits and its clock.

use jiff::Timestamp;
use leftoff::clock::Clock;
use simulator::{Fault, FaultKind};

use super::{Patient, READER, free_port, status};

#[tokio::test]
async fn a_key_that_persona_does_not_accept_fails_and_hides_nothing_else() {
    let healthy = Patient::new().await.examine().await;
    let patient = Patient::new().await;
    let patient = patient.set("PERSONA__API_KEY", "persona_production_of_somebody_else");
    let report = patient.examine().await;
    report.says("persona-key", "failed", "401", "LEFTOFF_PERSONA__API_KEY");
    report.says("persona-read", "note", "not checked", "run doctor again");
    let seen_less = ["persona", "persona-limit", "persona-version", "templates"];
    for check in healthy.checks() {
        let is_seen = report.checks().contains(check);
        let may_miss = seen_less.contains(&check)
            || check.starts_with("webhook-")
            || check == "template-drift";
        assert!(is_seen || may_miss, "{check}: {:#}", report.json);
    }
}

#[tokio::test]
async fn what_persona_answers_instead_is_told_apart() {
    for (kind, check, found, todo) in [
        (
            status(403),
            "persona-key",
            "403",
            "list of allowed addresses",
        ),
        (
            FaultKind::RateLimited { reset_seconds: 42 },
            "persona-limit",
            "for 42 s more",
            "higher limit",
        ),
        (status(400), "persona-version", "400", "newer Leftoff"),
        (status(500), "persona", "500", "status.withpersona.com"),
        (
            FaultKind::BrokenJson,
            "persona",
            "cannot be used",
            "/api/v1",
        ),
        (FaultKind::WrongContentType, "persona", "not JSON", "proxy"),
        (
            FaultKind::DropConnection,
            "persona",
            "broke",
            "persona.api_url",
        ),
        (FaultKind::Hang, "persona", "in time", "persona.api_url"),
        (status(404), "persona", "404", "/api/v1"),
    ] {
        let patient = Patient::new().await.inject(kind.clone());
        let report = patient.examine().await;
        report.says(check, "failed", found, todo);
        let others = report.states();
        assert_eq!(others["database"], "note", "{kind:?} hides nothing else");
        assert_eq!(others["portal-help"], "warning", "{kind:?}");
    }
}

#[tokio::test]
async fn a_persona_that_is_not_there_is_said_with_the_cause() {
    let patient = Patient::new().await;
    let closed = format!("http://127.0.0.1:{}/api/v1", free_port());
    let report = patient.set("PERSONA__API_URL", &closed).examine().await;
    report.says("persona", "failed", "no connection", "persona.api_url");
    report.says("persona", "failed", "refused", "persona.api_url");
}

#[tokio::test]
async fn a_key_without_a_permission_is_named_with_it() {
    let patient = Patient::new().await.set("PERSONA__API_KEY", READER);
    let report = patient.examine().await;
    report.says("persona-write", "failed", "is missing", "inquiry.write");
    report.says("persona-read", "ok", "can be read", "");

    let patient = Patient::new().await;
    let deny = |method: &str, path: &str| {
        let fault = Fault::new(status(403)).method(method).path(path);
        patient.persona.control().inject(fault);
    };
    deny("GET", "/api/v1/inquiries");
    deny("GET", "/api/v1/webhooks");
    deny("GET", "/api/v1/inquiry-templates");
    let report = patient.examine().await;
    report.says("persona-read", "failed", "is missing", "inquiry.read");
    report.says("webhook", "note", "may not read webhooks", "webhook.read");
    report.says(
        "allowed-domain",
        "failed",
        "is missing",
        "to read templates",
    );
    report.says("persona-write", "ok", "can be resumed", "");
}

#[tokio::test]
async fn a_limit_that_is_nearly_used_up_is_a_warning() {
    let patient = Patient::with(|options| options.rate_limit_per_minute = 1).await;
    let report = patient.examine().await;
    report.says(
        "persona-limit",
        "warning",
        "0 of 1 requests",
        "higher limit",
    );
}

#[tokio::test]
async fn a_sandbox_key_says_so_and_why_templates_are_not_seen() {
    let sandbox = "persona_sandbox_for_doctor";
    let patient = Patient::with(|options| options.api_key = sandbox.to_owned()).await;
    let patient = patient.set("PERSONA__API_KEY", sandbox);
    let report = patient.examine().await;
    report.says("persona-key", "ok", "sandbox, environment env_", "");
    report.says(
        "allowed-domain",
        "note",
        "production keys only",
        "localhost",
    );
    assert_eq!(report.code, 0, "{:#}", report.json);
    let public = patient.set("SERVER__PUBLIC_URL", "https://verify.invalid");
    let report = public.examine().await;
    report.says("persona-key", "warning", "sandbox", "production key");
    report.says("client-address", "warning", "https", "server.client_ip");
}

#[tokio::test]
async fn clocks_that_are_apart_are_a_warning_and_then_a_failure() {
    let start = |seconds: i64| {
        let now = Clock::system().now();
        Timestamp::from_second(now.as_second() + seconds).ok()
    };
    for (seconds, state, found) in [
        (90, "warning", "behind Persona's"),
        (-90, "warning", "ahead of Persona's"),
        (3600, "failed", "behind Persona's"),
    ] {
        let patient = Patient::with(|options| options.start_time = start(seconds)).await;
        let report = patient.examine().await;
        report.says("clock", state, found, "NTP");
    }
}

#[tokio::test]
async fn a_host_of_the_flow_that_is_not_there_is_a_warning() {
    let host = format!("localhost:{}", free_port());
    let patient = Patient::new().await.set("PERSONA__FLOW_HOST", &host);
    let report = patient.examine().await;
    report.says("flow-host", "warning", "does not answer", "subdomain");
}
