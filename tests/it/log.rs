//! The log of requests: a contract, and nothing in it that a stranger could use.

use std::collections::BTreeSet;

use leftoff::secret::Secret;
use serde_json::Value;
use simulator::Status;

use crate::support::{API_KEY, App, Program, documented};

/// The lines about requests, in their order.
fn requests(log: &str) -> Vec<Value> {
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    let is_request = |line: &Value| line["message"] == "request";
    lines.filter(is_request).collect()
}

fn keys(line: &Value) -> BTreeSet<String> {
    line.as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn a_request_is_one_line_with_the_documented_fields_and_no_secret() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Pending);
    let token = app.lasting_link(&inquiry).await;
    let made_up = Secret::random().unwrap().expose().to_owned();
    let served = Program::beside(&app).serve().await;
    let mut visitor = served.visitor();

    let page = visitor.get(&format!("/r/{token}?name=Ada")).await.unwrap();
    let opened = visitor.resume(&token).await.unwrap();
    let session = opened.json::<Value>().await.unwrap()["session-token"].to_string();
    visitor.get(&format!("/r/{made_up}")).await.unwrap();
    visitor.get(&format!("/none/{made_up}")).await.unwrap();
    visitor.post("/ops/sign-in").send().await.unwrap();
    app.simulator.shutdown().await;
    let other = served.visitor().resume(&token).await.unwrap();
    assert_eq!(other.status(), 403);
    served.tell("TERM");
    let ended = served.ended().await;
    let lines = requests(&ended.stderr);

    let said: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = |field: &str| line[field].as_str().unwrap_or_default().to_owned();
            (
                text("level"),
                text("http.method"),
                text("http.route"),
                line["http.status"].as_u64().unwrap(),
            )
        })
        .collect();
    let line = |level: &str, method: &str, route: &str, status| {
        (
            level.to_owned(),
            method.to_owned(),
            route.to_owned(),
            status,
        )
    };
    assert_eq!(
        said,
        [
            line("INFO", "GET", "/r/{token}", 200),
            line("INFO", "POST", "/api/{act}", 200),
            line("WARN", "GET", "/r/{token}", 404),
            line("WARN", "GET", "unmatched", 404),
            line("WARN", "POST", "/ops/sign-in", 403),
            line("WARN", "POST", "/api/{act}", 403),
        ]
    );
    let optional = BTreeSet::from(["client.address".to_owned()]);
    for line in &lines {
        let documented = documented("## Log");
        assert_eq!(keys(line), &documented - &optional, "{line:#}");
        assert!(line["duration_ms"].is_u64(), "{line:#}");
        assert!(
            line["timestamp"].as_str().unwrap().ends_with('Z'),
            "{line:#}"
        );
    }
    let id = page.headers()["x-request-id"].to_str().unwrap();
    assert_eq!(lines[0]["request_id"], id);
    let session = session.trim_matches('"');
    for line in &lines {
        assert!(!line.to_string().contains("127.0.0.1"), "{line:#}");
    }
    for secret in [API_KEY, &token, &made_up, session, "Ada"] {
        assert!(
            !ended.stderr.contains(secret),
            "{secret} in {}",
            ended.stderr
        );
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_an_error_in_the_log() {
    let app = App::start().await;
    let token = app.lasting_link(&app.inquiry(Status::Expired)).await;
    let mut served = Program::beside(&app).serve().await;
    let mut visitor = served.visitor();
    app.simulator.shutdown().await;
    assert_eq!(visitor.resume(&token).await.unwrap().status(), 503);
    let line = served.line("message", "request").await;
    assert_eq!(
        (&line["level"], &line["http.status"]),
        (&"ERROR".into(), &503.into())
    );
}

#[tokio::test]
async fn as_much_of_an_address_is_logged_as_the_settings_say() {
    let app = App::start().await;
    for (policy, address) in [
        ("none", None),
        ("network", Some("127.0.0.0/24")),
        ("full", Some("127.0.0.1")),
    ] {
        let program = Program::beside(&app).set("LOG__CLIENT_ADDRESS", policy);
        let mut served = program.serve().await;
        served.visitor().get("/livez").await.unwrap();
        let line = served.line("message", "request").await;
        assert_eq!(line["client.address"].as_str(), address, "{line:#}");
        if address.is_some() {
            assert_eq!(keys(&line), documented("## Log"));
        }
    }
}
