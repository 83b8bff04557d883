//! What is said of the ways in: webhooks, the public address, a proxy.

use axum::{Router, routing::get};
use serde_json::{Value, json};

use super::{KEY, Patient, free_port, stand_in};

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
