//! The client, and how it sends a call.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::header;
use reqwest::Response;
use secrecy::SecretString;
use tokio::time::Instant;
use tracing::Instrument as _;
use url::Url;

use crate::answer::{Answer, request_id};
use crate::attempt::{Attempt, Observer};
use crate::builder::{ClientBuilder, Limits};
use crate::rate_limit::{RateLimit, Seen};
use crate::request::Call;
use crate::retry::Retries;
use crate::{Error, IdempotencyKey};

/// A client of Persona's API for one key. Clones are cheap and share connections and the rate limit seen.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) api_url: Url,
    pub(crate) limits: Limits,
    pub(crate) seen: Mutex<Option<Seen>>,
    pub(crate) observer: Option<Observer>,
}

impl Client {
    /// Starts a client for an API key, which decides the environment: sandbox or production
    /// (docs.withpersona.com/api-keys).
    #[must_use]
    pub fn builder(api_key: SecretString) -> ClientBuilder {
        ClientBuilder::new(api_key)
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The address that calls are relative to.
    #[must_use]
    pub fn api_url(&self) -> &Url {
        &self.0.api_url
    }

    /// The request budget as the newest answer told it; `None` before the first answer and once the window is over.
    #[must_use]
    pub fn last_rate_limit(&self) -> Option<RateLimit> {
        let seen = *self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.map(|seen| seen.at(Instant::now()))
            .filter(|limit| !limit.reset.is_zero())
    }

    /// Sends a call, again where that is safe, and never for longer than the deadline.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let url = call.url(&self.0.api_url)?;
        let limits = &self.0.limits;
        let mut retries = Retries::new(limits, call.repeat, Instant::now());
        loop {
            let timeout = limits.timeout.min(retries.left(Instant::now()));
            let error = match self.observed(&call, &url, timeout).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let wait = retries.wait_after(&error, Instant::now());
            tracing::debug!(operation = call.operation, %error, ?wait, "call to Persona failed");
            let Some(wait) = wait else { return Err(error) };
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends it once, and tells whoever counts.
    async fn observed(&self, call: &Call, url: &Url, timeout: Duration) -> Result<Answer, Error> {
        let span = tracing::info_span!(
            "persona",
            operation = call.operation,
            outcome = tracing::field::Empty
        );
        let began = Instant::now();
        let result = self
            .attempt(call, url, timeout)
            .instrument(span.clone())
            .await;
        let outcome = result.as_ref().err().map_or("ok", Error::code);
        span.record("outcome", outcome);
        if let Some(observer) = &self.0.observer {
            observer(&Attempt {
                operation: call.operation,
                outcome,
                took: began.elapsed(),
            });
        }
        result
    }

    async fn attempt(&self, call: &Call, url: &Url, timeout: Duration) -> Result<Answer, Error> {
        let mut request = self
            .0
            .http
            .request(call.method.clone(), url.clone())
            .timeout(timeout);
        if let Some(key) = &call.key {
            request = request.header("idempotency-key", visible(key)?);
        }
        if let Some(body) = &call.body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let response = request.send().await.map_err(network_error)?;
        self.remember_rate_limit(&response);
        let (status, headers) = (response.status(), response.headers().clone());
        let body = match self.read(response).await {
            // The status says enough about a failure, whatever became of its body.
            Err(_) if !status.is_success() => Vec::new(),
            read => read?,
        };
        Answer::judge(status, &headers, body)
    }

    fn remember_rate_limit(&self, response: &Response) {
        if let Some(rate_limit) = RateLimit::from_headers(response.headers()) {
            let seen = Seen {
                rate_limit,
                at: Instant::now(),
            };
            *self.0.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
    }

    /// Reads the body piece by piece, so that a huge one is given up before it fills the memory.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Error> {
        let request_id = request_id(response.headers());
        let malformed = |what: &str| Error::MalformedAnswer {
            what: what.to_owned(),
            request_id: request_id.clone(),
        };
        let mut body = Vec::new();
        loop {
            let chunk = match response.chunk().await {
                Ok(Some(chunk)) => chunk,
                Ok(None) => return Ok(body),
                Err(error) if error.is_timeout() => return Err(Error::Timeout),
                Err(_) => return Err(malformed("it ends too early")),
            };
            if body.len() + chunk.len() > self.0.limits.max_answer {
                return Err(malformed("it is too large"));
            }
            body.extend_from_slice(&chunk);
        }
    }
}

fn visible(key: &IdempotencyKey) -> Result<&str, Error> {
    let visible =
        !key.as_str().is_empty() && key.as_str().bytes().all(|byte| byte.is_ascii_graphic());
    visible.then(|| key.as_str()).ok_or(Error::InvalidRequest {
        what: "the idempotency key is not visible ASCII",
    })
}

/// A connection that was not made in time counts as not made: nothing was sent.
fn network_error(error: reqwest::Error) -> Error {
    let error = error.without_url();
    if error.is_connect() {
        Error::Connect(error)
    } else if error.is_timeout() {
        Error::Timeout
    } else {
        Error::Network(error)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api_url", &self.0.api_url.as_str())
            .finish_non_exhaustive()
    }
}
