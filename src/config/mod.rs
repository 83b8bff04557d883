//! Settings: `Leptos.toml`, then environment variables `LEFTOFF_SECTION__KEY`.
//!
//! [`Config::load`] reports every problem at once, in plain words.

mod check;
mod inspect;
mod sections;

use std::{env, fs, path::Path};

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use leptos::config::LeptosOptions;
use serde::Deserialize;

pub use inspect::Inspected;
pub use sections::{
    ClientAddress, ClientIp, Database, Deliveries, Limits, Links, Log, LogFormat, Mail, Metrics,
    Oidc, Ops, Persona, Portal, Recover, SecondFactor, Server, Sms, Sweep, Telemetry, Webhooks,
};

/// Everything that a running Leftoff is told from outside.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the built site lies; Leptos' own section.
    pub leptos: LeptosOptions,
    /// How we listen and are reached.
    pub server: Server,
    /// How Persona is reached.
    pub persona: Persona,
    /// Where state is kept.
    pub database: Database,
    /// What people see of the company.
    pub portal: Portal,
    /// Life of links.
    pub links: Links,
    /// How the staff works.
    pub ops: Ops,
    /// Where the staff may sign in besides here; `None` when only here.
    pub oidc: Option<Oidc>,
    /// How mail leaves.
    #[serde(default)]
    pub mail: Mail,
    /// How webhooks leave.
    #[serde(default)]
    pub deliveries: Deliveries,
    /// How short messages leave.
    #[serde(default)]
    pub sms: Sms,
    /// How often somebody may ask for a new link.
    #[serde(default)]
    pub recover: Recover,
    /// How Persona's webhooks are watched.
    pub webhooks: Webhooks,
    /// How often is looked for what no webhook told of.
    pub sweep: Sweep,
    /// How much one address may ask for.
    pub limits: Limits,
    /// What is logged, and how.
    pub log: Log,
    /// Where figures are served; nowhere when absent.
    #[serde(default)]
    pub metrics: Metrics,
    /// Where traces are sent; nowhere when absent.
    #[serde(default)]
    pub telemetry: Telemetry,
}

/// Why the settings cannot be used: one line for each problem.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:\n{}", .0.iter().map(|p| format!("  - {p}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads the file and the environment, and checks what they say.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem found.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        Self::load_with(file, &[])
    }

    /// The same, with other defaults: they win over the file, and the environment over them.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem found.
    pub fn load_with(file: &Path, defaults: &[(&str, String)]) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let figment = layers(file, defaults, &mut problems);
        match figment.extract::<Self>() {
            Ok(config) => {
                problems.extend(check::problems(&config));
                if problems.is_empty() {
                    Ok(config)
                } else {
                    Err(ConfigError(problems))
                }
            }
            Err(errors) => {
                problems.extend(errors.into_iter().map(|error| error.to_string()));
                Err(ConfigError(problems))
            }
        }
    }
}

/// The file, other defaults over it, the environment over both.
fn layers(file: &Path, defaults: &[(&str, String)], problems: &mut Vec<String>) -> Figment {
    let file = Figment::new().merge(Toml::file_exact(file));
    let figment = defaults
        .iter()
        .fold(file, |figment, (key, value)| {
            figment.merge(Serialized::default(key, value))
        })
        .merge(environment());
    with_secret_files(figment, problems)
}

/// Sections that variables may speak of; a variable of another name is not ours.
const SECTIONS: &[&str] = &[
    "leptos",
    "server",
    "persona",
    "database",
    "portal",
    "links",
    "ops",
    "oidc",
    "mail",
    "deliveries",
    "limits",
    "log",
    "metrics",
    "recover",
    "sms",
    "telemetry",
    "webhooks",
    "sweep",
];

fn environment() -> Env {
    Env::prefixed("LEFTOFF_")
        .filter(|key| {
            let key = key.as_str().to_ascii_lowercase();
            let section = key.split("__").next().unwrap_or_default();
            SECTIONS.contains(&section) && !key.ends_with("_file")
        })
        .split("__")
}

/// `LEFTOFF_SECTION__KEY_FILE` names a file that holds the value of `LEFTOFF_SECTION__KEY`.
fn with_secret_files(mut figment: Figment, problems: &mut Vec<String>) -> Figment {
    for (name, path) in env::vars() {
        let Some(key) = name
            .strip_prefix("LEFTOFF_")
            .and_then(|n| n.strip_suffix("_FILE"))
        else {
            continue;
        };
        match fs::read_to_string(&path) {
            Ok(value) => {
                let key = key.to_ascii_lowercase().replace("__", ".");
                figment = figment.merge(Serialized::default(&key, value.trim_end()));
            }
            Err(error) => problems.push(format!("{name}: {path} cannot be read: {error}")),
        }
    }
    figment
}
