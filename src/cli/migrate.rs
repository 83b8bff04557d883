//! `leftoff migrate`.

use std::collections::BTreeMap;

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{output, setup};
use crate::{
    audit::check,
    config::Config,
    store::{Store, examine::examine, transfer::transfer},
};

/// Make the database, or bring its tables up to date; with `--from`, move everything into it from another.
#[derive(Args, Debug)]
pub(super) struct Migrate {
    /// The database to move everything from. Nothing of it is changed; no server may run on it.
    #[arg(
        long,
        value_name = "URL",
        env = "LEFTOFF_MIGRATE_FROM",
        hide_env_values = true
    )]
    from: Option<String>,
    /// The empty database to move everything to, instead of `database.url`.
    #[arg(
        long,
        value_name = "URL",
        requires = "from",
        env = "LEFTOFF_MIGRATE_TO",
        hide_env_values = true
    )]
    to: Option<String>,
    /// Print the schema before and after as JSON.
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        if let Some(from) = self.from {
            let to = self.to.unwrap_or_else(|| config.database.url.clone());
            return move_all(from, to, self.json).await;
        }
        let before = schema(config).await?;
        setup::store(config).await?.close().await;
        let after = schema(config).await?;
        if self.json {
            output::result(&json!({ "before": before, "after": after }).to_string())?;
        } else {
            output::say(&match before {
                before if before == after => format!("the schema is {after} already"),
                0 => format!("made, with the schema {after}"),
                before => format!("brought from the schema {before} to {after}"),
            });
        }
        Ok(())
    }
}

/// Moves everything, and verifies the audit where it is now.
async fn move_all(from: String, to: String, json: bool) -> anyhow::Result<()> {
    let moved = transfer(from, to.clone()).await?;
    let store = Store::open(&to).await?;
    let head = match check(&store, None).await? {
        Ok(head) => head.to_string(),
        Err(fault) => bail!("everything is moved, but the audit is not whole: {fault}"),
    };
    store.close().await;
    if json {
        let rows: BTreeMap<_, _> = moved.iter().map(|one| (one.table, one.rows)).collect();
        return Ok(output::result(
            &json!({ "rows": rows, "head": head }).to_string(),
        )?);
    }
    for one in moved.iter().filter(|one| one.rows > 0) {
        output::say(&format!("{:>12}  {}", one.rows, one.table));
    }
    output::say(&format!("moved: audit whole, head {head}"));
    Ok(())
}

/// The schema that the database has; 0 when there is none.
async fn schema(config: &Config) -> anyhow::Result<i64> {
    let url = config.database.url.clone();
    Ok(tokio::task::spawn_blocking(move || examine(&url).schema()).await?)
}
