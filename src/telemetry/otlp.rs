//! Traces by OTLP over HTTP, through the HTTP client that we have already.

use std::{collections::HashMap, future::Future, pin::Pin, time::Duration};

use opentelemetry::{KeyValue, trace::TracerProvider as _};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{
    Resource,
    trace::{SdkTracer, SdkTracerProvider},
};
use secrecy::ExposeSecret as _;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

use crate::config::Telemetry;

/// A collector that takes longer loses what it did not take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Where a collector takes traces (<https://opentelemetry.io/docs/specs/otlp/#otlphttp-request>).
const TRACES: &str = "v1/traces";

/// Why traces cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum OtlpError {
    /// The HTTP client cannot be made.
    #[error("the HTTP client of the traces cannot be made")]
    Client(#[from] reqwest::Error),
    /// The endpoint cannot be used.
    #[error("telemetry.otlp_endpoint cannot be used")]
    Endpoint(#[from] opentelemetry_otlp::ExporterBuildError),
}

/// Collects spans and sends them in the background.
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Prepares what the settings say; nothing when they name no collector. It needs the runtime that it is called in.
    pub(super) fn new(settings: &Telemetry) -> Result<Option<Self>, OtlpError> {
        let Some(base) = &settings.otlp_endpoint else {
            return Ok(None);
        };
        let endpoint = format!("{}/{TRACES}", base.as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new()?)
            .with_endpoint(endpoint)
            .with_timeout(PATIENCE)
            .with_headers(headers(settings))
            .build()?;
        let resource = Resource::builder()
            .with_service_name("leftoff")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Some(Self(provider)))
    }

    /// What hands spans over.
    pub(super) fn layer<S>(&self) -> OpenTelemetryLayer<S, SdkTracer>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("leftoff"))
            .with_location(false)
            .with_threads(false)
    }

    /// Sends what was collected, and no more.
    pub async fn close(self) {
        let closed = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(PATIENCE));
        if let Ok(Err(error)) = closed.await {
            tracing::warn!(%error, "the last traces were not taken");
        }
    }
}

/// `name=value,name=value`.
fn headers(settings: &Telemetry) -> HashMap<String, String> {
    let headers = settings.otlp_headers.as_ref();
    let headers = headers.map_or("", |headers| headers.expose_secret());
    let pairs = headers.split(',').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// Our HTTP client as the exporter calls it: from a thread of its own, which is none of the runtime's.
#[derive(Debug)]
struct Client {
    http: reqwest::Client,
    runtime: Handle,
}

impl Client {
    fn new() -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            http,
            runtime: Handle::current(),
        })
    }
}

impl HttpClient for Client {
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        let http = self.http.clone();
        let sent = self.runtime.spawn(async move {
            let answer = http.execute(request.try_into()?).await?;
            let mut response = Response::builder().status(answer.status());
            if let Some(headers) = response.headers_mut() {
                headers.clone_from(answer.headers());
            }
            Ok::<_, HttpError>(response.body(answer.bytes().await?)?)
        });
        Box::pin(async move { sent.await? })
    }
}
