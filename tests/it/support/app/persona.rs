//! The Persona of an application: inquiries, requests, webhooks and the time that both share.

use std::{net::SocketAddr, time::Duration};

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use simulator::{Seed, Status, WebhookTarget};
use tokio::net::TcpListener;

use super::{App, WEBHOOK_SECRET};
use crate::support::{BIRTHDATE, client};

impl App {
    /// Lets Persona send its webhooks here from now on.
    pub(crate) async fn hear_webhooks(&self) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/persona", listener.local_addr().unwrap());
        let app = self
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let _ = self.persona.add_webhook(&WebhookTarget {
            url: url.parse().unwrap(),
            secret: WEBHOOK_SECRET.to_owned(),
        });
    }

    /// Waits until every webhook that is due was answered, and applies what it told.
    pub(crate) async fn hear(&self) {
        self.persona.webhooks_idle().await;
        self.receiver().settle().await;
    }

    /// Everything that happened at Persona as webhooks tell it, oldest first.
    pub(crate) async fn told(&self) -> Vec<Value> {
        let mut events = Vec::new();
        let key = self.state.config.persona.api_key.expose_secret();
        let mut page = Some("/api/v1/events?page%5Bsize%5D=100".to_owned());
        while let Some(path) = page {
            let url = self.simulator.api_url().join(&path).unwrap();
            let answer = client().get(url).bearer_auth(key).send();
            let answer: Value = answer.await.unwrap().json().await.unwrap();
            events.extend(answer["data"].as_array().unwrap().iter().cloned());
            page = answer["links"]["next"].as_str().map(str::to_owned);
        }
        events.reverse();
        events
            .into_iter()
            .map(|event| json!({ "data": event }))
            .collect()
    }

    /// Moves the time, here and at Persona.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        self.persona.advance(by);
    }

    /// An inquiry at Persona in this status.
    pub(crate) fn inquiry(&self, status: Status) -> String {
        let fields = [("birthdate".to_owned(), BIRTHDATE.into())];
        self.persona.create_inquiry(&Seed {
            status,
            fields: fields.into_iter().collect(),
            ..Seed::default()
        })
    }

    /// What Persona was asked for since the link was made, as `POST resume`.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.persona.requests();
        let brief = requests
            .iter()
            .map(|seen| format!("{} {}", seen.method, short(&seen.path)));
        brief.collect()
    }
}

/// The last part of a path; an inquiry's own path is `inquiry`.
fn short(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    if last.starts_with("inq_") {
        "inquiry"
    } else {
        last
    }
}
