//! `simulator`: a local Persona until Ctrl-C.

use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Parser;
use simulator::{Options, Simulator, WebhookTarget};
use url::Url;

/// A local Persona with a memory.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen.
    #[arg(long, default_value_t = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 4010))]
    addr: SocketAddr,
    /// The API key that is let in; the prefix `persona_production_` makes this a production environment.
    #[arg(
        long,
        env = "SIMULATOR_API_KEY",
        default_value = "persona_sandbox_simulator",
        hide_env_values = true
    )]
    api_key: String,
    /// Base of the links that it hands out.
    #[arg(long)]
    public_url: Option<Url>,
    /// Requests per minute.
    #[arg(long, default_value_t = 300)]
    rate_limit: u32,
    /// Where events are posted.
    #[arg(long, requires = "webhook_secret")]
    webhook_url: Option<Url>,
    /// The secret that signs them.
    #[arg(long, env = "SIMULATOR_WEBHOOK_SECRET", hide_env_values = true)]
    webhook_secret: Option<String>,
    /// Listens on an address that other machines reach, although the control API has no key.
    #[arg(long)]
    allow_non_loopback: bool,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let webhook = arguments
        .webhook_url
        .zip(arguments.webhook_secret)
        .map(|(url, secret)| WebhookTarget { url, secret });
    let simulator = Simulator::start(Options {
        addr: arguments.addr,
        public_url: arguments.public_url,
        api_key: arguments.api_key,
        rate_limit_per_minute: arguments.rate_limit,
        webhook,
        allow_non_loopback: arguments.allow_non_loopback,
        ..Options::default()
    })
    .await?;
    writeln!(
        io::stdout(),
        "API {}\nControl {}",
        simulator.api_url(),
        simulator.control_url()
    )?;
    tokio::signal::ctrl_c().await?;
    simulator.shutdown().await;
    Ok(())
}
