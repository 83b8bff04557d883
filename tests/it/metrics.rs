//! Figures: counted as things happen, served on an address of their own, and listed in the documentation.

use std::collections::BTreeSet;

use serde_json::json;
use simulator::Status;

use crate::support::{API_KEY, App, Program, documented};

/// The names of all figures in an exposition.
fn names(exposition: &str) -> BTreeSet<String> {
    let types = exposition.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("# TYPE ")?.split_once(' ')?;
        Some(name.to_owned())
    });
    types.collect()
}

/// The value of a sample, by its whole name with labels.
fn sample<'a>(exposition: &'a str, name: &str) -> Option<&'a str> {
    let line = exposition.lines().find(|line| line.starts_with(name))?;
    line.strip_prefix(name)?.trim().split(' ').next()
}

#[tokio::test]
async fn what_happens_is_counted_and_every_figure_is_documented() {
    let app = App::start().await;
    let inquiry = app.inquiry(Status::Expired);
    let token = app.lasting_link(&inquiry).await;
    let program = Program::beside(&app).set("METRICS__ADDR", "127.0.0.1:0");
    let mut served = program.serve().await;
    let figures = served.address_of("figures are served").await;

    let mut visitor = served.visitor();
    assert_eq!(visitor.get("/none").await.unwrap().status(), 404);
    let opened = visitor.resume(&token).await.unwrap();
    assert_eq!(opened.status(), 200);
    app.persona.set_status(&inquiry, Status::Completed).unwrap();
    let link = json!({ "link": token });
    let reported = visitor.act("report_completion", link).await.unwrap();
    assert_eq!(reported.status(), 200);
    let mut stranger = served.visitor();
    let refused = stranger.resume(&token).await.unwrap();
    assert_eq!(refused.status(), 403);

    let url = format!("http://{figures}/metrics");
    let client = reqwest::Client::builder().build().unwrap();
    let answer = client.get(url).send().await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    let seen = answer.text().await.unwrap();
    for (name, value) in [
        (r#"leftoff_resumes_total{outcome="resumed"}"#, "1"),
        (r#"leftoff_resumes_total{outcome="other-device"}"#, "1"),
        (r#"leftoff_receipts_total{status="completed"}"#, "1"),
        (
            r#"leftoff_persona_request_seconds_count{operation="resume_inquiry",outcome="ok"}"#,
            "1",
        ),
        (
            r#"leftoff_http_request_seconds_count{method="POST",route="/api/{act}",status="200"}"#,
            "2",
        ),
        (
            r#"leftoff_http_request_seconds_count{method="GET",route="unmatched",status="404"}"#,
            "1",
        ),
        (r#"leftoff_queue_inquiries{need="undecided"}"#, "1"),
        (r#"leftoff_queue_inquiries{need="expired"}"#, "0"),
        ("leftoff_store_waiting_changes", "0"),
    ] {
        assert_eq!(sample(&seen, name), Some(value), "{name} in\n{seen}");
    }
    let workers = sample(&seen, "leftoff_workers_alive ").unwrap();
    assert!(workers.parse::<u32>().unwrap() >= 2, "{workers}");
    assert_eq!(names(&seen), documented("## Metrics"), "docs/operating.md");
    for secret in [API_KEY, &token, &inquiry] {
        assert!(!seen.contains(secret), "{secret} in\n{seen}");
    }
    let public = visitor.get("/metrics").await.unwrap();
    assert_eq!(public.status(), 404, "figures are not for the public");
}

#[tokio::test]
async fn without_an_address_nothing_is_served_and_two_servers_cannot_share_one() {
    let program = Program::new()
        .set("SERVER__ADDR", "127.0.0.1:4999")
        .set("METRICS__ADDR", "127.0.0.1:4999");
    let ended = program.run(&["migrate"]).await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("metrics.addr"), "{}", ended.stderr);
}
