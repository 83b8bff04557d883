//! Requests to our own address and to the flow's host: bounded, never redirected.

use std::{error::Error, time::Duration};

use reqwest::{Client, header::HeaderMap, redirect::Policy};
use url::Url;

/// A page that takes longer is as good as none.
const PATIENCE: Duration = Duration::from_secs(10);
/// Nothing that we look at is longer, in bytes.
const MOST: usize = 256 * 1024;

/// A client for looking.
#[derive(Debug)]
pub(super) struct Web(Client);

/// What came back.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum Unseen {
    /// The certificate or the protocol is wrong.
    Tls(String),
    /// Nobody is there.
    NoConnection(String),
    /// Somebody is there and says nothing.
    Silent,
    /// The answer broke off, or is no HTTP.
    Broken(String),
}

impl Web {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .user_agent(concat!("leftoff-doctor/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self(client))
    }

    /// Asks for a page.
    pub(super) async fn get(&self, url: Url) -> Result<Seen, Unseen> {
        let answer = self.0.get(url).send().await;
        let mut answer = answer.map_err(Unseen::from)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(Unseen::from)? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST {
                break;
            }
        }
        Ok(Seen {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

impl Unseen {
    /// What happened, as a part of a sentence.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Tls(why) => format!("the TLS connection fails ({why})"),
            Self::NoConnection(why) => format!("no connection can be made ({why})"),
            Self::Silent => format!("there is no answer within {} s", PATIENCE.as_secs()),
            Self::Broken(why) => format!("the answer cannot be read ({why})"),
        }
    }
}

impl From<reqwest::Error> for Unseen {
    fn from(error: reqwest::Error) -> Self {
        let why = root(&error);
        let is_tls = ["certificate", "tls", "handshake", "corrupt message"];
        if error.is_timeout() {
            Self::Silent
        } else if is_tls.iter().any(|word| why.to_lowercase().contains(word)) {
            Self::Tls(why)
        } else if error.is_connect() {
            Self::NoConnection(why)
        } else {
            Self::Broken(why)
        }
    }
}

/// The innermost cause, which says what the outer ones only announce.
fn root(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
