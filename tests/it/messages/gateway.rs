//! Short messages by the gateway.

use std::time::Duration;

use leftoff::{
    model::message::{MessageChannel, MessageKind, MessageState},
    worker::Pace,
};
use secrecy::SecretString;
use simulator::Status;

use super::{finish, queue, reached, row, somebody, state, step};
use crate::support::{App, GATEWAY_SECRET, Gateway};

async fn with_gateway(gateway: &Gateway) -> App {
    let url = SecretString::from(gateway.url.clone());
    let app = App::start_with(|config| {
        config.sms.url = Some(url);
        config.sms.secret = Some(GATEWAY_SECRET.into());
    });
    let app = app.await;
    // The gateway's library compares with the machine's clock.
    let now = std::time::UNIX_EPOCH.elapsed().unwrap();
    let here = u64::try_from(app.state.clock.now_ms()).unwrap();
    app.advance(now.saturating_sub(Duration::from_millis(here)));
    app
}

#[tokio::test]
async fn a_short_message_goes_to_the_gateway_signed_and_is_known_by_its_id() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let inquiry = somebody(&app, Status::Expired).await;
    let kind = MessageKind::Reminder;
    let message = queue(&app, &inquiry, kind, MessageChannel::Sms, Some("es")).await;
    gateway.answer(&[503, 302]);
    finish(&app).await;
    assert_eq!(state(&app, &message.id).await, (MessageState::Sent, None));
    assert_eq!(row(&app, &message.id).await.tries, 3);
    let (id, body) = gateway.taken().remove(0);
    assert_eq!(id, format!("msg_{}", message.id));
    assert_eq!(body["id"], message.id);
    assert_eq!(body["kind"], "reminder");
    assert_eq!(body["to"], "+49309018200");
    assert_eq!(body["language"], "es");
    let text = body["text"].as_str().unwrap();
    assert!(text.starts_with("Example Bank: "), "{text}");
    let (_, token) = text.split_once("/r/").unwrap();
    assert!(app.browser().resume(token).await.session_token().is_some());
    let database = app.database().await;
    assert!(!database.contains("9018200") && !database.contains(token));
    assert!(!database.contains("of-the-gateway"));
    assert_eq!(
        app.ledger(&inquiry).await,
        ["link-created", "message-sent", "resumed"]
    );
}

#[tokio::test]
async fn a_number_that_the_gateway_refuses_is_not_tried_again() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let unknown = somebody(&app, Status::Expired).await;
    let without = reached(&app, Status::Expired, &[("phone-number", "030 9018200")]).await;
    gateway.answer(&[422]);
    for (inquiry, error, event) in [
        (unknown, "gateway-422", "message-bounced"),
        (without, "no-number", "message-given-up"),
    ] {
        let kind = MessageKind::Link;
        let message = queue(&app, &inquiry, kind, MessageChannel::Sms, None).await;
        assert_eq!(step(&app).await, Pace::Idle);
        let given_up = (MessageState::GivenUp, Some(error.to_owned()));
        assert_eq!(state(&app, &message.id).await, given_up);
        assert_eq!(app.ledger(&inquiry).await, ["link-created", event]);
    }
    assert!(gateway.taken().is_empty());
}
