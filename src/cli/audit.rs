//! `leftoff audit verify|export`.

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    pin::pin,
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use futures_util::TryStreamExt as _;
use serde_json::{Value, json};

use super::{output, setup};
use crate::{
    audit::{Fault, Format, check, check_file, export},
    clock::Clock,
    config::Config,
    evidence::Evidence,
    staff::Actor,
    store::audit::{self, AuditQuery, Deed, Head},
};

/// Prove that nobody changed what is written of who did what, and take it out.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk the chain and name the first row that was changed, removed, added or moved.
    Verify(Verify),
    /// Write the whole chain to standard output. The export is itself an entry.
    Export(Export),
}

#[derive(Args, Debug)]
pub(super) struct Verify {
    /// Verify this file instead of the database: an export as JSON lines, or the evidence of an inquiry.
    #[arg(long)]
    pub(super) file: Option<PathBuf>,
    /// A head that was noted earlier, as SEQ:HASH: the chain must still go through it.
    #[arg(long, value_parser = head)]
    head: Option<Head>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct Export {
    /// jsonl, which can be verified, or csv, which spreadsheets read.
    #[arg(long, value_parser = format, default_value = "jsonl")]
    format: Format,
    /// Who does it, as the audit names them.
    #[arg(long, env = "USER", hide_env_values = true, default_value = "operator")]
    by: String,
}

/// A chain, or a part of one, that is whole.
struct Whole {
    head: Head,
    rows: Option<usize>,
}

/// Something that is wrong with it.
struct Broken {
    seq: Option<i64>,
    code: &'static str,
    text: String,
}

impl Command {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<()> {
        match self {
            Self::Verify(verify) => verify.database(config).await,
            Self::Export(export) => export.run(config).await,
        }
    }
}

impl Verify {
    async fn database(self, config: &Config) -> anyhow::Result<()> {
        let store = setup::store(config).await?;
        let checked = check(&store, self.head.clone()).await?;
        store.close().await;
        let checked = checked.map(|head| Whole { head, rows: None });
        self.tell(checked.map_err(Broken::from))
    }

    /// Needs neither settings nor a database.
    pub(super) fn file(&self, path: &Path) -> anyhow::Result<()> {
        let unread = || format!("{} cannot be read", path.display());
        let mut file = BufReader::new(File::open(path).with_context(unread)?);
        let is_lines = file
            .fill_buf()
            .with_context(unread)?
            .starts_with(b"{\"format\":\"leftoff-audit-");
        if is_lines {
            let checked = check_file(file, self.head.clone());
            let checked = checked.map(|(head, rows)| Whole {
                head,
                rows: Some(rows),
            });
            return self.tell(checked.map_err(Broken::from));
        }
        let text = fs::read(path).with_context(unread)?;
        let checked = Evidence::parse(&text).and_then(|evidence| {
            evidence.verify(self.head.as_ref())?;
            Ok(Whole {
                rows: Some(evidence.rows.len()),
                head: evidence.head,
            })
        });
        self.tell(checked.map_err(|wrong| Broken {
            seq: None,
            code: "evidence",
            text: wrong.to_string(),
        }))
    }

    fn tell(&self, checked: Result<Whole, Broken>) -> anyhow::Result<()> {
        match checked {
            Ok(whole) => {
                let text = whole.text();
                output::result(&if self.json {
                    whole.json().to_string()
                } else {
                    text
                })?;
                Ok(())
            }
            Err(broken) => {
                if self.json {
                    output::result(&broken.json().to_string())?;
                }
                bail!("the audit is not whole: {}", broken.text)
            }
        }
    }
}

impl Whole {
    fn text(&self) -> String {
        let rows = self
            .rows
            .map(|rows| format!("{rows} rows, "))
            .unwrap_or_default();
        format!("whole: {rows}head {}", self.head)
    }

    fn json(&self) -> Value {
        json!({ "whole": true, "head": self.head.to_string(), "rows": self.rows })
    }
}

impl Broken {
    fn json(&self) -> Value {
        json!({ "whole": false, "seq": self.seq, "fault": self.code, "text": self.text })
    }
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        Self {
            seq: Some(fault.seq()),
            code: fault.code(),
            text: fault.to_string(),
        }
    }
}

impl Export {
    async fn run(self, config: &Config) -> anyhow::Result<()> {
        let store = setup::store(config).await?;
        let deed = Deed {
            at: Clock::system().now_ms(),
            actor: Actor::Cli(self.by).to_string(),
            act: "audit-exported".to_owned(),
            object: "audit".to_owned(),
            after: Some(json!({ "format": self.format.code() }).to_string()),
            ..Deed::default()
        };
        let last = store
            .change(move |change| audit::append(change, deed))
            .await?;
        let pieces = export(
            store.clone(),
            self.format,
            AuditQuery::default(),
            None,
            last.head(),
        );
        let mut pieces = pin!(pieces);
        let mut stdout = io::stdout().lock();
        while let Some(piece) = pieces.try_next().await? {
            stdout.write_all(&piece)?;
        }
        stdout.flush()?;
        output::say(&format!("head {}", last.head()));
        store.close().await;
        Ok(())
    }
}

fn head(text: &str) -> Result<Head, String> {
    let parts = text
        .split_once(':')
        .and_then(|(seq, hash)| Some((seq.parse().ok()?, hash)));
    let (seq, hash) = parts
        .filter(|(_, hash)| hash.len() == 64)
        .ok_or_else(|| "a head looks like 12:ab34…, a number and 64 hex digits".to_owned())?;
    Ok(Head {
        seq,
        hash: hash.to_owned(),
    })
}

fn format(text: &str) -> Result<Format, String> {
    Format::parse(text).ok_or_else(|| "a format is jsonl or csv".to_owned())
}
