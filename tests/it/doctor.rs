//! `leftoff doctor`: run against each fault in turn, it says what it found, why it matters and what to do.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::SocketAddr,
    time::Duration,
};

use axum::{Router, routing::get};
use jiff::Timestamp;
use leftoff::clock::Clock;
use serde_json::{Value, json};
use simulator::{
    DEFAULT_TEMPLATE, Fault, FaultKind, Options, Seed, Simulator, Status, WebhookTarget,
};
use tokio::net::TcpListener;

use crate::support::{GATEWAY_SECRET, Gateway, MailServer, Program};

const KEY: &str = "persona_production_for_doctor";
const READER: &str = "persona_production_that_reads";
const WEBHOOK_SECRET: &str = "wbhsec_for_doctor";

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// A Persona, and a program whose settings lead to it.
struct Patient {
    persona: Simulator,
    program: Program,
    site: String,
}

impl Patient {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with another Persona.
    async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let port = free_port();
        let site = format!("http://localhost:{port}");
        let mut options = Options {
            api_key: KEY.to_owned(),
            read_only_api_key: Some(READER.to_owned()),
            start_time: Some(Clock::system().now()),
            webhook: Some(WebhookTarget {
                url: format!("{site}/webhooks/persona").parse().unwrap(),
                secret: WEBHOOK_SECRET.to_owned(),
            }),
            ..Options::default()
        };
        change(&mut options);
        let persona = Simulator::start(options).await.unwrap();
        persona.control().hold_webhooks();
        persona
            .control()
            .allow_domains(DEFAULT_TEMPLATE, &["localhost"]);
        let program = Program::new()
            .unset("PERSONA__API_KEY")
            .set("PERSONA__API_KEY", KEY)
            .set("PERSONA__API_URL", persona.api_url().as_str())
            .set("PERSONA__FLOW_HOST", &persona.flow_host())
            .set("PERSONA__TIMEOUT_SECONDS", "2")
            .set("PERSONA__WEBHOOK_SECRETS", WEBHOOK_SECRET)
            .set("SERVER__ADDR", &format!("127.0.0.1:{port}"))
            .set("SERVER__PUBLIC_URL", &site)
            .set("LOG__FILTER", "info")
            .served();
        Self {
            persona,
            program,
            site,
        }
    }

    /// The same with another variable.
    fn set(mut self, name: &str, value: &str) -> Self {
        self.program = self.program.unset(name).set(name, value);
        self
    }

    fn inject(self, kind: FaultKind) -> Self {
        self.persona.control().inject(Fault::new(kind));
        self
    }

    async fn examine(&self) -> Report {
        self.examine_with(&[]).await
    }

    async fn examine_with(&self, more: &[&str]) -> Report {
        let arguments = [&["doctor", "--json"], more].concat();
        let ended = self.program.run(&arguments).await;
        let whole = format!("{}{}", ended.stdout, ended.stderr);
        for secret in [KEY, READER, WEBHOOK_SECRET, "pass-word"] {
            assert!(!whole.contains(secret), "{secret} in {whole}");
        }
        Report {
            code: ended.code.unwrap(),
            json: serde_json::from_str(&ended.stdout).expect(&whole),
        }
    }
}

/// What doctor said.
#[derive(Debug)]
struct Report {
    code: i32,
    json: Value,
}

impl Report {
    fn findings(&self, check: &str) -> Vec<&Value> {
        let all = self.json["findings"].as_array().unwrap();
        all.iter().filter(|found| found["check"] == check).collect()
    }

    /// The finding of a check in this state, which must say this and what to do about it.
    #[track_caller]
    fn says(&self, check: &str, state: &str, found: &str, todo: &str) {
        let mut findings = self.findings(check).into_iter();
        let text = |finding: &Value, field: &str| finding[field].as_str().unwrap_or("").to_owned();
        let fits = findings.any(|finding| {
            assert!(!text(finding, "why").is_empty());
            text(finding, "state") == state
                && text(finding, "found").contains(found)
                && text(finding, "todo").contains(todo)
        });
        assert!(fits, "{check} {state} {found:?} {todo:?}: {:#}", self.json);
        let is_failure = self.json["state"] == "failed";
        assert_eq!(self.code, i32::from(is_failure), "{:#}", self.json);
        assert!(state != "failed" || is_failure, "{:#}", self.json);
    }

