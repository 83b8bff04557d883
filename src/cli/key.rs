//! `leftoff key create|list|revoke`.

use std::time::Duration;

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;

use super::{output, setup};
use crate::{
    clock::Clock,
    config::Config,
    keys::{Keys, NewKey},
    model::scope::Scope,
    staff::Actor,
};

/// Make, list and revoke keys of the API.
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Make a key. It is printed once and kept nowhere.
    Create(Create),
    /// List the keys.
    List(List),
    /// Take a key back for good.
    Revoke(Revoke),
}

#[derive(Args, Debug)]
pub(super) struct Create {
    /// What it is called, such as the system that uses it.
    name: String,
    /// What it may do, separated by commas: links:read, links:write, inquiries:read, inquiries:resume, receipts:read,
    /// events:read.
    #[arg(long, required = true, value_delimiter = ',', value_parser = scope)]
    scope: Vec<Scope>,
    /// How long it is good, such as 90d; for ever without.
    #[arg(long, value_parser = humantime::parse_duration)]
    expires_in: Option<Duration>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    by: By,
}

#[derive(Args, Debug)]
pub(super) struct List {
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct Revoke {
    /// The key's ID, as `list` shows it.
    id: String,
    #[command(flatten)]
    by: By,
}

#[derive(Args, Debug)]
struct By {
    /// Who does it, as the audit names them.
    #[arg(long, env = "USER", default_value = "operator")]
    by: String,
}

impl Key {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let keys = Keys::new(setup::store(config).await?, Clock::system());
        match self {
            Self::Create(create) => create.run(&keys).await,
            Self::List(list) => list.run(&keys).await,
            Self::Revoke(revoke) => revoke.run(&keys).await,
        }
    }
}

impl Create {
    async fn run(self, keys: &Keys) -> anyhow::Result<()> {
        let new = NewKey {
            name: self.name,
            scopes: self.scope,
            life: self.expires_in,
        };
        let made = keys.create(&Actor::Cli(self.by.by), new).await?;
        let key = made.token.expose();
        if self.json {
            let json = json!({ "id": made.row.id, "key": key, "name": made.row.name, "scopes": made.row.scopes,
                "expires_at": made.row.expires_at.map(time) });
            return Ok(output::result(&json.to_string())?);
        }
        output::say("the key, shown this once:");
        Ok(output::result(&key)?)
    }
}

impl List {
    async fn run(self, keys: &Keys) -> anyhow::Result<()> {
        let now = Clock::system().now_ms();
        for key in keys.list().await? {
            let state = key.state(now).code();
            output::result(&if self.json {
                json!({ "id": key.id, "name": key.name, "state": state, "scopes": key.scopes,
                    "created_by": key.created_by, "expires_at": key.expires_at.map(time),
                    "last_used_at": key.last_used_at.map(time) })
                .to_string()
            } else {
                format!("{}  {state:7}  {}  {}", key.id, key.name, key.scopes)
            })?;
        }
        Ok(())
    }
}

impl Revoke {
    async fn run(self, keys: &Keys) -> anyhow::Result<()> {
        if !keys.revoke(&Actor::Cli(self.by.by), &self.id).await? {
            bail!("there is no key {} that could be revoked", self.id);
        }
        output::say("revoked");
        Ok(())
    }
}

fn scope(text: &str) -> Result<Scope, String> {
    let known = || Scope::ALL.map(Scope::code).join(", ");
    Scope::parse(text).ok_or_else(|| format!("a scope is one of {}", known()))
}

fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or(Timestamp::MAX)
        .to_string()
}
