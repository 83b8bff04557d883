//! The side of an application that hears webhooks, told of events one by one.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use aws_lc_rs::hmac;
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use leftoff::{
    http::router,
    state::AppState,
    worker::{Pace, Work as _},
};
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Answer, Database, app::WEBHOOK_SECRET};

/// A client that Persona and the receivers of webhooks are spoken to with.
pub(crate) fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder().timeout(Duration::from_secs(5));
    builder.build().unwrap()
}

/// What a webhook of Persona reaches.
#[derive(Clone)]
pub(crate) struct Intake {
    pub(crate) state: AppState,
    router: axum::Router,
    _database: Option<Arc<Database>>,
}

/// One set of a signature header, made with another library than the one under test.
pub(crate) fn sign(secret: &str, at: i64, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signed = [format!("{at}.").as_bytes(), body].concat();
    let code = hmac::sign(&key, &signed);
    format!("t={at},v1={}", hex::encode(code))
}

impl Intake {
    pub(crate) fn new(state: AppState) -> Self {
        Self {
            router: router(state.clone()),
            state,
            _database: None,
        }
    }

    /// The same, with a database that lives as long.
    pub(crate) fn with_database(state: AppState, database: Database) -> Self {
        Self {
            _database: Some(Arc::new(database)),
            ..Self::new(state)
        }
    }

    /// Tells of an event as Persona does.
    pub(crate) async fn tell(&self, event: &Value) -> Answer {
        self.tell_signed(WEBHOOK_SECRET, event).await
    }

    /// The same, signed with this secret.
    pub(crate) async fn tell_signed(&self, secret: &str, event: &Value) -> Answer {
        let body = event.to_string();
        let now = self.state.clock.now().as_second();
        let signature = sign(secret, now, body.as_bytes());
        self.post(Some(&signature), body).await
    }

    /// Sends a body with this signature.
    pub(crate) async fn post(&self, signature: Option<&str>, body: impl Into<Body>) -> Answer {
        let mut request =
            Request::post("/webhooks/persona").header("content-type", "application/json");
        if let Some(signature) = signature {
            request = request.header("Persona-Signature", signature);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        let address: SocketAddr = "35.232.44.140:443".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Tells of each event in this order, and applies them all.
    pub(crate) async fn hear_all(&self, events: &[Value]) {
        for event in events {
            assert_eq!(self.tell(event).await.status, StatusCode::OK);
        }
        self.settle().await;
    }

    /// Applies whatever waits and can be applied now.
    pub(crate) async fn settle(&self) {
        while self.state.webhooks.step().await.unwrap() == Pace::Now {}
    }

    /// What became of these inquiries: their state, history, receipt and links, whatever came in which order.
    pub(crate) async fn picture(&self, inquiries: &[String]) -> Vec<String> {
        let store = &self.state.store;
        let mut picture = Vec::new();
        for id in inquiries {
            let mut known = store.inquiry(id).await.unwrap();
            if let Some(known) = &mut known {
                known.version = 0;
            }
            let ledger = store.ledger(id).await.unwrap().into_iter();
            let ledger = ledger.map(|row| (row.at, row.event, row.detail, row.link_id, row.actor));
            let mut ledger: Vec<_> = ledger.collect();
            ledger.sort();
            let receipt = store.receipt(id).await.unwrap();
            let links = store.links(Some(id), 100).await.unwrap();
            picture.push(format!("{known:#?}\n{ledger:#?}\n{receipt:#?}\n{links:#?}"));
        }
        picture
    }
}
