//! What settings must fulfil beyond their types.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::tz::TimeZone;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::Config;
use crate::colour::Colour;

/// 256 bits as base64 are longer.
const SHORTEST_SECRET: usize = 32;

/// Every problem of the settings, each as a sentence that names its key.
pub(super) fn problems(config: &Config) -> Vec<String> {
    let mut problems = Vec::new();
    check_persona(config, &mut problems);
    check_server(config, &mut problems);
    check_portal(config, &mut problems);
    check_oidc(config, &mut problems);
    check_numbers(config, &mut problems);
    check_mail(config, &mut problems);
    check_sms(config, &mut problems);
    check_telemetry(config, &mut problems);
    problems
}

fn check_persona(config: &Config, problems: &mut Vec<String>) {
    let persona = &config.persona;
    if persona.api_key.expose_secret().trim().is_empty() {
        problems.push("persona.api_key is empty: set LEFTOFF_PERSONA__API_KEY".to_owned());
    }
    if !is_https_or_loopback(&persona.api_url) {
        problems.push("persona.api_url must be https (http only for a loopback host)".to_owned());
    }
    let has_blank = |secret: &SecretString| secret.expose_secret().contains(char::is_whitespace);
    if persona.webhook_secrets.iter().any(has_blank) {
        problems.push(
            "persona.webhook_secrets holds a blank: separate two secrets by a comma alone"
                .to_owned(),
        );
    }
    let flow = Url::parse(&persona.flow_origin());
    let is_host = flow.is_ok_and(|url| url.path() == "/" && url.query().is_none())
        && !persona.flow_host.contains(['@', '/', '?', '#']);
    if !is_host {
        problems.push(
            "persona.flow_host must be a host alone, such as inquiry.withpersona.com".to_owned(),
        );
    }
}

fn check_server(config: &Config, problems: &mut Vec<String>) {
    let url = &config.server.public_url;
    if !is_https_or_loopback(url) {
        problems.push("server.public_url must be https (http only for a loopback host)".to_owned());
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        problems.push(
            "server.public_url must be an origin alone, such as https://verify.example.com"
                .to_owned(),
        );
    }
    if config.server.secret.expose_secret().trim().len() < SHORTEST_SECRET {
        problems.push(
            "server.secret needs 32 characters or more: set LEFTOFF_SERVER__SECRET, for instance to what \
             `openssl rand -base64 32` prints"
                .to_owned(),
        );
    }
    let database = &config.database.url;
    let schemes = ["sqlite:", "postgres://", "postgresql://"];
    if !schemes.iter().any(|scheme| database.starts_with(scheme)) {
        problems.push("database.url must start with sqlite: or postgres://".to_owned());
    }
}

fn check_portal(config: &Config, problems: &mut Vec<String>) {
    let portal = &config.portal;
    if portal.name.trim().is_empty() {
        problems.push("portal.name is empty: people must see who asks".to_owned());
    }
    for (key, value) in [
        ("accent", &portal.accent),
        ("accent_dark", &portal.accent_dark),
    ] {
        if Colour::parse(value).is_none() {
            problems.push(format!(
                "portal.{key} must look like #0b57d0, not {value:?}"
            ));
        }
    }
    if TimeZone::get(&portal.time_zone).is_err() {
        problems.push(format!(
            "portal.time_zone must be the name of a zone, such as Europe/Berlin, not {:?}",
            portal.time_zone
        ));
    }
    if portal.help_url.is_none() && portal.help_email.is_none() {
        problems.push(
            "set portal.help_url or portal.help_email: a person who is stuck must reach you"
                .to_owned(),
        );
    }
    if let Some(logo) = portal.logo.as_ref().filter(|logo| !logo.is_file()) {
        problems.push(format!("portal.logo: there is no file {}", logo.display()));
    }
}

fn check_oidc(config: &Config, problems: &mut Vec<String>) {
    let Some(oidc) = &config.oidc else { return };
    let issuer = oidc.issuer.url();
    if !is_https_or_loopback(issuer) {
        problems.push("oidc.issuer must be https (http only for a loopback host)".to_owned());
    }
    let bare = issuer.username().is_empty() && issuer.password().is_none();
    if !bare || issuer.query().is_some() || issuer.fragment().is_some() {
        problems.push(
            "oidc.issuer must be the address alone, such as https://login.example.com".to_owned(),
        );
    }
    let texts = [
        ("client_id", oidc.client_id.as_str()),
        ("client_secret", oidc.client_secret.expose_secret()),
        ("name", oidc.name.as_str()),
    ];
    let empty = texts.into_iter().filter(|(_, text)| text.trim().is_empty());
    problems.extend(empty.map(|(key, _)| format!("oidc.{key} is empty")));
    if oidc.timeout_seconds == 0 {
        problems.push("oidc.timeout_seconds must be at least 1".to_owned());
    }
}

