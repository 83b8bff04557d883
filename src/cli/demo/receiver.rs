//! A receiver of webhooks beside the demo, so that the page of deliveries has something to show.

use std::net::Ipv4Addr;

use axum::{Router, http::StatusCode};
use tokio::net::TcpListener;

use crate::{deliver::NewEndpoint, staff::Actor, state::AppState};

/// Starts a receiver on this machine that takes everything, and has the demo tell it everything.
pub(super) async fn start(state: &AppState) -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/leftoff", listener.local_addr()?);
    let router = Router::new().fallback(async || StatusCode::NO_CONTENT);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let new = NewEndpoint {
        url,
        description: "Case system of the demo".to_owned(),
        events: None,
    };
    let (endpoint, _) = state.deliveries.add(&Actor::System, &new).await?;
    state.deliveries.test(&Actor::System, &endpoint.id).await?;
    Ok(())
}
