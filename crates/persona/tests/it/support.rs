//! A server with a script: it gives one reply to each request, in order, and remembers what it was asked.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use persona::{Client, ClientBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

pub(crate) const KEY: &str = "persona_sandbox_0123456789";

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Closes the connection without a word.
    Drop,
    /// Never answers.
    Hang,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::with_headers(status, &[], body)
    }

    pub(crate) fn with_headers(status: u16, headers: &[(&str, &str)], body: &Value) -> Self {
        let mut all = vec![
            ("content-type", "application/json"),
            ("request-id", "req_1"),
        ];
        all.extend_from_slice(headers);
        Self::text(status, &all, &body.to_string())
    }

    pub(crate) fn text(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let mut text = format!("HTTP/1.1 {status} Some\r\nconnection: close\r\n");
        for (name, value) in headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        write!(text, "content-length: {}\r\n\r\n{body}", body.len()).unwrap();
        Self::Bytes(text.into_bytes())
    }

    /// A success whose body ends before its announced length.
    pub(crate) fn cut() -> Self {
        let text =
            "HTTP/1.1 200 OK\r\nrequest-id: req_1\r\ncontent-length: 99\r\n\r\n{\"data\": \"Jane\"";
        Self::Bytes(text.as_bytes().to_vec())
    }

    pub(crate) fn error(status: u16, title: &str, details: &str) -> Self {
        Self::json(
            status,
            &json!({ "errors": [{ "title": title, "details": details }] }),
        )
    }
}

/// A request as it came in.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The request line and the body, for snapshots.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.line, self.body).trim().to_owned()
    }
}

pub(crate) struct Server {
    url: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub(crate) async fn start(script: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api/v1", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(serve(listener, script, Arc::clone(&seen)));
        Self {
            url: url.parse().unwrap(),
            seen,
        }
    }

    /// A client of the server that does not dawdle.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(KEY.into())
            .api_url(self.url.clone())
            .retry_delay(Duration::from_millis(1))
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn serve(listener: TcpListener, script: Vec<Reply>, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut silent = Vec::new();
    for reply in script {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        seen.lock().unwrap().push(request);
        match reply {
            Reply::Bytes(bytes) => stream.write_all(&bytes).await.unwrap(),
            Reply::Drop => drop(stream),
            Reply::Hang => silent.push(stream),
        }
    }
    // What comes after the script is still seen, so that a test can count it.
    while let Ok((mut stream, _)) = listener.accept().await {
        let request = read_request(&mut stream).await;
        seen.lock().unwrap().push(request);
    }
}

async fn read_request(stream: &mut TcpStream) -> Seen {
    let mut bytes = Vec::new();
    let end = loop {
        stream.read_buf(&mut bytes).await.unwrap();
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let line = lines
        .next()
        .unwrap()
        .trim_end_matches(" HTTP/1.1")
        .to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < end + 4 + length {
        stream.read_buf(&mut bytes).await.unwrap();
    }
    let body = String::from_utf8(bytes[end + 4..].to_vec()).unwrap();
    Seen {
        line,
        headers,
        body,
    }
}

/// An inquiry as Persona sends it, with personal data and empty relationships of every form.
pub(crate) fn inquiry() -> Value {
    json!({
        "type": "inquiry",
        "id": "inq_1",
        "attributes": {
            "status": "pending", "reference-id": "user-7", "note": null, "behaviors": {},
            "tags": ["vip", null], "creator": "staff@example.com", "reviewer-comment": null,
            "created-at": "2026-03-29T19:06:45.000Z", "started-at": "2026-03-30T19:07:01.000Z",
            "expires-at": "2026-03-31T19:07:01.000Z", "updated-at": "2026-03-30T19:07:01.000Z",
            "completed-at": null, "failed-at": null, "marked-for-review-at": null,
            "decisioned-at": null, "expired-at": null, "redacted-at": null,
            "previous-step-name": "start", "next-step-name": "verification_document",
            "fields": {
                "name-first": { "type": "string", "value": "Jane" },
                "phone-number": { "type": "string", "value": null },
            },
            "something-new": { "a": 1 },
        },
        "relationships": {
            "account": { "data": { "type": "account", "id": "act_1" } },
            "template": { "data": {} },
            "inquiry-template": { "data": { "type": "inquiry-template", "id": "itmpl_1" } },
            "inquiry-template-version": { "data": { "type": "inquiry-template-version", "id": "itmplv_1" } },
            "transaction": { "data": null },
            "reviewer": {},
            "sessions": { "data": [{ "type": "inquiry-session", "id": "iqse_1" }] },
        },
    })
}
