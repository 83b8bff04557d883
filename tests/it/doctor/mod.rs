//! `leftoff doctor`: run against each fault in turn, it says what it found, why it matters and what to do.

mod address;
mod database;
mod persona;
mod report;
mod sending;
mod templates;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
};

use axum::Router;
use leftoff::clock::Clock;
use serde_json::Value;
use simulator::{DEFAULT_TEMPLATE, Fault, FaultKind, Options, Simulator, WebhookTarget};
use tokio::net::TcpListener;

use crate::support::Program;

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

/// Somebody who listens in our place and answers so.
async fn stand_in(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    addr
}
