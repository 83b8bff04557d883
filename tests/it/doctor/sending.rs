//! What is said of the ways to send something.

use super::{Patient, free_port};
use crate::support::{GATEWAY_SECRET, Gateway, MailServer};

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
