//! `leftoff serve`.

use std::future::{Future, pending};

use anyhow::Context as _;
use tokio::{net::TcpListener, signal};

use super::setup;
use crate::{
    config::Config,
    http,
    meter::{self, Figures},
    state::AppState,
    telemetry,
};

/// Serves until it is told to stop by Ctrl-C or SIGTERM.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let traces = telemetry::start_traced(&config.log, &config.telemetry)?;
    let served = serve(config).await;
    if let Some(traces) = traces {
        traces.close().await;
    }
    served
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let addr = config.server.addr;
    let figures = figures(&config).await?;
    // Whoever stops us while we begin is heard too.
    let stop = stop();
    let state = setup::state(config).await?;
    let writable = state.store.is_writable().await;
    writable.context("the database cannot be written")?;
    let listener = listen(addr).await?;
    let addr = listener.local_addr()?;
    tracing::info!(%addr, public_url = %state.config.server.public_url, "serving");
    let showing = tokio::spawn(show(figures, state.clone()));
    http::serve(listener, state, stop).await?;
    showing.abort();
    tracing::info!("stopped");
    Ok(())
}

async fn listen(addr: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(addr).await;
    listener.with_context(|| format!("cannot listen on {addr}"))
}

/// Begins to count before there is anything to count, if the settings say where figures are served.
async fn figures(config: &Config) -> anyhow::Result<Option<(TcpListener, Figures)>> {
    let Some(addr) = config.metrics.addr else {
        return Ok(None);
    };
    Ok(Some((listen(addr).await?, meter::start()?)))
}

async fn show(figures: Option<(TcpListener, Figures)>, state: AppState) {
    let Some((listener, figures)) = figures else {
        return;
    };
    if let Ok(addr) = listener.local_addr() {
        tracing::info!(%addr, "figures are served");
    }
    if let Err(error) = http::serve_figures(listener, state, figures).await {
        tracing::error!(%error, "figures are no longer served");
    }
}

/// Resolves when the process is told to stop. It listens from this call on.
pub(super) fn stop() -> impl Future<Output = ()> + Send + 'static {
    let terminate = signal::unix::signal(signal::unix::SignalKind::terminate());
    let interrupt = signal::unix::signal(signal::unix::SignalKind::interrupt());
    async move {
        let told = async |signal: std::io::Result<signal::unix::Signal>| match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => pending().await,
        };
        tokio::select! {
            () = told(interrupt) => {}
            () = told(terminate) => {}
        }
        tracing::info!("stopping");
    }
}