    fn checks(&self) -> BTreeSet<&str> {
        let all = self.json["findings"].as_array().unwrap();
        all.iter()
            .map(|found| found["check"].as_str().unwrap())
            .collect()
    }

    fn states(&self) -> BTreeMap<&str, &str> {
        let all = self.json["findings"].as_array().unwrap();
        all.iter()
            .map(|found| {
                (
                    found["check"].as_str().unwrap(),
                    found["state"].as_str().unwrap(),
                )
            })
            .collect()
    }
}

fn status(code: u16) -> FaultKind {
    FaultKind::Status {
        code,
        headers: BTreeMap::new(),
        html: false,
    }
}

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
async fn a_database_that_is_damaged_locked_or_too_new_fails() {
    let patient = Patient::new().await;
    let file = patient.program.folder().join("leftoff.db");
    let report = patient.examine().await;
    report.says("database", "note", "not there yet", "database.url");
    assert!(!file.exists(), "doctor makes nothing");

    fs::write(
        &file,
        "this is no database, whatever its name says".repeat(100),
    )
    .unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be opened", "leftoff restore");
    fs::remove_file(&file).unwrap();

    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.execute_batch("begin immediate").unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be written", "locked");
    connection.execute_batch("rollback").unwrap();
    patient
        .examine()
        .await
        .says("database", "ok", "is whole", "");

    let later = "insert into refinery_schema_history (version, name, applied_on, checksum)
        values (9999, 'later', '2030-01-01T00:00:00Z', '0')";
    connection.execute(later, []).unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "has the schema 9999", "a newer one");
    connection
        .execute("delete from refinery_schema_history where version > 1", [])
        .unwrap();
    let report = patient.examine().await;
    report.says("database", "note", "has the schema 1 of", "leftoff migrate");
}

#[tokio::test]
async fn a_database_with_a_torn_page_is_called_damaged() {
    let patient = Patient::new().await;
    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let file = patient.program.folder().join("leftoff.db");
    let mut bytes = fs::read(&file).unwrap();
    let page = 4096;
    bytes[3 * page..6 * page].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    let report = patient.examine().await;
    report.says("database", "failed", "damaged", "leftoff restore");
}

#[tokio::test]
async fn a_mail_server_is_tried_without_sending() {
    let silent = format!("smtp://127.0.0.1:{}", free_port());
    let open = MailServer::start().await;
    let closed = MailServer::that_lets_nobody_in().await;
    let wants_tls = format!("{}?tls=required", open.url);
    let speaks_tls = open.url.replace("smtp://", "smtps://");
    for (url, state, found, todo) in [
        (silent.as_str(), "failed", "no connection", "firewall"),
        (&closed.url, "failed", "code 535", "user and password"),
        (&wants_tls, "failed", "no TLS", "smtps://"),
        (&speaks_tls, "failed", "TLS connection fails", "port 587"),
        (&open.url, "note", "without TLS", "this very machine"),
    ] {
        let patient = Patient::new().await.set("MAIL__SMTP_URL", url);
        let report = patient.examine().await;
        report.says("mail", state, found, todo);
    }
    let report = Patient::new().await.examine().await;
    report.says("mail", "note", "not set up", "LEFTOFF_MAIL__SMTP_URL");
}

