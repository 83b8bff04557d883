//! The company's own software: it sends a key, and holds each answer against the OpenAPI document.

use std::sync::LazyLock;

use axum::{
    body::Body,
    http::{Method, request::Builder},
};
use leftoff::{keys::NewKey, model::scope::Scope, staff::Actor, state::AppState};
use serde_json::{Value, json};

use super::{Answer, App, Browser};

/// The document, strict: what it does not name is a mistake.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(leftoff::api::document()).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for schema in schemas.values_mut() {
        if schema["type"] == "object" {
            schema["additionalProperties"] = false.into();
        }
    }
    document
});

/// Somebody who sends a key, or none.
#[derive(Clone)]
pub(crate) struct Backend {
    browser: Browser,
    /// What stands in the header `Authorization`.
    pub(crate) authorization: Option<String>,
}

impl App {
    /// A new key; its ID, then the key.
    pub(crate) async fn key(&self, scopes: &[Scope]) -> (String, String) {
        let new = NewKey {
            name: "A backend".to_owned(),
            scopes: scopes.to_vec(),
            life: None,
        };
        let made = self.state.keys.create(&Actor::System, new).await.unwrap();
        (made.row.id, made.token.expose())
    }

    /// The company's software with a key for these scopes.
    pub(crate) async fn backend(&self, scopes: &[Scope]) -> Backend {
        let (_, key) = self.key(scopes).await;
        Backend::new(self, Some(&format!("Bearer {key}")))
    }
}

impl Backend {
    pub(crate) fn new(app: &App, authorization: Option<&str>) -> Self {
        Self {
            browser: app.browser(),
            authorization: authorization.map(str::to_owned),
        }
    }

    /// The same software, whose requests another node answers.
    pub(crate) fn at_node(&self, app: &App, node: &AppState) -> Self {
        Self {
            browser: app.browser_at_node(node),
            authorization: self.authorization.clone(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request, String::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = self.json(path);
        self.send(request, body.to_string()).await
    }

    /// The same under a name.
    pub(crate) async fn post_as(&mut self, name: &str, path: &str, body: &Value) -> Answer {
        let request = self.json(path).header("idempotency-key", name);
        self.send(request, body.to_string()).await
    }

    pub(crate) fn json(&self, path: &str) -> Builder {
        let request = self.request(Method::POST, path);
        request.header("content-type", "application/json")
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> Builder {
        let request = self.browser.request(method, path);
        match &self.authorization {
            Some(text) => request.header("authorization", text),
            None => request,
        }
    }

    /// Sends a request and checks that the answer is one that the document tells of.
    pub(crate) async fn send(&mut self, request: Builder, body: String) -> Answer {
        let request = request.body(Body::from(body)).unwrap();
        let method = request.method().as_str().to_ascii_lowercase();
        let path = request.uri().path().to_owned();
        let answer = self.browser.send(request).await;
        conforms(&method, &path, &answer);
        answer
    }
}

impl Answer {
    /// Status and kind of a problem.
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        let (docs, kind) = json["type"]
            .as_str()
            .unwrap()
            .split_once("#error-")
            .unwrap();
        assert_eq!(docs, "http://localhost:4000/api/v1/docs");
        assert_eq!(json["status"], self.status.as_u16());
        assert_eq!(json["instance"], self.header("x-request-id"));
        assert!(!self.header("x-request-id").is_empty());
        (self.status.as_u16(), kind.to_owned())
    }

    /// The fields that a problem names.
    pub(crate) fn wrong_fields(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().expect(&self.body);
        let names = errors
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned());
        names.collect()
    }
}

/// What the document says of an endpoint; none for what is no endpoint.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let (_, item) = paths.iter().find(|(template, _)| {
        let (template, path): (Vec<_>, Vec<_>) =
            (template.split('/').collect(), path.split('/').collect());
        template.len() == path.len()
            && template
                .iter()
                .zip(&path)
                .all(|(one, other)| one.starts_with('{') || one == other)
    })?;
    item.get(method)
}

fn conforms(method: &str, path: &str, answer: &Answer) {
    let Some(operation) = operation(method, path) else {
        return;
    };
    let status = answer.status.as_str();
    let response = operation["responses"].get(status);
    let response =
        response.unwrap_or_else(|| panic!("{method} {path} answers {status}: {}", answer.body));
    let content = response["content"].as_object().unwrap();
    let (media_type, content) = content.iter().next().unwrap();
    assert_eq!(answer.header("content-type"), media_type, "{method} {path}");
    if let Some(headers) = response["headers"].as_object() {
        for name in headers.keys() {
            let value = answer.header(name);
            // Whoever is refused before the key is known has no allowance.
            if answer.status.is_success() || !value.is_empty() {
                value.parse::<u32>().expect(name);
            }
        }
    }
    if let Err(error) = validator(&content["schema"]).validate(&answer.json()) {
        panic!(
            "{method} {path} {status}: {error} at {}: {}",
            error.instance_path(),
            answer.body
        );
    }
}

/// Judges by a schema of the document.
pub(crate) fn validator(schema: &Value) -> jsonschema::Validator {
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": DOCUMENT["components"],
    });
    let schema = schema.as_object().unwrap().clone();
    whole.as_object_mut().unwrap().extend(schema);
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&whole).unwrap()
}
