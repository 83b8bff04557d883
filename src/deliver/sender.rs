//! The sender: one request to one endpoint, limited in time and size, never redirected, only to where the guard lets it.

use std::{
    error::Error as _,
    net::IpAddr,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use reqwest::{
    Client, StatusCode,
    header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use url::{Host, Url};

use super::{
    Message,
    guard::{Guard, GuardedNames, Names, Refused},
    schedule,
    signing::{HEADER_ID, HEADER_SIGNATURE, HEADER_TIMESTAMP},
};

/// The most of an answer that is read, in bytes: enough to use the connection again.
const MOST: usize = 16 * 1024;
/// Who asks.
const AGENT: &str = concat!("leftoff/", env!("CARGO_PKG_VERSION"));

/// No HTTP client can be made.
#[derive(Debug, thiserror::Error)]
#[error("the client of webhooks cannot be made")]
pub struct ClientError(#[from] reqwest::Error);

/// Why an attempt failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The answer was not of the kind 2xx.
    Status,
    /// The endpoint is where webhooks may not go, or not without https.
    PrivateAddress,
    /// The name, or whoever it names, could not be reached.
    Unreachable,
    /// There was no answer in time.
    Timeout,
    /// The connection broke.
    Broken,
    /// The secret was sealed with another `server.secret`.
    SecretLost,
    /// The ledger has no entry to tell of.
    EntryLost,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::Status,
        Self::PrivateAddress,
        Self::Unreachable,
        Self::Timeout,
        Self::Broken,
        Self::SecretLost,
        Self::EntryLost,
    ];

    /// The name in the database and in the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::PrivateAddress => "private-address",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::SecretLost => "secret-lost",
            Self::EntryLost => "entry-lost",
        }
    }
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status, if there was an answer.
    pub(super) status: Option<u16>,
    /// Why it failed; none when it did not.
    pub(super) cause: Option<Cause>,
    /// How long the endpoint asks to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// How long it took.
    pub(super) took: Duration,
}

impl Answer {
    /// An attempt that failed before it began.
    pub(super) const fn never_sent(cause: Cause) -> Self {
        Self {
            status: None,
            cause: Some(cause),
            retry_after: None,
            took: Duration::ZERO,
        }
    }
}

/// Sends webhooks.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    guard: Guard,
    secure: Client,
    plain: Client,
}

impl Sender {
    pub(super) fn new(guard: Guard, names: &Names, timeout: Duration) -> Result<Self, ClientError> {
        let client = |guard: Guard, is_secure| {
            let names = names.clone();
            Client::builder()
                .timeout(timeout)
                .redirect(Policy::none())
                .referer(false)
                // A proxy would connect in our place, where no guard looks.
                .no_proxy()
                .https_only(is_secure)
                .user_agent(AGENT)
                .dns_resolver(GuardedNames { guard, names })
                .build()
        };
        Ok(Self {
            secure: client(guard.clone(), true)?,
            plain: client(guard.inside(), false)?,
            guard,
        })
    }

    /// What says where webhooks may go.
    pub(super) const fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Sends a message once.
    pub(super) async fn send(
        &self,
        url: &str,
        message: &Message,
        signatures: &str,
        now: Timestamp,
    ) -> Answer {
        let Some((client, url)) = self.client(url) else {
            return Answer::never_sent(Cause::PrivateAddress);
        };
        let begun = Instant::now();
        let request = client
            .post(url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(HeaderName::from_static(HEADER_ID), &message.id)
            .header(HeaderName::from_static(HEADER_TIMESTAMP), now.as_second())
            .header(HeaderName::from_static(HEADER_SIGNATURE), signatures)
            .body(message.body.clone());
        let (status, cause, retry_after) = match request.send().await {
            Ok(response) => {
                let status = response.status();
                let asked = response.headers().get(RETRY_AFTER);
                let asked = asked.and_then(|value| value.to_str().ok());
                let asked = asked.and_then(|text| schedule::retry_after(text, now));
                drain(response).await;
                (Some(status), wrong(status), asked)
            }
            Err(error) => (None, Some(why(&error)), None),
        };
        Answer {
            status: status.map(|status| status.as_u16()),
            cause,
            retry_after,
            took: begun.elapsed(),
        }
    }

    /// The client for a URL. An address in the URL itself is never looked up, so it is looked at here.
    fn client(&self, url: &str) -> Option<(&Client, Url)> {
        let url = Url::parse(url).ok()?;
        let (client, guard) = match url.scheme() {
            "https" => (&self.secure, self.guard.clone()),
            "http" => (&self.plain, self.guard.inside()),
            _ => return None,
        };
        let is_admitted = match url.host()? {
            Host::Domain(_) => true,
            Host::Ipv4(address) => guard.admits(IpAddr::V4(address)),
            Host::Ipv6(address) => guard.admits(IpAddr::V6(address)),
        };
        is_admitted.then_some((client, url))
    }
}

const fn wrong(status: StatusCode) -> Option<Cause> {
    let code = status.as_u16();
    if code >= 200 && code < 300 {
        None
    } else {
        Some(Cause::Status)
    }
}

/// Reads what is left of a short answer, so that the connection can be used again; nothing of it is kept.
async fn drain(mut response: reqwest::Response) {
    let mut read = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read += chunk.len();
        if read > MOST {
            return;
        }
    }
}

/// What a failure means. Its own words may hold the URL, so they are kept nowhere.
fn why(error: &reqwest::Error) -> Cause {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.is::<Refused>() {
            return Cause::PrivateAddress;
        }
        source = inner.source();
    }
    if error.is_timeout() {
        Cause::Timeout
    } else if error.is_connect() {
        Cause::Unreachable
    } else {
        Cause::Broken
    }
}
