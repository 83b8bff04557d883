//! `leftoff link create|list|revoke`.

use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use persona::InquiryId;
use serde_json::json;
use url::Url;

use super::{output, setup};
use crate::{
    clock::Clock,
    config::Config,
    inquiries::Inquiries,
    links::{Links, MadeLink, NewLink, Why, channel::Channel, factor::Factor, wishes},
    paths,
    staff::Actor,
    words::Words,
};

/// Make, list and revoke links.
#[derive(Debug, Subcommand)]
pub(super) enum Link {
    /// Make a link that leads a person to one inquiry. Its URL is shown once and kept nowhere.
    Create(Create),
    /// List the newest links.
    List(List),
    /// Take a link and its hand-offs back.
    Revoke(Revoke),
}

#[derive(Args, Debug)]
pub(super) struct Create {
    /// Persona's ID of the inquiry.
    inquiry: InquiryId,
    /// Why it is made, as a code such as person-asked.
    #[arg(long, default_value = "by-hand")]
    reason: String,
    /// Who makes it.
    #[arg(long, env = "USER", hide_env_values = true, default_value = "operator")]
    by: String,
    /// More about why, in words.
    #[arg(long)]
    note: Option<String>,
    /// How long it lives, such as 7d or 12h.
    #[arg(long, value_parser = humantime::parse_duration)]
    expires_in: Option<Duration>,
    /// What the person must prove: none or birthdate.
    #[arg(long, default_value = "none")]
    factor: Factor,
    /// Where the person goes at the end; its host must be in `portal.return_hosts`.
    #[arg(long)]
    return_url: Option<Url>,
    /// The language of the page, such as es.
    #[arg(long)]
    locale: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct List {
    /// Of this inquiry only.
    #[arg(long)]
    inquiry: Option<InquiryId>,
    /// Print JSON, one object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct Revoke {
    /// The link's ID, as `list` shows it.
    id: String,
    /// Why it is taken back, as a code such as mistake.
    #[arg(long, default_value = "by-hand")]
    reason: String,
    /// Who takes it back.
    #[arg(long, env = "USER", hide_env_values = true, default_value = "operator")]
    by: String,
}

impl Link {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<()> {
        let store = setup::store(&config).await?;
        let links = Links::new(store.clone(), Clock::system(), config.links.clone());
        match self {
            Self::Create(create) => {
                let persona = setup::persona(&config)?;
                let inquiries = Inquiries::new(store, persona, Clock::system(), &config);
                create.run(&config, &inquiries, &links).await
            }
            Self::List(list) => list.run(&links).await,
            Self::Revoke(revoke) => revoke.run(&links).await,
        }
    }
}

impl Create {
    async fn run(
        self,
        config: &Config,
        inquiries: &Inquiries,
        links: &Links,
    ) -> anyhow::Result<()> {
        self.check(config)?;
        let json = self.json;
        let inquiry = inquiries
            .refresh(&self.inquiry)
            .await
            .context("the inquiry cannot be read")?;
        let made = links.create(self.into()).await?;
        let url = url(config, &made)?;
        output::result(&if json {
            json!({ "id": made.row.id, "url": url, "expires_at": time(made.row.expires_at),
                "inquiry": inquiry.id, "status": inquiry.status })
            .to_string()
        } else {
            url.to_string()
        })?;
        Ok(())
    }

    fn check(&self, config: &Config) -> anyhow::Result<()> {
        if let Some(tag) = &self.locale
            && !wishes::is_spoken(tag)
        {
            bail!(
                "--locale {tag} is not among the portal's languages: {}",
                Words::tags()
            );
        }
        if let Some(url) = &self.return_url
            && !wishes::may_return_to(url, &config.portal.return_hosts)
        {
            bail!("--return-url must be https and its host in portal.return_hosts");
        }
        Ok(())
    }
}

impl From<Create> for NewLink {
    fn from(create: Create) -> Self {
        Self {
            inquiry_id: create.inquiry.to_string(),
            maker: Actor::Cli(create.by).to_string(),
            reason: create.reason,
            note: create.note,
            channel: Channel::Cli,
            factor: create.factor,
            return_url: create.return_url,
            locale: create.locale,
            life: create.expires_in,
        }
    }
}

impl List {
    async fn run(self, links: &Links) -> anyhow::Result<()> {
        let now = Clock::system().now_ms();
        for link in links
            .list(self.inquiry.as_ref().map(InquiryId::as_str))
            .await?
        {
            let state = link.standing(now).code();
            output::result(&if self.json {
                json!({ "id": link.id, "inquiry": link.inquiry_id, "state": state, "maker": link.maker,
                    "reason": link.reason, "factor": link.factor, "expires_at": time(link.expires_at) })
                .to_string()
            } else {
                format!(
                    "{}  {}  {:8}  {}  {}",
                    link.id,
                    link.inquiry_id,
                    state,
                    time(link.expires_at),
                    link.reason
                )
            })?;
        }
        Ok(())
    }
}

impl Revoke {
    async fn run(self, links: &Links) -> anyhow::Result<()> {
        let why = Why {
            actor: Actor::Cli(self.by).to_string(),
            reason: self.reason,
            note: None,
        };
        if !links.revoke(&self.id, why).await? {
            bail!("there is no link {} that could be revoked", self.id);
        }
        output::say("revoked");
        Ok(())
    }
}

/// The URL that the person opens.
pub(super) fn url(config: &Config, made: &MadeLink) -> anyhow::Result<Url> {
    Ok(config
        .server
        .public_url
        .join(&paths::link(made.token.expose()))?)
}

fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or(Timestamp::MAX)
        .to_string()
}