fn check_numbers(config: &Config, problems: &mut Vec<String>) {
    let numbers = [
        ("persona.timeout_seconds", config.persona.timeout_seconds),
        ("portal.minutes", config.portal.minutes.into()),
        ("links.days", config.links.days.into()),
        (
            "links.hand_off_minutes",
            config.links.hand_off_minutes.into(),
        ),
        ("links.factor_attempts", config.links.factor_attempts.into()),
        (
            "deliveries.timeout_seconds",
            config.deliveries.timeout_seconds,
        ),
        (
            "deliveries.disable_after_hours",
            config.deliveries.disable_after_hours.into(),
        ),
        ("deliveries.at_once", config.deliveries.at_once.into()),
        ("sms.timeout_seconds", config.sms.timeout_seconds),
        ("recover.an_hour", config.recover.an_hour.into()),
        ("recover.a_day", config.recover.a_day.into()),
        ("limits.pages", config.limits.pages.into()),
        ("limits.acts", config.limits.acts.into()),
        ("limits.api", config.limits.api.into()),
    ];
    let zeros = numbers.into_iter().filter(|(_, number)| *number == 0);
    problems.extend(zeros.map(|(key, _)| format!("{key} must be at least 1")));
}

fn check_mail(config: &Config, problems: &mut Vec<String>) {
    let Some(url) = &config.mail.smtp_url else {
        return;
    };
    if config.mail.from.is_none() {
        problems.push("mail.from is missing: say whom mail is from".to_owned());
    }
    if !Url::parse(url.expose_secret()).is_ok_and(|url| is_secret_or_loopback(&url)) {
        problems.push(
            "mail.smtp_url must be smtps://host, or smtp://host?tls=required (plain smtp only for a loopback host)"
                .to_owned(),
        );
    }
}

fn check_sms(config: &Config, problems: &mut Vec<String>) {
    let sms = &config.sms;
    if sms.url.is_some() != sms.secret.is_some() {
        problems.push("sms.url and sms.secret belong together: set both, or neither".to_owned());
    }
    let url = sms.url.as_ref().map(|url| Url::parse(url.expose_secret()));
    if url.is_some_and(|url| !url.is_ok_and(|url| is_https_or_loopback(&url))) {
        problems.push("sms.url must be https (http only for a loopback host)".to_owned());
    }
    if sms
        .secret
        .as_ref()
        .is_some_and(|secret| !is_signing_secret(secret.expose_secret()))
    {
        problems.push(
            "sms.secret must be whsec_ and the base64 of 24 bytes or more, for instance whsec_ and what \
             `openssl rand -base64 32` prints"
                .to_owned(),
        );
    }
}

/// As <https://www.standardwebhooks.com> writes a symmetric secret.
fn is_signing_secret(secret: &str) -> bool {
    const SHORTEST: usize = 24;
    let bytes = secret
        .strip_prefix("whsec_")
        .and_then(|text| STANDARD.decode(text).ok());
    bytes.is_some_and(|bytes| bytes.len() >= SHORTEST)
}

fn check_telemetry(config: &Config, problems: &mut Vec<String>) {
    let endpoint = config.telemetry.otlp_endpoint.as_ref();
    if endpoint.is_some_and(|url| !matches!(url.scheme(), "http" | "https") || !url.has_host()) {
        problems.push(
            "telemetry.otlp_endpoint must be http or https, such as http://localhost:4318"
                .to_owned(),
        );
    }
    let headers = config.telemetry.otlp_headers.as_ref();
    if headers.is_some_and(|headers| {
        let mut pairs = headers.expose_secret().split(',');
        !pairs.all(|pair| pair.contains('='))
    }) {
        problems.push("telemetry.otlp_headers must look like name=value,name=value".to_owned());
    }
    let addr = config.server.addr;
    // Port 0 is another one each time.
    if config.metrics.addr == Some(addr) && addr.port() != 0 {
        problems.push("metrics.addr must be another one than server.addr".to_owned());
    }
}

/// Mail holds links, so nobody on the way may read it.
fn is_secret_or_loopback(url: &Url) -> bool {
    let is_loopback = match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback()),
        None => return false,
    };
    let has_tls = url
        .query_pairs()
        .any(|pair| pair == ("tls".into(), "required".into()));
    match url.scheme() {
        "smtps" => true,
        "smtp" => has_tls || is_loopback,
        _ => false,
    }
}

fn is_https_or_loopback(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => match url.host() {
            Some(url::Host::Domain(domain)) => domain == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => false,
        },
        _ => false,
    }
}
