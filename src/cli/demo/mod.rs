//! `leftoff demo`: the portal beside a simulated Persona, with inquiries and links to try.

mod accounts;
mod automation;
mod plots;
mod receiver;
mod seeds;
mod sink;
mod story;
mod webhooks;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use clap::Args;
use ipnet::IpNet;
use secrecy::ExposeSecret as _;
use serde_json::json;
use simulator::{Options, Simulator};
use tokio::net::TcpListener;

use super::{output, serve, setup};
use crate::{
    clock::Clock,
    config::Config,
    http,
    mirror::Scope,
    paths,
    secret::Secret,
    staff::Actor,
    state::AppState,
    telemetry,
    worker::{Pace, Work as _},
};
use accounts::Account;
use seeds::SeededLink;
use webhooks::Channel;

/// What the demo is started with.
#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Where the simulated Persona listens.
    #[arg(long, default_value = "127.0.0.1:4010")]
    persona: SocketAddr,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

/// Enough that the demo's own tests never meet Persona's limit of 300 unless they ask for it.
const REQUESTS_A_MINUTE: u32 = 100_000;

impl Demo {
    pub(super) async fn run(&self, file: &Path) -> anyhow::Result<()> {
        let api_key = format!("persona_sandbox_{}", Secret::random()?.expose());
        let folder = std::env::temp_dir().join(format!("leftoff-demo-{}", std::process::id()));
        let host = format!("localhost:{}", self.persona.port());
        let sink = sink::open().await?;
        let defaults = [
            ("sms.url", sink.clone()),
            ("sms.secret", signing_secret()?),
            ("server.secret", Secret::random()?.expose().to_owned()),
            ("ops.second_factor", "optional".to_owned()),
            ("persona.api_key", api_key),
            ("persona.webhook_secrets", webhooks::secret()?),
            ("persona.api_url", format!("http://{host}/api/v1")),
            ("persona.flow_host", host),
            (
                "database.url",
                format!("sqlite://{}", folder.join("leftoff.db").display()),
            ),
        ];
        let mut config = Config::load_with(file, &defaults)?;
        config.persona.link_hosts = vec![config.persona.flow_host.clone()];
        config.deliveries.allow_networks = vec![IpNet::from(IpAddr::V4(Ipv4Addr::LOCALHOST))];
        telemetry::start(&config.log);
        let served = self.serve(config, &sink).await;
        // A demo leaves nothing behind; there is nothing to remove when the settings name another database.
        std::fs::remove_dir_all(folder).ok();
        served
    }

    async fn serve(&self, config: Config, sink: &str) -> anyhow::Result<()> {
        let secrets = &config.persona.webhook_secrets;
        let secret = secrets
            .first()
            .map(|secret| secret.expose_secret().to_owned());
        let channel = Channel::open(secret.unwrap_or_default()).await?;
        let persona = Simulator::start(self.options(&config, &channel)).await;
        let persona = persona.with_context(|| format!("cannot listen on {}", self.persona))?;
        persona.control().hold_webhooks();
        let addr = config.server.addr;
        let listener = TcpListener::bind(addr)
            .await
            .with_context(|| format!("cannot listen on {addr}"))?;
        let state = setup::state(config).await?;
        let accounts = story::play(&state, &persona.control()).await?;
        let links = seeds::plant(&state, &persona.control()).await?;
        channel.tell(&state, &persona.control()).await?;
        import(&state).await?;
        receiver::start(&state).await?;
        self.print(&state.config, &persona, sink, &links, &accounts)?;
        http::serve(listener, state, serve::stop()).await?;
        persona.shutdown().await;
        Ok(())
    }

    fn options(&self, config: &Config, channel: &Channel) -> Options {
        Options {
            addr: self.persona,
            api_key: config.persona.api_key.expose_secret().to_owned(),
            rate_limit_per_minute: REQUESTS_A_MINUTE,
            webhook: Some(channel.target.clone()),
            start_time: Some(Clock::system().now() - story::LENGTH),
            ..Options::default()
        }
    }

    fn print(
        &self,
        config: &Config,
        persona: &Simulator,
        sink: &str,
        links: &[SeededLink],
        accounts: &[Account],
    ) -> anyhow::Result<()> {
        let portal = &config.server.public_url;
        let control = persona.url().join("control")?;
        if self.json {
            let links: Vec<_> = links
                .iter()
                .map(|link| json!({ "name": link.name, "inquiry": link.inquiry, "url": link.url }))
                .collect();
            let accounts: Vec<_> = accounts
                .iter()
                .map(|account| {
                    json!({ "role": account.role.code(), "email": account.email,
                    "password": account.password })
                })
                .collect();
            let made = json!({ "portal": portal, "control": control, "messages": sink, "links": links,
                "accounts": accounts });
            output::result(&made.to_string())?;
            return Ok(());
        }
        output::result(&format!("\nLeftoff runs at {portal}"))?;
        output::result(&format!("The simulated Persona's controls: {control}\n"))?;
        output::result(&format!("The short messages that policies write: {sink}\n"))?;
        output::result("Open one of these links:\n")?;
        for link in links {
            output::result(&format!("  {}\n    {}", link.tells, link.url))?;
        }
        let ops = portal.join(paths::OPS)?;
        output::result(&format!("\nSign in as staff at {ops}:\n"))?;
        for account in accounts {
            let (role, email, password) = (account.role.code(), account.email, &account.password);
            output::result(&format!("  {role:8}  {email:22}  {password}"))?;
        }
        output::result("\nCtrl-C stops the demo.")?;
        Ok(())
    }
}

/// What webhooks to the sink are signed with.
fn signing_secret() -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(format!("whsec_{}", STANDARD.encode(bytes)))
}

/// Fills the queue as an operator would.
async fn import(state: &AppState) -> anyhow::Result<()> {
    let actor = Actor::System.to_string();
    state.mirror.start(&actor, &Scope::default()).await?;
    while state.mirror.step().await? == Pace::Now {}
    Ok(())
}
