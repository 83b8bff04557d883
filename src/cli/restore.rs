//! `leftoff restore`.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::{output, setup};
use crate::{audit::check, clock::Clock, config::Config, store::copy};

/// Put a backup where the database is, while it is not served. The database that was there is kept beside it.
#[derive(Args, Debug)]
pub(super) struct Restore {
    /// The file that `leftoff backup` wrote.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Restore {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        let aside = format!(".before-restore-{}", Clock::system().now_ms());
        let (from, url) = (self.file.clone(), config.database.url.clone());
        let restored = tokio::task::spawn_blocking(move || copy::restore(&from, &url, &aside));
        let kept = restored.await??;
        if let Some(kept) = &kept {
            output::say(&format!(
                "the database before is kept as {}",
                kept.display()
            ));
        }
        let store = setup::store(config).await?;
        let head = match check(&store, None).await? {
            Ok(head) => head.to_string(),
            Err(fault) => bail!("restored, but the audit is not whole: {fault}"),
        };
        store.close().await;
        if self.json {
            let done = json!({ "head": head, "kept": kept });
            output::result(&done.to_string())?;
        } else {
            output::say(&format!("restored: audit whole, head {head}"));
        }
        Ok(())
    }
}
