//! The webhooks of the demo: those of the story come before it is served, those of the present as they happen.

use std::{net::Ipv4Addr, time::Duration};

use simulator::{Control, WebhookFaults, WebhookTarget};
use tokio::net::TcpListener;
use url::Url;

use super::story::LENGTH;
use crate::{
    http, paths,
    secret::Secret,
    staff::Actor,
    state::AppState,
    worker::{Pace, Work as _},
};

/// Hours before the end in which webhooks were lost, so that a sweep has something to find.
const LOST: (u64, u64) = (44, 38);

/// Where Persona's webhooks go while the story is told, and what signs them.
pub(super) struct Channel {
    listener: TcpListener,
    pub(super) target: WebhookTarget,
}

impl Channel {
    pub(super) async fn open(secret: String) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = url(listener.local_addr()?.port())?;
        Ok(Self {
            listener,
            target: WebhookTarget { url, secret },
        })
    }

    /// Tells what happened in the story, finds what was lost, and leads the rest to where the demo is served.
    pub(super) async fn tell(self, state: &AppState, persona: &Control) -> anyhow::Result<()> {
        persona.clear_faults();
        persona.adopt_clock();
        let serving = tokio::spawn(http::answer(self.listener, state.clone()));
        persona.send_webhooks();
        persona.webhooks_idle().await;
        serving.abort();
        while state.webhooks.step().await? == Pace::Now {}
        state.sweeps.start(&Actor::System.to_string()).await?;
        while state.sweeps.step().await? == Pace::Now {}
        persona.disable_webhooks();
        let _ = persona.add_webhook(&WebhookTarget {
            url: url(state.config.server.addr.port())?,
            secret: self.target.secret,
        });
        Ok(())
    }
}

/// A secret as Persona makes them.
pub(super) fn secret() -> anyhow::Result<String> {
    Ok(format!("wbhsec_{}", Secret::random()?.expose()))
}

/// Whether what happens so long after the beginning of the story is lost.
pub(super) fn faults(at: Duration) -> WebhookFaults {
    let before_end = |hours: u64| LENGTH.saturating_sub(Duration::from_hours(hours));
    WebhookFaults {
        lose: (before_end(LOST.0)..before_end(LOST.1)).contains(&at),
        ..WebhookFaults::default()
    }
}

fn url(port: u16) -> anyhow::Result<Url> {
    Ok(format!("http://127.0.0.1:{port}{}", paths::WEBHOOK).parse()?)
}
