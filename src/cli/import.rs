//! `leftoff import`.

use std::time::Duration;

use anyhow::bail;
use clap::Args;

use super::{output, setup};
use crate::{
    clock::Clock,
    config::Config,
    mirror::{Mirror, STATUSES, Scope, State},
    staff::Actor,
    store::{Store, imports::ImportRow},
    worker::{Pace, Work as _},
};

/// Read inquiries from Persona into the queue. One that was interrupted goes on where it was.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// Only inquiries in these statuses, separated by commas.
    #[arg(long, value_delimiter = ',', value_parser = STATUSES)]
    status: Vec<String>,
    /// Only inquiries that were made lately, such as 30d.
    #[arg(long, value_parser = humantime::parse_duration)]
    since: Option<Duration>,
    /// Who does it, as the audit names them.
    #[arg(long, env = "USER", hide_env_values = true, default_value = "operator")]
    by: String,
}

impl Import {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<()> {
        let store = setup::store(&config).await?;
        let mirror = Mirror::new(store.clone(), setup::persona(&config)?, Clock::system());
        let id = self.begin(&store, &mirror).await?;
        follow(&store, &mirror, &id).await
    }

    /// Starts an import, or takes up one that was interrupted; gives its ID.
    async fn begin(self, store: &Store, mirror: &Mirror) -> anyhow::Result<String> {
        let since = self.since.map(|since| {
            let since = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
            Clock::system().now_ms().saturating_sub(since)
        });
        let scope = Scope::new(self.status, since)?;
        let actor = Actor::Cli(self.by).to_string();
        if let Some(import) = mirror.start(&actor, &scope).await? {
            return Ok(import.id);
        }
        let Some(running) = store.running_import().await? else {
            bail!("another import ended at this moment; start again");
        };
        let rows = running.inquiries;
        output::say(&format!(
            "goes on with the import that is under way, after {rows} inquiries"
        ));
        Ok(running.id)
    }
}

/// Steps until the import is over, and says how far it is.
async fn follow(store: &Store, mirror: &Mirror, id: &str) -> anyhow::Result<()> {
    let mut told = -1;
    loop {
        let pace = mirror.step().await?;
        let Some(import) = store.import(id).await? else {
            bail!("the import is gone");
        };
        if import.pages != told {
            told = import.pages;
            output::say(&format!("{} inquiries, {told} pages", import.inquiries));
        }
        if State::of(&import) != State::Running {
            return end(&import);
        }
        if let Pace::In(wait) = pace {
            let why = import
                .error
                .as_deref()
                .unwrap_or("the request limit is near");
            output::say(&format!("waits {} s: {why}", wait.as_secs().max(1)));
            tokio::time::sleep(wait).await;
        }
    }
}

fn end(import: &ImportRow) -> anyhow::Result<()> {
    match State::of(import) {
        State::Done => {
            output::say(&format!("complete: {} inquiries", import.inquiries));
            Ok(())
        }
        State::Parked => bail!("stopped: {}", import.error.as_deref().unwrap_or_default()),
        _ => bail!("the import was cancelled"),
    }
}
