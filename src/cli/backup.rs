//! `leftoff backup`.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;

use super::output;
use crate::{
    audit::check,
    config::Config,
    store::{Store, copy},
};

/// Copy the database to a file, while it is served. The file appears when it is whole; its audit is verified.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The file to write. It must not be there yet.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Backup {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let (url, to) = (config.database.url.clone(), self.file.clone());
        tokio::task::spawn_blocking(move || copy::back_up(&url, &to)).await??;
        let file = self.file.display();
        let store = Store::open_to_read(&format!("sqlite:{file}"))?;
        let checked = check(&store, None).await;
        let head = match checked.context("the audit in the backup cannot be read")? {
            Ok(head) => head.to_string(),
            Err(fault) => bail!("{file} is written, but its audit is not whole: {fault}"),
        };
        store.close().await;
        let bytes = fs::metadata(&self.file)?.len();
        if self.json {
            let made = json!({ "file": self.file, "bytes": bytes, "head": head });
            output::result(&made.to_string())?;
        } else {
            output::say(&format!("{file}: {bytes} bytes, audit whole, head {head}"));
        }
        Ok(())
    }
}
