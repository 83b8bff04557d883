//! The company's gateway for short messages: it proves each webhook with the published library, and remembers it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::{net::TcpListener, task::JoinHandle};

/// What the gateway and we share.
pub(crate) const GATEWAY_SECRET: &str = "whsec_bGVmdG9mZi10ZXN0cy1vbmx5LWEtZ2F0ZXdheSE=";

/// A gateway on loopback; it stops when it is dropped.
pub(crate) struct Gateway {
    /// What the settings call it.
    pub(crate) url: String,
    mind: Arc<Mutex<Mind>>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Mind {
    taken: Vec<(String, Value)>,
    answers: VecDeque<u16>,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "http://{}/sms?key=of-the-gateway",
            listener.local_addr().unwrap()
        );
        let mind = Arc::<Mutex<Mind>>::default();
        let router = Router::new()
            .route("/sms", post(take))
            .with_state(Arc::clone(&mind));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, mind, serving }
    }

    /// IDs and bodies of what was taken so far.
    pub(crate) fn taken(&self) -> Vec<(String, Value)> {
        self.mind.lock().unwrap().taken.clone()
    }

    /// What the next webhooks are answered with, one each.
    pub(crate) fn answer(&self, answers: &[u16]) {
        self.mind.lock().unwrap().answers.extend(answers);
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(State(mind): State<Arc<Mutex<Mind>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let webhook = Webhook::new(GATEWAY_SECRET).unwrap();
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let mut altered = body.to_vec();
    altered[0] ^= 1;
    let is_proved =
        webhook.verify(&body, &headers).is_ok() && webhook.verify(&altered, &headers).is_err();
    let mut mind = mind.lock().unwrap();
    if !is_proved || text("webhook-signature") != by_hand(&headers, &body) {
        return StatusCode::UNAUTHORIZED;
    }
    if let Some(code) = mind.answers.pop_front() {
        return StatusCode::from_u16(code).unwrap();
    }
    let body: Value = serde_json::from_slice(&body).unwrap();
    if body["kind"] == "test" {
        assert_eq!(
            body.as_object().unwrap().len(),
            1,
            "there is nothing to send"
        );
        return StatusCode::NO_CONTENT;
    }
    mind.taken.push((text("webhook-id"), body));
    StatusCode::ACCEPTED
}

/// The signature as the standard describes it, by another library than the one that both ends use.
fn by_hand(headers: &HeaderMap, body: &[u8]) -> String {
    let secret = GATEWAY_SECRET.strip_prefix("whsec_").unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(secret).unwrap());
    let mut signed = hmac::Context::with_key(&key);
    for name in ["webhook-id", "webhook-timestamp"] {
        signed.update(headers[name].as_bytes());
        signed.update(b".");
    }
    signed.update(body);
    format!("v1,{}", STANDARD.encode(signed.sign()))
}