#[tokio::test]
async fn a_gateway_of_short_messages_is_tried_without_sending() {
    let gateway = Gateway::start().await;
    let with = async |url: &str, secret: &str| {
        let patient = Patient::new().await;
        let patient = patient.set("SMS__URL", url).set("SMS__SECRET", secret);
        let report = patient.examine().await;
        let whole = report.json.to_string();
        assert!(!whole.contains("of-the-gateway"), "{whole}");
        report
    };
    let report = with(&gateway.url, GATEWAY_SECRET).await;
    report.says("sms", "ok", "takes what we sign", "");
    let other = "whsec_YW5vdGhlciBzZWNyZXQgb2Ygbm9ib2R5IGVsc2UhIQ==";
    let report = with(&gateway.url, other).await;
    report.says(
        "sms",
        "failed",
        "refuses the signature",
        "LEFTOFF_SMS__SECRET",
    );
    for (answer, state, found, todo) in [
        (404, "failed", "not at this address", "LEFTOFF_SMS__URL"),
        (302, "failed", "not at this address", "not followed"),
        (503, "failed", "fails with 503", "own log"),
        (422, "note", "answers a test with 422", "204"),
    ] {
        gateway.answer(&[answer]);
        let report = with(&gateway.url, GATEWAY_SECRET).await;
        report.says("sms", state, found, todo);
    }
    let nowhere = format!("http://127.0.0.1:{}/sms?key=of-the-gateway", free_port());
    let report = with(&nowhere, GATEWAY_SECRET).await;
    report.says("sms", "failed", "no connection", "firewall");
    let no_tls = gateway.url.replace("http://", "https://");
    let report = with(&no_tls, GATEWAY_SECRET).await;
    report.says("sms", "failed", "TLS connection fails", "LEFTOFF_SMS__URL");
    assert!(gateway.taken().is_empty(), "nothing is sent");
    let report = Patient::new().await.examine().await;
    report.says("sms", "note", "not set up", "LEFTOFF_SMS__URL");
}

#[tokio::test]
async fn a_database_that_can_only_be_read_fails() {
    let mut patient = Patient::new().await;
    assert_eq!(patient.program.run(&["migrate"]).await.code, Some(0));
    let folder = patient.program.folder().to_owned();
    patient.program = patient.program.read_only(&folder);
    let report = patient.examine().await;
    report.says("database", "failed", "cannot be written", "write the file");
}

#[tokio::test]
async fn a_template_that_does_not_allow_our_host_fails_by_name() {
    let patient = Patient::new().await;
    let control = patient.persona.control();
    control.name_template(DEFAULT_TEMPLATE, "Know your customer");
    control.allow_domains(DEFAULT_TEMPLATE, &["verify.example.com"]);
    let report = patient.examine().await;
    report.says(
        "allowed-domain",
        "failed",
        "Know your customer",
        "Add localhost",
    );
    control.allow_domains(DEFAULT_TEMPLATE, &[]);
    let report = patient.examine().await;
    report.says(
        "allowed-domain",
        "note",
        "no domains of its own",
        "domain manager",
    );
}

#[tokio::test]
async fn templates_that_moved_on_or_went_out_of_use_are_said() {
    let patient = Patient::new().await;
    let control = patient.persona.control();
    let seed = Seed {
        status: Status::Expired,
        ..Seed::default()
    };
    let _ = control.create_inquiry(&seed);
    let imported = patient.program.run(&["import"]).await;
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    patient
        .examine()
        .await
        .says("templates", "ok", "in use", "");

    control.set_template_active(DEFAULT_TEMPLATE, false);
    let report = patient.examine().await;
    report.says("templates", "warning", "out of use", "into use again");
    control.set_template_active(DEFAULT_TEMPLATE, true);

    let _ = control.publish_new_template_version(DEFAULT_TEMPLATE);
    let report = patient.examine().await;
    report.says("template-drift", "note", "newer version", "leftoff import");
    let imported = patient.program.run(&["import"]).await;
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    let report = patient.examine().await;
    report.says(
        "template-drift",
        "note",
        "1 inquiries",
        "outdated templates",
    );
}

/// Asks Persona's API for something as its dashboard would.
async fn at_persona(patient: &Patient, path: &str, body: Value) -> Value {
    let url = format!("{}/{path}", patient.persona.api_url());
    let client = reqwest::Client::builder().build().unwrap();
    let request = if body.is_null() {
        client.get(url)
    } else {
        client.post(url).json(&body)
    };
    let answer = request.bearer_auth(KEY).send().await.unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
    answer.json().await.unwrap()
}

