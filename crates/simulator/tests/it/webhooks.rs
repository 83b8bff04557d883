//! Webhooks out, received by a small server of the test.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::{Router, routing::post};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use simulator::{Options, Status, WebhookFaults, WebhookTarget};
use url::Url;

use crate::persona::Persona;

const SECRET: &str = "wbhsec_tests";

/// What came in, and the statuses that the next ones are answered with.
#[derive(Default)]
struct Inbox {
    received: Vec<(HeaderMap, Bytes)>,
    answers: Vec<StatusCode>,
}

type SharedInbox = Arc<Mutex<Inbox>>;

async fn receive(State(inbox): State<SharedInbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut inbox = inbox.lock().unwrap();
    inbox.received.push((headers, body));
    inbox.answers.pop().unwrap_or(StatusCode::OK)
}

async fn start() -> (Persona, SharedInbox) {
    start_with(|_| {}).await
}

async fn start_with(change: impl FnOnce(&mut Options)) -> (Persona, SharedInbox) {
    let inbox = SharedInbox::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/hook", listener.local_addr().unwrap())).unwrap();
    let app = Router::new()
        .route("/hook", post(receive))
        .with_state(Arc::clone(&inbox));
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let webhook = Some(WebhookTarget {
        url,
        secret: SECRET.into(),
    });
    let mut options = Options {
        webhook,
        ..Options::default()
    };
    change(&mut options);
    (Persona::start_with(options).await, inbox)
}

fn names(inbox: &SharedInbox) -> Vec<String> {
    let body = |body: &Bytes| serde_json::from_slice::<Value>(body).unwrap();
    let inbox = inbox.lock().unwrap();
    inbox
        .received
        .iter()
        .map(|(_, bytes)| {
            body(bytes)["data"]["attributes"]["name"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

fn header(headers: &HeaderMap, name: &str) -> String {
    headers[name].to_str().unwrap().to_owned()
}

/// Whether one set of a signature header was made with this secret.
fn is_signed(set: &str, body: &[u8], secret: &str) -> bool {
    let (time, code) = set.split_once(",v1=").unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(time.strip_prefix("t=").unwrap().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.verify_slice(&hex::decode(code).unwrap()).is_ok()
}

#[tokio::test]
async fn every_turn_is_posted_signed_and_counted() {
    let (persona, inbox) = start().await;
    let inquiry = persona.seed(Status::Created);
    persona
        .control
        .set_status(&inquiry, Status::Pending)
        .unwrap();
    persona.hours(25);
    persona.control.webhooks_idle().await;
    assert_eq!(
        names(&inbox),
        ["inquiry.created", "inquiry.started", "inquiry.expired"]
    );
    let (headers, body) = inbox.lock().unwrap().received[2].clone();
    assert!(is_signed(
        &header(&headers, "Persona-Signature"),
        &body,
        SECRET
    ));
    assert_eq!(header(&headers, "Persona-Webhook-Attempts-Made"), "1");
    assert_eq!(header(&headers, "Persona-Webhook-Attempts-Left"), "7");
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["data"]["attributes"]["payload"]["data"]["id"], inquiry);
    assert_eq!(
        body["data"]["attributes"]["payload"]["data"]["attributes"]["status"],
        "expired"
    );
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_when_its_time_has_come() {
    let (persona, inbox) = start().await;
    inbox.lock().unwrap().answers = vec![
        StatusCode::OK,
        StatusCode::FOUND,
        StatusCode::INTERNAL_SERVER_ERROR,
    ];
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    persona.control.advance(Duration::from_secs(2));
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox).len(), 1, "three seconds are not over");
    persona.control.advance(Duration::from_secs(1));
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox).len(), 2);
    persona.control.advance(Duration::from_secs(64));
    persona.control.webhooks_idle().await;
    let (headers, _) = inbox.lock().unwrap().received[2].clone();
    assert_eq!(header(&headers, "Persona-Webhook-Attempts-Made"), "3");
    let delivery = &persona.control.deliveries()[0];
    assert!(delivery.delivered && delivery.attempts == 3 && delivery.due_at.is_none());
}

#[tokio::test]
async fn what_never_arrives_is_given_up_after_eight_tries() {
    let (persona, inbox) = start().await;
    inbox.lock().unwrap().answers = vec![StatusCode::INTERNAL_SERVER_ERROR; 100];
    let _ = persona.control.create_inquiry(&simulator::Seed {
        expires_in: Some(Duration::from_hours(9_000)),
        ..simulator::Seed::default()
    });
    for _ in 0..12 {
        persona.control.webhooks_idle().await;
        persona.hours(48);
    }
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox).len(), 8);
}

#[tokio::test]
async fn during_a_rotation_both_secrets_sign() {
    let (persona, inbox) = start().await;
    let id = persona
        .get("webhooks")
        .await
        .at("/data/0/id")
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({ "meta": { "expires-in-seconds": 3_600 } });
    let rotated = persona
        .post(&format!("webhooks/{id}/rotate-secret"), body)
        .await;
    let new = rotated
        .at("/data/attributes/secret")
        .as_str()
        .unwrap()
        .to_owned();
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    persona.hours(2);
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    let received = inbox.lock().unwrap().received.clone();
    let sets: Vec<_> = header(&received[0].0, "Persona-Signature")
        .split(' ')
        .map(str::to_owned)
        .collect();
    assert!(
        is_signed(&sets[0], &received[0].1, &new) && is_signed(&sets[1], &received[0].1, SECRET)
    );
    let after = header(&received[1].0, "Persona-Signature");
    assert!(
        is_signed(&after, &received[1].1, &new),
        "the old secret is gone"
    );
}

