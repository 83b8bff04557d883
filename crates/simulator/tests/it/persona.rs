//! A client that knows nothing but HTTP and JSON.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder, redirect};
use serde_json::{Value, json};
use simulator::{Control, Options, Seed, Simulator, Status};

pub(crate) const KEY: &str = "persona_sandbox_tests";

/// A simulator of one test and a way to talk to it.
pub(crate) struct Persona {
    pub(crate) simulator: Simulator,
    pub(crate) control: Control,
    pub(crate) http: reqwest::Client,
    key: String,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

impl Persona {
    /// A sandbox with a clock that stands still and the same identifiers each time.
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_production() -> Self {
        Self::start_with(Options {
            api_key: "persona_production_tests".into(),
            ..Options::default()
        })
        .await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let key = if options.api_key == Options::default().api_key {
            KEY.into()
        } else {
            options.api_key
        };
        let simulator = Simulator::start(Options {
            api_key: key.clone(),
            start_time: Some("2026-03-01T12:00:00Z".parse().unwrap()),
            frozen_clock: true,
            random_seed: Some(7),
            ..options
        })
        .await
        .unwrap();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(20))
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            control: simulator.control(),
            simulator,
            http,
            key,
        }
    }

    pub(crate) fn seed(&self, status: Status) -> String {
        self.control.create_inquiry(&Seed {
            status,
            ..Seed::default()
        })
    }

    pub(crate) fn hours(&self, hours: u64) {
        self.control.advance(Duration::from_hours(hours));
    }

    /// A request to the API, signed with the key.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}/{path}", self.simulator.api_url()))
            .bearer_auth(&self.key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn resume(&self, inquiry: &str) -> Answer {
        self.post(&format!("inquiries/{inquiry}/resume"), json!({}))
            .await
    }

    /// The token of a resume that works.
    pub(crate) async fn token(&self, inquiry: &str) -> String {
        let answer = self.resume(inquiry).await;
        answer
            .at("/meta/session-token")
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn status(&self, inquiry: &str) -> String {
        self.get(&format!("inquiries/{inquiry}"))
            .await
            .at("/data/attributes/status")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// A request to a page of the flow, without a key.
    pub(crate) fn page(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, self.simulator.url().join(path).unwrap())
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}
