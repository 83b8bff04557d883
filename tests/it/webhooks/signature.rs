//! The signature: which webhooks are believed.

use axum::http::StatusCode;
use simulator::Status;

use super::{kept, last};
use crate::support::{App, WEBHOOK_SECRET, sign};

#[tokio::test]
async fn a_missing_or_empty_signature_fails_closed() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let now = app.state.clock.now().as_second();
    let body = event.to_string();
    let good = sign(WEBHOOK_SECRET, now, body.as_bytes());
    let code = good.split_once("v1=").unwrap().1.to_owned();
    let forged = [
        None,
        Some(String::new()),
        Some("v1=".to_owned()),
        Some(format!("t={now}")),
        Some(format!("t={now},v1=")),
        Some(format!("t={now},v1={}", "0".repeat(64))),
        Some(format!("t={now},v0={code}")),
        Some(format!("sha256={code}")),
        Some(code.clone()),
        Some(format!("t={now},v1={}", &code[..62])),
        Some(sign("", now, body.as_bytes())),
        Some(sign("wbhsec_of_somebody_else", now, body.as_bytes())),
        Some(format!("t={},v1={code}", now + 1)),
    ];
    for signature in forged {
        let answer = receiver.post(signature.as_deref(), body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{signature:?}");
        assert!(!answer.body.contains("inq_"), "{}", answer.body);
    }
    assert_eq!(kept(&receiver, &event).await, None);
    assert_eq!(receiver.state.webhooks.counts().refused, 13);
    assert_eq!(
        receiver.post(Some(&good), body).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_signature_is_over_the_raw_bytes_and_not_over_what_they_mean() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let now = app.state.clock.now().as_second();
    let pretty = serde_json::to_string_pretty(&event).unwrap();
    let signature = sign(WEBHOOK_SECRET, now, pretty.as_bytes());
    let answer = receiver.post(Some(&signature), event.to_string()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let without_time = sign(WEBHOOK_SECRET, now, b"").replace("t=", "x=");
    let answer = receiver.post(Some(&without_time), pretty.clone()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        receiver.post(Some(&signature), pretty).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_old_signature_is_a_replay_and_one_of_the_future_a_wrong_clock() {
    let app = App::start().await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let body = last(&app, &inquiry).await.to_string();
    let now = app.state.clock.now().as_second();
    for (seconds, status) in [(-301, 401), (301, 401), (-299, 200), (299, 200)] {
        let signature = sign(WEBHOOK_SECRET, now + seconds, body.as_bytes());
        let answer = receiver.post(Some(&signature), body.clone()).await;
        assert_eq!(answer.status, status, "{seconds} s");
    }
}

#[tokio::test]
async fn during_a_rotation_either_secret_is_believed_and_afterwards_only_the_new() {
    let app = App::start_with(|config| {
        config.persona.webhook_secrets = vec!["wbhsec_old".into(), "wbhsec_new".into()];
    })
    .await;
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    let body = event.to_string();
    let now = app.state.clock.now().as_second();
    let (old, new) = (
        sign("wbhsec_old", now, body.as_bytes()),
        sign("wbhsec_new", now, body.as_bytes()),
    );
    let other = sign("wbhsec_other", now, body.as_bytes());
    let receiver = app.receiver();
    for header in [
        &old,
        &new,
        &format!("{new} {old}"),
        &format!("{other} {old}"),
    ] {
        assert_eq!(
            receiver.post(Some(header), body.clone()).await.status,
            200,
            "{header}"
        );
    }
    let several = format!("{other},{}", new.split_once(',').unwrap().1);
    assert_eq!(
        receiver.post(Some(&several), body.clone()).await.status,
        200
    );
    let app = app
        .restart_with(|config| config.persona.webhook_secrets = vec!["wbhsec_new".into()])
        .await;
    let receiver = app.receiver();
    assert_eq!(receiver.post(Some(&old), body.clone()).await.status, 401);
    assert_eq!(
        receiver
            .post(Some(&format!("{new} {old}")), body)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn without_a_secret_nothing_is_taken() {
    let app = App::start_with(|config| config.persona.webhook_secrets.clear()).await;
    let receiver = app.receiver();
    let inquiry = app.inquiry(Status::Completed);
    let event = last(&app, &inquiry).await;
    for secret in ["", WEBHOOK_SECRET] {
        let answer = receiver.tell_signed(secret, &event).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    assert_eq!(kept(&receiver, &event).await, None);
}
