//! How a client is set up.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::attempt::{Attempt, Observer};
use crate::client::{Client, Inner};

/// The version of the API that this crate reads and writes (docs.withpersona.com/versioning).
pub const PERSONA_VERSION: &str = "2025-12-08";

const API_URL: &str = "https://api.withpersona.com/api/v1";
const USER_AGENT: &str = concat!("persona-rust/", env!("CARGO_PKG_VERSION"));

/// Bounds on what a call may take.
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) max_retries: u32,
    pub(crate) max_retry_wait: Duration,
    pub(crate) retry_delay: Duration,
    pub(crate) max_answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(20),
            max_retries: 2,
            max_retry_wait: Duration::from_secs(5),
            retry_delay: Duration::from_millis(200),
            max_answer: 4 * 1024 * 1024,
        }
    }
}

/// Sets up a [`Client`].
pub struct ClientBuilder {
    api_key: SecretString,
    api_url: Option<Url>,
    plain_http: bool,
    connect_timeout: Duration,
    user_agent: String,
    limits: Limits,
    observer: Option<Observer>,
}

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The key is empty or holds something else than visible ASCII.
    #[error(
        "the API key is empty or holds spaces, line breaks or other characters that no key has"
    )]
    InvalidApiKey,
    /// The address cannot have calls below it.
    #[error(
        "the address of the API must be http or https, without credentials, query and fragment"
    )]
    InvalidApiUrl,
    /// The key would cross a network unencrypted.
    #[error(
        "the address of the API is plain http to another machine, which would show the API key to the network"
    )]
    PlainHttp,
    /// The user agent is not a header value.
    #[error("the user agent cannot be sent as a header")]
    InvalidUserAgent,
    /// The TLS set-up of this machine failed.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
}

impl ClientBuilder {
    pub(crate) fn new(api_key: SecretString) -> Self {
        Self {
            api_key,
            api_url: None,
            plain_http: false,
            connect_timeout: Duration::from_secs(3),
            user_agent: USER_AGENT.to_owned(),
            limits: Limits::default(),
            observer: None,
        }
    }

    /// Another address of the API, with its path; `https://api.withpersona.com/api/v1` by default.
    #[must_use]
    pub fn api_url(mut self, api_url: Url) -> Self {
        self.api_url = Some(api_url);
        self
    }

    /// Permits plain `http` to another machine, such as a stand-in for Persona in a closed network.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// How long one attempt may take until its answer is read in full; 10 s by default.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// How long making a connection may take; 3 s by default.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a call may take with all its attempts and waits; 20 s by default.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = deadline;
        self
    }

    /// How often a failed call is sent again where that is safe; 2 by default, 0 for never.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.limits.max_retries = retries;
        self
    }

    /// The wait before the first retry, which doubles from then on and has up to its own length of jitter added;
    /// 200 ms by default.
    #[must_use]
    pub fn retry_delay(mut self, delay: Duration) -> Self {
        self.limits.retry_delay = delay;
        self
    }

    /// The longest wait for a rate limit to reset; a longer one returns the error at once. 5 s by default.
    #[must_use]
    pub fn max_retry_wait(mut self, wait: Duration) -> Self {
        self.limits.max_retry_wait = wait;
        self
    }

    /// Names the program to Persona.
    #[must_use]
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        user_agent.clone_into(&mut self.user_agent);
        self
    }

    /// Has each request told to somebody who counts, when it is over. It runs where the call runs, so it must be quick.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Builds the client. Nothing is sent.
    pub fn build(self) -> Result<Client, BuildError> {
        let api_url = match self.api_url {
            Some(url) => check_url(url, self.plain_http)?,
            None => Url::parse(API_URL).map_err(|_| BuildError::InvalidApiUrl)?,
        };
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| BuildError::InvalidUserAgent)?;
        let http = reqwest::Client::builder()
            .default_headers(headers(&self.api_key)?)
            .user_agent(user_agent)
            .connect_timeout(self.connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(BuildError::Http)?;
        Ok(Client::new(Inner {
            http,
            api_url,
            limits: self.limits,
            seen: Mutex::new(None),
            observer: self.observer,
        }))
    }
}

/// What every request carries. The inflection is said aloud, so that a setting of the key cannot change the answers.
fn headers(api_key: &SecretString) -> Result<HeaderMap, BuildError> {
    let key = api_key.expose_secret();
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(BuildError::InvalidApiKey);
    }
    let mut bearer =
        HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| BuildError::InvalidApiKey)?;
    bearer.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, bearer);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert("persona-version", HeaderValue::from_static(PERSONA_VERSION));
    headers.insert("key-inflection", HeaderValue::from_static("kebab"));
    Ok(headers)
}

fn check_url(url: Url, plain_http: bool) -> Result<Url, BuildError> {
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    match url.scheme() {
        _ if !web || !bare => Err(BuildError::InvalidApiUrl),
        "http" if !plain_http && !is_loopback(&url) => Err(BuildError::PlainHttp),
        _ => Ok(url),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api_url", &self.api_url.as_ref().map(Url::as_str))
            .finish_non_exhaustive()
    }
}
