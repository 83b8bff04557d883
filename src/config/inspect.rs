//! Settings as far as they can be read, for whoever looks at what is wrong with them.

use std::path::Path;

use figment::Figment;
use leptos::config::LeptosOptions;
use serde::de::DeserializeOwned;

use super::{
    Config, Database, Deliveries, Limits, Links, Log, Mail, Metrics, Oidc, Ops, Persona, Portal,
    Recover, Server, Sms, Sweep, Telemetry, Webhooks, check, layers,
};

/// The sections that could be read, and what is wrong with the settings as a whole.
#[derive(Clone, Debug, Default)]
pub struct Inspected {
    /// One sentence for each problem; with none of them the settings can be used.
    pub problems: Vec<String>,
    /// Where the built site lies.
    pub leptos: Option<LeptosOptions>,
    /// How we listen and are reached.
    pub server: Option<Server>,
    /// How Persona is reached.
    pub persona: Option<Persona>,
    /// Where state is kept.
    pub database: Option<Database>,
    /// What people see of the company.
    pub portal: Option<Portal>,
    /// The staff's provider, if there is one.
    pub oidc: Option<Oidc>,
    /// How mail leaves.
    pub mail: Option<Mail>,
    /// The company's own gateway for short messages.
    pub sms: Option<Sms>,
}

impl Inspected {
    /// Reads the file and the environment section by section, so that one bad section hides no other.
    #[must_use]
    pub fn read(file: &Path) -> Self {
        let mut problems = Vec::new();
        let figment = layers(file, &[], &mut problems);
        let whole = figment.extract::<Config>();
        let inspected = Self::sections(&figment, problems);
        match whole {
            Ok(config) => inspected.with(check::problems(&config)),
            // A section says it better, unless the fault is in none of them.
            Err(errors) if inspected.problems.is_empty() => {
                inspected.with(errors.into_iter().map(|error| error.to_string()))
            }
            Err(_) => inspected,
        }
    }

    fn with(mut self, problems: impl IntoIterator<Item = String>) -> Self {
        self.problems.extend(problems);
        self
    }

    fn sections(figment: &Figment, mut problems: Vec<String>) -> Self {
        section::<Ops>(figment, "ops", &mut problems);
        section::<Links>(figment, "links", &mut problems);
        section::<Limits>(figment, "limits", &mut problems);
        section::<Log>(figment, "log", &mut problems);
        section::<Metrics>(figment, "metrics", &mut problems);
        section::<Telemetry>(figment, "telemetry", &mut problems);
        section::<Deliveries>(figment, "deliveries", &mut problems);
        section::<Recover>(figment, "recover", &mut problems);
        section::<Webhooks>(figment, "webhooks", &mut problems);
        section::<Sweep>(figment, "sweep", &mut problems);
        Self {
            leptos: section(figment, "leptos", &mut problems),
            server: section(figment, "server", &mut problems),
            persona: section(figment, "persona", &mut problems),
            database: section(figment, "database", &mut problems),
            portal: section(figment, "portal", &mut problems),
            oidc: section(figment, "oidc", &mut problems),
            mail: section(figment, "mail", &mut problems),
            sms: section(figment, "sms", &mut problems),
            problems,
        }
    }
}

/// A section, or why it cannot be read.
fn section<T: DeserializeOwned>(
    figment: &Figment,
    name: &str,
    problems: &mut Vec<String>,
) -> Option<T> {
    figment.find_value(name).ok()?;
    match figment.focus(name).extract() {
        Ok(section) => Some(section),
        Err(errors) => {
            problems.extend(errors.into_iter().map(|error| sentence(name, &error)));
            None
        }
    }
}

/// The key first, as in every other problem.
fn sentence(section: &str, error: &figment::Error) -> String {
    let keys = error.path.iter().map(String::as_str);
    let path: Vec<_> = std::iter::once(section).chain(keys).collect();
    format!("{}: {}", path.join("."), error.kind)
}
