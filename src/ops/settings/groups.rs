//! The settings in groups: what each is called, its key, and its value. Secrets only show whether they are set.

use leptos::prelude::*;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::{
    config::{Config, LogFormat, SecondFactor},
    model::sdk,
    state::PERSONA_VERSION,
};

/// Settings that belong together.
pub(super) struct Group {
    name: &'static str,
    rows: Vec<Row>,
}

/// Name, key, value.
type Row = (&'static str, &'static str, String);

impl Group {
    pub(super) fn view(self) -> impl IntoView {
        let name = self.name;
        let rows: Vec<_> = self
            .rows
            .into_iter()
            .map(|(name, key, value)| {
                let key = (!key.is_empty()).then(|| view! { <code>{key}</code> });
                view! { <tr><th scope="row">{name}</th><td>{value}</td><td>{key}</td></tr> }
            })
            .collect();
        view! {
            <h2>{name}</h2>
            <div class="scroll" role="region" aria-label=name tabindex="0">
                <table class="settings">
                    <thead>
                        <tr>
                            <th scope="col">"Setting"</th>
                            <th scope="col">"Value"</th>
                            <th scope="col">"Key"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    }
}

/// Every group, in the order of the page.
pub(super) fn of(config: &Config) -> Vec<Group> {
    let groups = [
        ("Persona", persona(config)),
        ("Portal", portal(config)),
        ("Mail and messages", messages(config)),
        ("Staff and queue", staff(config)),
        ("Single sign-on", single_sign_on(config)),
        ("Webhooks to your systems", deliveries(config)),
        ("New links for people who lost theirs", recover(config)),
        ("Server", server(config)),
        ("Versions", versions()),
    ];
    let group = |(name, rows)| Group { name, rows };
    groups.into_iter().map(group).collect()
}

fn persona(config: &Config) -> Vec<Row> {
    let persona = &config.persona;
    vec![
        ("API key", "persona.api_key", secret(&persona.api_key)),
        ("API", "persona.api_url", persona.api_url.to_string()),
        (
            "Host of the flow",
            "persona.flow_host",
            persona.flow_host.clone(),
        ),
        (
            "Hosts of one-time links",
            "persona.link_hosts",
            list(&persona.link_hosts),
        ),
        (
            "Longest request",
            "persona.timeout_seconds",
            format!("{} s", persona.timeout_seconds),
        ),
        (
            "Webhook secrets",
            "persona.webhook_secrets",
            match persona.webhook_secrets.len() {
                0 => not_set(),
                1 => "set".to_owned(),
                more => format!("{more} set"),
            },
        ),
        (
            "Alarm without webhooks for",
            "webhooks.silent_minutes",
            format!("{} min", config.webhooks.silent_minutes),
        ),
        (
            "Missed events are looked for every",
            "sweep.every_minutes",
            match config.sweep.every_minutes {
                0 => "off".to_owned(),
                minutes => format!("{minutes} min"),
            },
        ),
    ]
}

fn portal(config: &Config) -> Vec<Row> {
    let (portal, links) = (&config.portal, &config.links);
    let url = |url: &Option<Url>| url.as_ref().map_or_else(not_set, Url::to_string);
    vec![
        ("Company", "portal.name", portal.name.clone()),
        ("Help page", "portal.help_url", url(&portal.help_url)),
        (
            "Help address",
            "portal.help_email",
            portal.help_email.clone().unwrap_or_else(not_set),
        ),
        (
            "Privacy notice",
            "portal.privacy_url",
            url(&portal.privacy_url),
        ),
        (
            "Time that people are told",
            "portal.minutes",
            format!("{} min", portal.minutes),
        ),
        (
            "Time zone that people are told",
            "portal.time_zone",
            portal.time_zone.clone(),
        ),
        (
            "Hosts to return to",
            "portal.return_hosts",
            list(&portal.return_hosts),
        ),
        ("Life of a link", "links.days", format!("{} d", links.days)),
        (
            "Life of a hand-off",
            "links.hand_off_minutes",
            format!("{} min", links.hand_off_minutes),
        ),
        (
            "Wrong answers before a lock",
            "links.factor_attempts",
            links.factor_attempts.to_string(),
        ),
    ]
}

fn messages(config: &Config) -> Vec<Row> {
    let (mail, sms) = (&config.mail, &config.sms);
    let is_set = |value: &Option<SecretString>| value.as_ref().map_or_else(not_set, secret);
    let from = mail.from.as_ref().map_or_else(not_set, ToString::to_string);
    vec![
        ("Mail server", "mail.smtp_url", is_set(&mail.smtp_url)),
        ("Mail is from", "mail.from", from),
        ("Gateway of short messages", "sms.url", is_set(&sms.url)),
        ("Gateway's secret", "sms.secret", is_set(&sms.secret)),
        (
            "Longest request",
            "sms.timeout_seconds",
            format!("{} s", sms.timeout_seconds),
        ),
    ]
}

fn staff(config: &Config) -> Vec<Row> {
    let ops = &config.ops;
    let second_factor = match ops.second_factor {
        SecondFactor::Required => "required",
        SecondFactor::Optional => "optional",
    };
    vec![
        (
            "Second factor",
            "ops.second_factor",
            second_factor.to_owned(),
        ),
        (
            "Signed out when idle for",
            "ops.idle_minutes",
            format!("{} min", ops.idle_minutes),
        ),
        (
            "Signed out at the latest after",
            "ops.session_hours",
            format!("{} h", ops.session_hours),
        ),
        (
            "A proof is good for",
            "ops.proof_minutes",
            format!("{} min", ops.proof_minutes),
        ),
        (
            "Attempts to sign in",
            "ops.sign_in_attempts",
            ops.sign_in_attempts.to_string(),
        ),
        (
            "Listed when stopped for",
            "ops.pending_hours",
            format!("{} h", ops.pending_hours),
        ),
        (
            "Listed when not begun for",
            "ops.created_hours",
            format!("{} h", ops.created_hours),
        ),
        (
            "Listed when not decided for",
            "ops.undecided_hours",
            format!("{} h", ops.undecided_hours),
        ),
    ]
}

fn single_sign_on(config: &Config) -> Vec<Row> {
    let Some(oidc) = &config.oidc else {
        let off = "off: people sign in by password".to_owned();
        return vec![("OpenID Connect", "oidc", off)];
    };
    vec![
        ("Provider", "oidc.name", oidc.name.clone()),
        ("Issuer", "oidc.issuer", oidc.issuer.as_str().to_owned()),
        ("Client", "oidc.client_id", oidc.client_id.clone()),
        (
            "Client secret",
            "oidc.client_secret",
            secret(&oidc.client_secret),
        ),
        (
            "Longest request",
            "oidc.timeout_seconds",
            format!("{} s", oidc.timeout_seconds),
        ),
    ]
}

fn deliveries(config: &Config) -> Vec<Row> {
    let deliveries = &config.deliveries;
    let networks: Vec<_> = deliveries
        .allow_networks
        .iter()
        .map(ToString::to_string)
        .collect();
    let waits: Vec<_> = deliveries
        .retry_seconds
        .iter()
        .map(|wait| format!("{wait} s"))
        .collect();
    vec![
        (
            "Private networks that they may go to",
            "deliveries.allow_networks",
            list(&networks),
        ),
        (
            "Longest attempt",
            "deliveries.timeout_seconds",
            format!("{} s", deliveries.timeout_seconds),
        ),
        (
            "Tried again after",
            "deliveries.retry_seconds",
            list(&waits),
        ),
        (
            "Disabled when failing for",
            "deliveries.disable_after_hours",
            format!("{} h", deliveries.disable_after_hours),
        ),
        (
            "Attempts at once",
            "deliveries.at_once",
            deliveries.at_once.to_string(),
        ),
    ]
}

fn recover(config: &Config) -> Vec<Row> {
    let recover = &config.recover;
    vec![
        (
            "Requests an hour from one address",
            "recover.an_hour",
            recover.an_hour.to_string(),
        ),
        (
            "Between two links for one inquiry",
            "recover.pause_minutes",
            format!("{} min", recover.pause_minutes),
        ),
        (
            "Links a day for one inquiry",
            "recover.a_day",
            recover.a_day.to_string(),
        ),
    ]
}

fn server(config: &Config) -> Vec<Row> {
    let (server, limits, log) = (&config.server, &config.limits, &config.log);
    let format = match log.format {
        LogFormat::Text => "text",
        LogFormat::Json => "JSON",
    };
    // The address of a database may hold a password.
    let database = config.database.url.split(':').next().unwrap_or_default();
    vec![
        (
            "Public address",
            "server.public_url",
            server.public_url.to_string(),
        ),
        ("Listens at", "server.addr", server.addr.to_string()),
        (
            "Address of clients",
            "server.client_ip",
            format!("{:?}", server.client_ip),
        ),
        ("Secret", "server.secret", secret(&server.secret)),
        ("Database", "database.url", database.to_owned()),
        (
            "Pages a minute from one address",
            "limits.pages",
            limits.pages.to_string(),
        ),
        (
            "Acts a minute from one address",
            "limits.acts",
            limits.acts.to_string(),
        ),
        (
            "Requests a minute of one API key",
            "limits.api",
            limits.api.to_string(),
        ),
        ("Log", "log.format", format.to_owned()),
        ("What is logged", "log.filter", log.filter.clone()),
    ]
}

fn versions() -> Vec<Row> {
    vec![
        ("Leftoff", "", env!("CARGO_PKG_VERSION").to_owned()),
        ("Persona's API", "", PERSONA_VERSION.to_owned()),
        ("Persona's browser SDK", "", sdk::VERSION.to_owned()),
    ]
}

fn secret(secret: &SecretString) -> String {
    if secret.expose_secret().is_empty() {
        not_set()
    } else {
        "set".to_owned()
    }
}

fn not_set() -> String {
    "not set".to_owned()
}

fn list(hosts: &[String]) -> String {
    if hosts.is_empty() {
        "none".to_owned()
    } else {
        hosts.join(", ")
    }
}
