//! `leftoff serve`.

use anyhow::Context as _;
use tokio::{net::TcpListener, signal};

use super::setup;
use crate::{config::Config, http};

/// Serves until it is told to stop by Ctrl-C or SIGTERM.
pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let addr = config.server.addr;
    let state = setup::state(config).await?;
    let listener = TcpListener::bind(addr)
        .await
        .with_context(|| format!("cannot listen on {addr}"))?;
    tracing::info!(%addr, public_url = %state.config.server.public_url, "serving");
    http::serve(listener, state, stop()).await?;
    Ok(())
}

/// Resolves when the process is told to stop.
pub(super) async fn stop() {
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping");
}