#[tokio::test]
async fn webhooks_can_be_held_doubled_turned_around_and_badly_signed() {
    let (persona, inbox) = start().await;
    persona.control.hold_webhooks();
    persona.control.set_webhook_faults(WebhookFaults {
        duplicate: true,
        reorder: true,
        bad_signature: true,
        ..WebhookFaults::default()
    });
    let inquiry = persona.seed(Status::Created);
    persona
        .control
        .set_status(&inquiry, Status::Pending)
        .unwrap();
    persona.control.webhooks_idle().await;
    assert!(names(&inbox).is_empty());
    persona.control.send_webhooks();
    persona.control.webhooks_idle().await;
    assert_eq!(
        names(&inbox),
        [
            "inquiry.started",
            "inquiry.started",
            "inquiry.created",
            "inquiry.created"
        ]
    );
    let (headers, body) = inbox.lock().unwrap().received[0].clone();
    assert!(!is_signed(
        &header(&headers, "Persona-Signature"),
        &body,
        SECRET
    ));
}

#[tokio::test]
async fn an_endpoint_gets_only_what_it_asked_for_while_it_is_enabled() {
    let (persona, inbox) = start().await;
    let url = persona.get("webhooks").await.at("/data/0/attributes/url");
    let first = persona
        .get("webhooks")
        .await
        .at("/data/0/id")
        .as_str()
        .unwrap()
        .to_owned();
    persona
        .post(&format!("webhooks/{first}/disable"), json!({}))
        .await;
    let attributes =
        json!({ "name": "Expiries", "url": url, "enabled-events": ["inquiry.expired"] });
    let made = persona
        .post("webhooks", json!({ "data": { "attributes": attributes } }))
        .await;
    assert_eq!(
        (made.status, made.at("/data/attributes/status")),
        (201, json!("disabled"))
    );
    let id = made.at("/data/id").as_str().unwrap().to_owned();
    persona
        .post(&format!("webhooks/{id}/enable"), json!({}))
        .await;
    let _ = persona.seed(Status::Expired);
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox), ["inquiry.expired"]);
    assert!(
        persona
            .get("webhooks")
            .await
            .at("/data/0/attributes/secret")
            .is_null(),
        "lists hold no secret"
    );
}

#[tokio::test]
async fn what_happens_while_webhooks_are_lost_is_listed_and_never_sent() {
    let (persona, inbox) = start().await;
    let faults = WebhookFaults {
        lose: true,
        ..WebhookFaults::default()
    };
    persona.control.set_webhook_faults(faults);
    let lost = persona.seed(Status::Pending);
    persona.control.clear_faults();
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox), [""; 0]);
    let listed = persona
        .get(&format!("events?filter[object-id]={lost}"))
        .await;
    assert_eq!(listed.at("/data/0/attributes/name"), "inquiry.started");
    persona.control.set_status(&lost, Status::Approved).unwrap();
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox), ["inquiry.approved"]);
}

#[tokio::test]
async fn events_are_listed_by_when_they_happened() {
    let (persona, _) = start().await;
    let _ = persona.seed(Status::Created);
    let old = persona.control.create_inquiry(&simulator::Seed {
        age: Duration::from_hours(5),
        ..simulator::Seed::default()
    });
    let listed = persona.get("events?filter[name]=inquiry.created").await;
    let last = listed.at("/data/1/attributes/payload/data/id");
    assert_eq!(last, old);
}

#[tokio::test]
async fn a_signature_carries_the_moved_time_for_whoever_is_moved_along() {
    let (persona, inbox) = start_with(|options| options.signs_by_moved_clock = true).await;
    persona.hours(30);
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    let (headers, _) = inbox.lock().unwrap().received[0].clone();
    let signed = format!("t={},", persona.control.now().as_second());
    assert!(header(&headers, "Persona-Signature").starts_with(&signed));
}

#[tokio::test]
async fn endpoints_are_disabled_and_another_added() {
    let (persona, inbox) = start().await;
    let url = persona.get("webhooks").await.at("/data/0/attributes/url");
    persona.control.disable_webhooks();
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox), [""; 0]);
    let target = WebhookTarget {
        url: url.as_str().unwrap().parse().unwrap(),
        secret: "wbhsec_another".to_owned(),
    };
    assert!(persona.control.add_webhook(&target).starts_with("wbh_"));
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    assert_eq!(names(&inbox), ["inquiry.created"]);
}

#[tokio::test]
async fn a_clock_that_was_moved_into_the_present_signs_as_the_present() {
    let (persona, inbox) = start().await;
    persona.hours(30);
    persona.control.adopt_clock();
    let adopted = persona.control.now();
    persona.hours(5);
    let _ = persona.seed(Status::Created);
    persona.control.webhooks_idle().await;
    let (headers, _) = inbox.lock().unwrap().received[0].clone();
    let signature = header(&headers, "Persona-Signature");
    let (time, _) = signature
        .strip_prefix("t=")
        .unwrap()
        .split_once(',')
        .unwrap();
    let late = time.parse::<i64>().unwrap() - adopted.as_second();
    assert!((0..60).contains(&late), "{late} s after it was adopted");
}
