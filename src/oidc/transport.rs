//! Requests to the provider: limited in time and size, never redirected, never in the clear.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use url::{Origin, Url};

/// The most that an answer may hold, in bytes.
const MOST: usize = 1024 * 1024;

/// Why a request to the provider brought no answer. It says no word of what was sent or received.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// Nothing came back, or not in time.
    #[error("the request failed")]
    Failed(#[source] reqwest::Error),
    /// The provider says that it cannot answer now.
    #[error("the provider answered {0}")]
    Busy(u16),
    /// The answer is larger than 1 MiB.
    #[error("the answer is too large")]
    TooLarge,
    /// The address is neither https nor at the issuer itself.
    #[error("the address is not https")]
    Insecure,
}

/// Sends requests to the provider.
#[derive(Debug)]
pub(super) struct Transport {
    client: reqwest::Client,
    issuer: Origin,
}

impl Transport {
    pub(super) fn new(issuer: &Url, timeout: Duration) -> Result<Self, TransportError> {
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(TransportError::Failed)?;
        Ok(Self {
            client,
            issuer: issuer.origin(),
        })
    }

    /// Whether an address is safe: https, or where the issuer is, which the settings let be http on loopback only.
    pub(super) fn admits(&self, url: &Url) -> bool {
        url.scheme() == "https" || url.origin() == self.issuer
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(TransportError::Failed)?;
        if !self.admits(request.url()) {
            return Err(TransportError::Insecure);
        }
        let sent = self.client.execute(request).await;
        let mut response = sent.map_err(TransportError::Failed)?;
        let status = response.status();
        if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
            return Err(TransportError::Busy(status.as_u16()));
        }
        let headers = std::mem::take(response.headers_mut());
        let mut answer = http::Response::new(read(response).await?);
        *answer.status_mut() = status;
        *answer.headers_mut() = headers;
        Ok(answer)
    }
}

async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(TransportError::Failed)? {
        if body.len() + chunk.len() > MOST {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
