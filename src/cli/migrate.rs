//! `leftoff migrate`.

use clap::Args;
use serde_json::json;

use super::{output, setup};
use crate::{config::Config, store::examine::examine};

/// Make the database, or bring its tables up to date.
#[derive(Args, Debug)]
pub(super) struct Migrate {
    /// Print the schema before and after as JSON.
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let before = schema(config);
        setup::store(config).await?.close().await;
        let after = schema(config);
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

/// The schema that the database has; 0 when there is none.
fn schema(config: &Config) -> i64 {
    let state = examine(&config.database.url).state.and_then(Result::ok);
    state.map_or(0, |state| state.schema)
}
