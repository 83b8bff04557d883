//! Persona's webhooks: the header that signs them, and bodies that are signed and are no event.

use axum::http::HeaderValue;
use leftoff::worker::{Pace, Work as _};
use serde_json::Value;
use simulator::Status;

use super::{Target, near};
use crate::support::{App, Intake, WEBHOOK_SECRET, sign};

struct World {
    intake: Intake,
    events: Vec<Value>,
    now: i64,
    /// It keeps the simulated Persona and the database.
    _app: App,
}

async fn world() -> World {
    let app = App::start().await;
    for status in Status::ALL {
        let _ = app.inquiry(status);
    }
    World {
        intake: app.receiver(),
        events: app.told().await,
        now: app.state.clock.now().as_second(),
        _app: app,
    }
}

/// The code of a body at a time.
fn code(at: i64, body: &str) -> String {
    let signature = sign(WEBHOOK_SECRET, at, body.as_bytes());
    signature.split_once("v1=").unwrap().1.to_owned()
}

async fn header(world: &World, header: Vec<u8>) {
    let body = world.events[0].to_string();
    let Some(header) = HeaderValue::from_bytes(&header).ok() else {
        return;
    };
    let Ok(text) = header.to_str() else {
        return;
    };
    let answer = world.intake.post(Some(text), body.clone()).await;
    let status = answer.status.as_u16();
    assert!(
        [200, 401, 429].contains(&status),
        "{status}: {}",
        answer.body
    );
    if status == 200 {
        // Digits in capitals are the same code.
        let text = text.to_ascii_lowercase();
        let times = world.now - 300..=world.now + 300;
        let is_signed = text.contains(&code(world.now, &body))
            || times.into_iter().any(|at| text.contains(&code(at, &body)));
        assert!(is_signed, "believed without a signature: {text}");
    }
}

#[test]
fn no_webhook_header_is_believed_that_does_not_hold_the_right_code() {
    let target = Target::new("webhook header", world);
    let (now, body) = (target.world.now, target.world.events[0].to_string());
    let good = sign(WEBHOOK_SECRET, now, body.as_bytes());
    let other = sign("wbhsec_of_somebody_else", now, body.as_bytes());
    let old = sign(WEBHOOK_SECRET, now - 900, body.as_bytes());
    let two = format!("{other} {good}");
    target.run(
        &near::text(&[&good, &other, &old, &two]),
        &async |world, text| {
            header(world, text.into_bytes()).await;
        },
    );
}

async fn signed(world: &World, body: Vec<u8>) {
    let signature = sign(WEBHOOK_SECRET, world.now, &body);
    let answer = world.intake.post(Some(&signature), body).await;
    let status = answer.status.as_u16();
    assert!(
        [200, 400, 413, 429].contains(&status),
        "{status}: {}",
        answer.body
    );
    // What was kept can be applied, asked for later, or is parked: it is in nobody's way.
    while world.intake.state.webhooks.step().await.unwrap() == Pace::Now {}
}

#[test]
fn no_webhook_body_that_is_signed_breaks_what_comes_after_it() {
    let target = Target::new("webhook body", world);
    let good = target
        .world
        .events
        .iter()
        .map(|event| event.to_string().into_bytes());
    target.run(&near::bytes(good.collect()), &signed);
}
