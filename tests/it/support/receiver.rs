//! A receiver of webhooks on loopback with a memory, as a company would run one.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use aws_lc_rs::hmac;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

/// Takes webhooks, or answers as it is told; it stops when it is dropped.
pub(crate) struct Receiver {
    /// Where it takes them.
    pub(crate) url: String,
    /// Where it listens.
    pub(crate) addr: SocketAddr,
    memory: Arc<Mutex<Memory>>,
    arrived: Arc<Notify>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Memory {
    hooks: Vec<Hook>,
    next: VecDeque<Reply>,
    otherwise: Reply,
}

/// A webhook as it came.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// This status with this header.
    Status(u16, &'static str, String),
    /// Nothing, ever.
    Hang,
    /// A body that has no end.
    Endless,
}

impl Default for Reply {
    fn default() -> Self {
        Self::status(204)
    }
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self::Status(status, "x-nothing", String::new())
    }
}

impl Hook {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub(crate) fn id(&self) -> &str {
        self.header(HEADER_WEBHOOK_ID)
    }

    pub(crate) fn seconds(&self) -> i64 {
        self.header(HEADER_WEBHOOK_TIMESTAMP).parse().unwrap()
    }

    /// Whether the library of the standard takes it now.
    pub(crate) fn is_verified_by(&self, secret: &str) -> bool {
        let webhook = Webhook::new(secret).unwrap();
        webhook.verify(self.body.as_bytes(), &self.headers).is_ok()
    }

    /// Whether it is signed as the standard says, by other means than the library's, whatever the time.
    pub(crate) fn is_signed_by(&self, secret: &str) -> bool {
        let secret = STANDARD.decode(secret.strip_prefix("whsec_").unwrap());
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret.unwrap());
        let signed = format!("{}.{}.{}", self.id(), self.seconds(), self.body);
        let code = hmac::sign(&key, signed.as_bytes());
        let meant = format!("v1,{}", STANDARD.encode(code.as_ref()));
        let mut signatures = self.header(HEADER_WEBHOOK_SIGNATURE).split(' ');
        signatures.any(|signature| signature == meant)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

impl Receiver {
    /// A receiver that takes everything.
    pub(crate) async fn start() -> Self {
        Self::at("127.0.0.1:0").await
    }

    /// The same at an address.
    pub(crate) async fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let memory = Arc::<Mutex<Memory>>::default();
        let arrived = Arc::<Notify>::default();
        let app = Router::new()
            .fallback(take)
            .with_state((Arc::clone(&memory), Arc::clone(&arrived)));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            url: format!("http://{addr}/hooks"),
            addr,
            memory,
            arrived,
            serving,
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap()
    }

    /// What came so far.
    pub(crate) fn hooks(&self) -> Vec<Hook> {
        self.memory().hooks.clone()
    }

    /// Forgets what came so far, and gives it.
    pub(crate) fn take(&self) -> Vec<Hook> {
        std::mem::take(&mut self.memory().hooks)
    }

    /// Answers the next webhook so.
    pub(crate) fn answer_next(&self, reply: Reply) {
        self.memory().next.push_back(reply);
    }

    /// Answers every webhook so for which nothing else was said.
    pub(crate) fn answer(&self, reply: Reply) {
        self.memory().otherwise = reply;
    }

    /// Waits until so many have come.
    pub(crate) async fn until(&self, count: usize) {
        loop {
            let arrived = self.arrived.notified();
            if self.memory().hooks.len() >= count {
                return;
            }
            let patience = Duration::from_secs(20);
            let come = tokio::time::timeout(patience, arrived).await;
            come.unwrap_or_else(|_| panic!("only {} came", self.memory().hooks.len()));
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(
    State((memory, arrived)): State<(Arc<Mutex<Memory>>, Arc<Notify>)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let reply = {
        let mut memory = memory.lock().unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        memory.hooks.push(Hook { headers, body });
        let next = memory.next.pop_front();
        next.unwrap_or_else(|| memory.otherwise.clone())
    };
    arrived.notify_waiters();
    match reply {
        Reply::Status(status, name, value) => {
            let response = Response::builder().status(status).header(name, value);
            response
                .body(Body::from("an answer that nobody keeps"))
                .unwrap()
        }
        Reply::Hang => std::future::pending().await,
        Reply::Endless => {
            let chunk = || async { Some((Ok::<_, std::io::Error>(vec![b'x'; 4096]), ())) };
            Response::new(Body::from_stream(futures_util::stream::unfold(
                (),
                move |()| chunk(),
            )))
        }
    }
}