#[tokio::test]
async fn a_webhook_that_does_not_reach_us_is_said() {
    let patient = Patient::new().await;
    let listed = at_persona(&patient, "webhooks", Value::Null).await;
    let id = listed["data"][0]["id"].as_str().unwrap().to_owned();
    let report = patient.examine().await;
    report.says("webhook", "ok", &id, "");
    report.says(
        "webhook-privacy",
        "note",
        "sent along",
        "/data/attributes/fields/*",
    );

    at_persona(&patient, &format!("webhooks/{id}/disable"), json!({})).await;
    let report = patient.examine().await;
    report.says("webhook", "failed", "disabled", "Enable it");

    at_persona(&patient, &format!("webhooks/{id}/archive"), json!({})).await;
    let report = patient.examine().await;
    report.says(
        "webhook",
        "warning",
        "none of Persona's 1",
        "/webhooks/persona",
    );

    let attributes = json!({ "name": "ours", "enabled-events": ["inquiry.completed"],
        "url": format!("{}/webhooks/persona", patient.site) });
    let new = json!({ "data": { "attributes": attributes } });
    let made = at_persona(&patient, "webhooks", new).await;
    let id = made["data"]["id"].as_str().unwrap();
    at_persona(&patient, &format!("webhooks/{id}/enable"), json!({})).await;
    let report = patient.examine().await;
    report.says(
        "webhook",
        "warning",
        "inquiry.expired",
        "Enable these events",
    );

    let report = patient.set("PERSONA__WEBHOOK_SECRETS", "").examine().await;
    report.says(
        "webhook-secret",
        "warning",
        "no webhook is taken",
        "WEBHOOK_SECRETS",
    );
}

/// Somebody who listens in our place and answers so.
async fn stand_in(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    addr
}

#[tokio::test]
async fn an_address_at_which_somebody_else_or_nobody_answers_is_said() {
    let patient = Patient::new().await;
    let report = patient.examine().await;
    report.says("public-url", "warning", "does not run", "leftoff serve");
    assert_eq!(report.code, 0, "it may be started later: {:#}", report.json);

    let addr = stand_in(Router::new().route("/livez", get(async || "welcome to the parking page")));
    let addr = addr.await.to_string();
    let patient = patient
        .set("SERVER__ADDR", &addr)
        .set("SERVER__PUBLIC_URL", &format!("http://{addr}"));
    let report = patient.examine().await;
    report.says("public-url", "failed", "somebody else", "server.addr");

    let patient = patient.set("SERVER__PUBLIC_URL", &format!("https://{addr}"));
    let report = patient.examine().await;
    report.says(
        "public-url",
        "failed",
        "TLS connection fails",
        "certificate",
    );

    let closed = format!("http://127.0.0.1:{}", free_port());
    let report = patient.set("SERVER__PUBLIC_URL", &closed).examine().await;
    report.says(
        "public-url",
        "failed",
        "although the server runs",
        "firewall",
    );
}

#[tokio::test]
async fn a_proxy_that_takes_our_headers_away_is_said() {
    let bare = Router::new().route("/livez", get(async || "ok")).route(
        "/",
        get(async || ([("x-frame-options", "SAMEORIGIN")], "page")),
    );
    let addr = stand_in(bare).await.to_string();
    let patient = Patient::new().await;
    let patient = patient
        .set("SERVER__ADDR", &addr)
        .set("SERVER__PUBLIC_URL", &format!("http://{addr}"));
    let report = patient.examine().await;
    for header in [
        "content-security-policy",
        "permissions-policy",
        "x-frame-options",
    ] {
        report.says("headers", "failed", header, "out of the proxy");
    }
}

#[tokio::test]
async fn a_host_of_the_flow_that_is_not_there_is_a_warning() {
    let host = format!("localhost:{}", free_port());
    let patient = Patient::new().await.set("PERSONA__FLOW_HOST", &host);
    let report = patient.examine().await;
    report.says("flow-host", "warning", "does not answer", "subdomain");
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
async fn a_backup_that_is_named_must_be_there_and_young() {
    let patient = Patient::new().await;
    let file = patient.program.folder().join("backup.db");
    let name = file.to_str().unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "failed", "there is no file", "leftoff backup");
    fs::write(&file, "").unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "ok", "0 h old", "");
    let written = fs::File::options().write(true).open(&file).unwrap();
    let now = fs::metadata(&file).unwrap().modified().unwrap();
    written
        .set_modified(now - Duration::from_hours(72))
        .unwrap();
    let report = patient.examine_with(&["--backup", name]).await;
    report.says("backup", "warning", "72 h old", "leftoff backup");
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
