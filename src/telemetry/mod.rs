//! Logging, to standard error, and traces, to a collector if the settings name one.

mod otlp;

use std::io;

use tracing::{Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt as _, filter_fn},
    fmt,
    prelude::*,
    registry::LookupSpan,
};

pub use otlp::{OtlpError, Traces};

use crate::config::{Log, LogFormat, Telemetry};

/// Starts logging as the settings say. A filter that cannot be read falls back to `info`.
pub fn start(log: &Log) {
    init(tracing_subscriber::registry().with(lines(log)));
}

/// The same, and traces are sent until what this gives is closed.
///
/// # Errors
/// When the traces' client cannot be made.
pub fn start_traced(log: &Log, settings: &Telemetry) -> Result<Option<Traces>, OtlpError> {
    let Some(traces) = Traces::new(settings)? else {
        start(log);
        return Ok(None);
    };
    let layer = traces.layer().with_filter(filter_fn(is_our_span));
    init(tracing_subscriber::registry().with(lines(log)).with(layer));
    Ok(Some(traces))
}

/// Lines are events alone: what stands in spans is for traces.
fn lines<S>(log: &Log) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = filter.and(filter_fn(is_event));
    let lines = fmt::layer().with_writer(io::stderr);
    match log.format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => {
            let lines = lines
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_span_list(false);
            lines.with_filter(filter).boxed()
        }
    }
}

fn is_event(metadata: &Metadata<'_>) -> bool {
    metadata.is_event()
}

/// Spans of other crates may hold addresses; of ours we know what is in them.
fn is_our_span(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    metadata.is_span() && (target.starts_with("leftoff::") || target.starts_with("persona::"))
}

fn init(subscriber: impl Subscriber + Send + Sync + 'static) {
    if let Err(error) = tracing::subscriber::set_global_default(subscriber) {
        tracing::debug!(%error, "logging was started before");
    }
}
