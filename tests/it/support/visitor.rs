//! A visitor of a server in another process: HTTP over a real socket, a new connection each time.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use super::Served;

/// Somebody who is there for the first time.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    base: String,
    cookie: Option<String>,
}

impl Served {
    /// Somebody who is there for the first time.
    pub(crate) fn visitor(&self) -> Visitor {
        let client = Client::builder().pool_max_idle_per_host(0);
        let client = client.timeout(Duration::from_mins(1)).no_proxy();
        Visitor {
            client: client.build().unwrap(),
            base: self.url(""),
            cookie: None,
        }
    }
}

impl Visitor {
    /// The same person, whose next request another server answers.
    pub(crate) fn at(&self, served: &Served) -> Self {
        Self {
            base: served.url(""),
            ..self.clone()
        }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.client.get(format!("{}{path}", self.base)).send().await
    }

    /// A request that says nothing about where it comes from.
    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base))
    }

    /// Calls a server function as the island does, and keeps the cookie.
    pub(crate) async fn act(&mut self, act: &str, arguments: Value) -> reqwest::Result<Response> {
        let mut request = self.post(&format!("/api/{act}"));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let request = request.header("origin", "http://localhost:4000");
        let answer = request.json(&arguments).send().await?;
        if let Some(cookie) = answer.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        Ok(answer)
    }

    /// Presses "Continue verification".
    pub(crate) async fn resume(&mut self, token: &str) -> reqwest::Result<Response> {
        let arguments = json!({ "link": token, "birthdate": null });
        self.act("resume_inquiry", arguments).await
    }

    /// Says that the flow is done.
    pub(crate) async fn report_completion(&mut self, token: &str) -> reqwest::Result<Response> {
        self.act("report_completion", json!({ "link": token }))
            .await
    }
}
