//! What Leftoff is measured beside, each in a process of its own: `benches/peers`, and a bare passthrough.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use simulator::Simulator;

use crate::running::{API_KEY, Running, free_address};

/// The folder of a peer.
///
/// # Errors
/// When nobody said where the peers lie.
pub fn folder(name: &str) -> Result<PathBuf> {
    let peers = env::var_os("PEERS").context("PEERS names the folder of the peers")?;
    Ok(Path::new(&peers).join(name))
}

/// axum and reqwest, which resume and hand the token on.
///
/// # Errors
/// When it cannot be started.
pub async fn passthrough(persona: &Simulator) -> Result<Running> {
    start_passthrough(persona, None).await
}

/// The bare passthrough with one duty: a row of each resume is in this SQLite file before the answer.
///
/// # Errors
/// When it cannot be started.
pub async fn durable_passthrough(persona: &Simulator, database: &Path) -> Result<Running> {
    start_passthrough(persona, Some(text(database)?)).await
}

async fn start_passthrough(persona: &Simulator, database: Option<String>) -> Result<Running> {
    let (addr, url) = free_address()?;
    let mut variables = variables(persona, &url)?;
    variables.push(("ADDR", addr));
    variables.extend(database.map(|file| ("DATABASE", file)));
    // It was built along with what measures it, and lies beside it.
    let program = env::current_exe()?.with_file_name("passthrough");
    Running::start(&program, &[], &variables, url).await
}

/// Express.
///
/// # Errors
/// When it cannot be started.
pub async fn express(persona: &Simulator) -> Result<Running> {
    let (_, url) = free_address()?;
    let script = text(&folder("express-resume")?.join("server.js"))?;
    let variables = variables(persona, &url)?;
    Running::start(Path::new("node"), &[&script], &variables, url).await
}

/// Express with better-sqlite3, which takes webhooks into a database and knows their secrets.
///
/// # Errors
/// When it cannot be started.
pub async fn express_webhooks(database: &Path, secrets: &str) -> Result<Running> {
    let (_, url) = free_address()?;
    let script = text(&folder("express-webhooks")?.join("server.js"))?;
    let mut variables = place(&url)?;
    variables.push(("DATABASE", text(database)?));
    variables.push(("SECRETS", secrets.to_owned()));
    Running::start(Path::new("node"), &[&script], &variables, url).await
}

/// Next.js with persona-react, as it was built.
///
/// # Errors
/// When it cannot be started.
pub async fn next(persona: &Simulator) -> Result<Running> {
    let (_, url) = free_address()?;
    let folder = folder("next-persona-react")?;
    let next = text(&folder.join("node_modules/next/dist/bin/next"))?;
    let variables = variables(persona, &url)?;
    let arguments = [&next, "start", "--hostname", "127.0.0.1", &text(&folder)?];
    Running::start(Path::new("node"), &arguments, &variables, url).await
}

/// Flask by Persona's tutorial, behind waitress; its page takes the SDK from `sdk`.
///
/// # Errors
/// When it cannot be started.
pub async fn flask(persona: &Simulator, sdk: &str) -> Result<Running> {
    let (addr, url) = free_address()?;
    let python = env::var_os("PYTHON").context("PYTHON names the interpreter with Flask")?;
    let listen = format!("--listen={addr}");
    let arguments = ["-m", "waitress", &listen, "--threads=16", "server:app"];
    let mut variables = variables(persona, &url)?;
    variables.push(("PYTHONPATH", text(&folder("flask-tutorial")?)?));
    variables.push(("SDK_URL", sdk.to_owned()));
    Running::start(Path::new(&python), &arguments, &variables, url).await
}

/// What every peer of a resume is told: where Persona is, its key, and where to listen.
fn variables(persona: &Simulator, url: &str) -> Result<Vec<(&'static str, String)>> {
    let mut all = place(url)?;
    all.extend([
        ("API_KEY", API_KEY.to_owned()),
        ("API_URL", persona.api_url().to_string()),
        ("FLOW_HOST", persona.flow_host()),
        ("NEXT_TELEMETRY_DISABLED", "1".to_owned()),
    ]);
    Ok(all)
}

/// Where to listen, as released software does.
fn place(url: &str) -> Result<Vec<(&'static str, String)>> {
    let (_, port) = url.rsplit_once(':').context("no port")?;
    Ok(vec![
        ("PORT", port.to_owned()),
        ("NODE_ENV", "production".to_owned()),
    ])
}

fn text(path: &Path) -> Result<String> {
    let text = path.to_str().context("a path that is no text")?;
    Ok(text.to_owned())
}
