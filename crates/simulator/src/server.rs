//! The running simulator: listener, router, webhook sender, and their end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use crate::connection::{CuttingListener, Scissors};
use crate::control::Control;
use crate::options::Options;
use crate::shared::Shared;
use crate::{api, control, flow, intake, webhook_sender};

/// How long requests that are under way may take when the simulator stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// A running simulated Persona; it stops when this is dropped.
pub struct Simulator {
    addr: SocketAddr,
    url: Url,
    control_url: Url,
    api_url: Url,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    server: JoinHandle<io::Result<()>>,
    sender: JoinHandle<()>,
}

impl Simulator {
    /// Listens and serves in tasks of the current runtime.
    ///
    /// # Errors
    /// If the address can't be bound, or if other machines could reach it and `allow_non_loopback` is not set.
    pub async fn start(options: Options) -> io::Result<Self> {
        if !options.addr.ip().is_loopback() && !options.allow_non_loopback {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the control API has no key, so the simulator listens on a loopback address only, unless told otherwise",
            ));
        }
        let listener = TcpListener::bind(options.addr).await?;
        let addr = listener.local_addr()?;
        let local = parse(&format!("http://localhost:{}", addr.port()))?;
        let url = options.public_url.clone().unwrap_or_else(|| local.clone());
        let (stop, stopping) = watch::channel(false);
        let shared = Arc::new(Shared::new(
            options,
            url.as_str().trim_end_matches('/').to_owned(),
            stopping,
        ));
        Ok(Self {
            addr,
            api_url: parse(&format!("http://localhost:{}/api/v1", addr.port()))?,
            url,
            control_url: parse(&format!("http://localhost:{}/control", addr.port()))?,
            server: tokio::spawn(serve(listener, Arc::clone(&shared))),
            sender: tokio::spawn(webhook_sender::run(Arc::clone(&shared))),
            shared,
            stop,
        })
    }

    /// The base of the REST API, `http://localhost:PORT/api/v1`.
    #[must_use]
    pub fn api_url(&self) -> Url {
        self.api_url.clone()
    }

    /// The base of the hosted pages and of the links that are handed out.
    #[must_use]
    pub fn url(&self) -> Url {
        self.url.clone()
    }

    /// The page on which people see and move the simulated world, `http://localhost:PORT/control`.
    #[must_use]
    pub fn control_url(&self) -> Url {
        self.control_url.clone()
    }

    /// What the browser SDK takes as `host`: `localhost:PORT`.
    #[must_use]
    pub fn flow_host(&self) -> String {
        format!("localhost:{}", self.addr.port())
    }

    /// A handle with the power of the HTTP control API.
    #[must_use]
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.shared))
    }

    /// Stops listening, lets requests end for a second, and drops the rest.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(FAREWELL, &mut self.server).await;
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        self.server.abort();
        self.sender.abort();
    }
}

fn parse(url: &str) -> io::Result<Url> {
    Url::parse(url).map_err(io::Error::other)
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    let mut stopping = shared.stopping.clone();
    let app = router(shared).into_make_service_with_connect_info::<Scissors>();
    axum::serve(CuttingListener(listener), app)
        .with_graceful_shutdown(async move {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        })
        .await
}

/// Everything that is served. Only what a client of Persona would ask is logged and hit by faults.
fn router(shared: Arc<Shared>) -> Router {
    let persona = Router::new()
        .merge(api::router())
        .merge(flow::router())
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&shared),
            intake::receive,
        ));
    persona
        .merge(flow::assets())
        .merge(control::router())
        .with_state(shared)
}
