//! Whether Persona answers our key, and what the key may do.

use std::time::Duration;

use jiff::SignedDuration;
use persona::{
    Client, Error, IdempotencyKey, InquiryFilter, InquiryId, PERSONA_VERSION, PageRequest, Probe,
    Shape,
};
use secrecy::ExposeSecret as _;

use super::{Doctor, Finding, bounded, finding::Topic, templates, webhook};
use crate::{config, secret::Secret};

const KEY: Topic = Topic {
    check: "persona-key",
    name: "API key",
    why: "Without a key that Persona accepts nobody's inquiry can be resumed.",
};
const REACH: Topic = Topic {
    check: "persona",
    name: "Persona",
    why: "Each press of the button waits for Persona.",
};
const LIMIT: Topic = Topic {
    check: "persona-limit",
    name: "Request limit",
    why: "All keys of an environment share it; when it is used up, people are asked to wait.",
};
const VERSION: Topic = Topic {
    check: "persona-version",
    name: "Version of the API",
    why: "Leftoff reads answers of one version; others may have another shape.",
};
const CLOCK: Topic = Topic {
    check: "clock",
    name: "Clock",
    why: "Webhooks are refused when the two clocks are minutes apart, and links and codes end at the wrong time.",
};
const READ: Topic = Topic {
    check: "persona-read",
    name: "Permission to read",
    why: "The state of an inquiry decides what a person is shown.",
};
const WRITE: Topic = Topic {
    check: "persona-write",
    name: "Permission to resume",
    why: "Resuming is what Leftoff is for.",
};

/// The longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// A slower answer is felt by people.
const SLOW: Duration = Duration::from_secs(2);
/// Clocks that are further apart are a warning; webhooks have five minutes.
const APART: SignedDuration = SignedDuration::from_secs(30);
const TOO_FAR_APART: SignedDuration = SignedDuration::from_mins(5);
/// Percent of the window below which Persona advises to slow down.
const LOW: u64 = 15;
/// An inquiry that cannot be: asking to resume it changes nothing, and tells whether the key may.
const NOBODY: &str = "inq_LeftoffDoctorAsksForNobodysIn00";

impl Doctor {
    pub(super) async fn look_at_persona(&self) -> Vec<Finding> {
        let Some(settings) = &self.settings.persona else {
            return vec![REACH.unseen("the section [persona] cannot be read")];
        };
        let client = match client(settings) {
            Ok(client) => client,
            Err(error) => {
                let todo = "Set LEFTOFF_PERSONA__API_KEY to a key as Persona shows it, and persona.api_url to its address.";
                return vec![KEY.failed(error.to_string(), todo)];
            }
        };
        let mut findings = match client.probe().await {
            Ok(probe) => self.judge(settings, &probe),
            Err(error) => return without_persona(&error),
        };
        let checks = vec![
            bounded(READ, read(&client)),
            bounded(WRITE, write(&client)),
            bounded(webhook::WEBHOOK, self.look_at_webhook(&client)),
            bounded(templates::DOMAIN, self.look_at_templates(&client)),
        ];
        let checked = futures_util::future::join_all(checks).await;
        findings.extend(checked.into_iter().flatten());
        findings
    }

    fn judge(&self, settings: &config::Persona, probe: &Probe) -> Vec<Finding> {
        vec![
            self.key(settings, probe),
            reach(settings, probe),
            limit(probe),
            VERSION.ok(format!("{PERSONA_VERSION} is answered")),
            self.look_at_clock(probe),
        ]
    }

    /// Persona tells the environment by its ID alone; the key's prefix says of which kind it is.
    fn key(&self, settings: &config::Persona, probe: &Probe) -> Finding {
        let environment = probe.environment_id.as_deref().unwrap_or("of no name");
        let found = |kind: &str| format!("is accepted: {kind}, environment {environment}");
        let server = self.settings.server.as_ref();
        let is_public = server.is_some_and(|server| server.public_url.scheme() == "https");
        match kind(settings) {
            Kind::Sandbox if is_public => KEY.warning(
                found("sandbox"),
                "Results of the sandbox are simulated: set a production key before real people come.",
            ),
            Kind::Sandbox => KEY.ok(found("sandbox")),
            Kind::Production => KEY.ok(found("production")),
            Kind::Unknown => KEY.note(
                found("neither sandbox nor production by its prefix"),
                "Compare the environment's ID with the one in Persona's dashboard.",
            ),
        }
    }

    fn look_at_clock(&self, probe: &Probe) -> Finding {
        let Some(date) = probe.date else {
            return CLOCK.note(
                "cannot be compared: Persona's answer has no date",
                "See for yourself that the clock is set by NTP.",
            );
        };
        let apart = self.clock.now().duration_since(date);
        let seconds = apart.as_secs();
        let found = match seconds {
            0 => "is the same as Persona's".to_owned(),
            1.. => format!("is {seconds} s ahead of Persona's"),
            _ => format!("is {} s behind Persona's", -seconds),
        };
        let todo = "Have this machine's clock set by NTP, such as `timedatectl set-ntp true`.";
        match apart.abs() {
            apart if apart >= TOO_FAR_APART => CLOCK.failed(found, todo),
            apart if apart >= APART => CLOCK.warning(found, todo),
            _ => CLOCK.ok(found),
        }
    }
}

fn client(settings: &config::Persona) -> Result<Client, persona::BuildError> {
    Client::builder(settings.api_key.clone())
        .api_url(settings.api_url.clone())
        .timeout(settings.timeout().min(PATIENCE))
        .max_retries(0)
        .user_agent(concat!("leftoff-doctor/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Which kind of environment a key is for (<https://docs.withpersona.com/api-keys>).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sandbox,
    Production,
    Unknown,
}

/// The kind of the key in the settings.
pub(super) fn kind(settings: &config::Persona) -> Kind {
    let key = settings.api_key.expose_secret();
    if key.starts_with("persona_sandbox_") {
        Kind::Sandbox
    } else if key.starts_with("persona_production_") {
        Kind::Production
    } else {
        Kind::Unknown
    }
}

fn reach(settings: &config::Persona, probe: &Probe) -> Finding {
    let host = settings.api_url.host_str().unwrap_or_default();
    let found = format!("{host} answered in {} ms", probe.took.as_millis());
    if probe.took >= SLOW {
        REACH.warning(
            found,
            "See whether the network or a proxy is slow, and https://status.withpersona.com.",
        )
    } else {
        REACH.ok(found)
    }
}

fn limit(probe: &Probe) -> Finding {
    let Some(limit) = probe.rate_limit else {
        return LIMIT.note(
            "is not told by Persona",
            "Nothing; without it work in the background does not know when to slow down.",
        );
    };
    let found = format!(
        "{} of {} requests are left for {} s",
        limit.remaining,
        limit.limit,
        limit.reset.as_secs()
    );
    if u64::from(limit.remaining) * 100 <= u64::from(limit.limit) * LOW {
        LIMIT.warning(
            found,
            "See what else uses the environment, or ask Persona for a higher limit.",
        )
    } else {
        LIMIT.ok(found)
    }
}

/// What the first answer says when it is none, and what cannot be looked at then.
fn without_persona(error: &Error) -> Vec<Finding> {
    let mut findings = vec![refused(error)];
    let others = [READ, WRITE, CLOCK, webhook::WEBHOOK, templates::DOMAIN];
    findings.extend(others.map(|topic| topic.unseen("Persona does not answer the key")));
    findings
}

fn refused(error: &Error) -> Finding {
    let found = error.to_string();
    match error {
        Error::Unauthorized { .. } => KEY.failed(
            found,
            "Make a key in Persona's dashboard, and set LEFTOFF_PERSONA__API_KEY to it; a key that was expired or belongs to another host is refused.",
        ),
        Error::Forbidden { details, .. } => KEY.failed(
            details.as_ref().map_or(found.clone(), |details| format!("{found}: {details}")),
            "Put this machine's address on the key's list of allowed addresses, and give the key its permissions.",
        ),
        Error::RateLimited { retry_after, .. } => LIMIT.failed(
            retry_after.map_or(found.clone(), |wait| format!("{found}, for {} s more", wait.as_secs())),
            "Wait, see what else uses the environment, or ask Persona for a higher limit.",
        ),
        Error::Invalid { .. } => VERSION.failed(
            found,
            "Use a newer Leftoff: Persona may have ended the version that this one speaks.",
        ),
        Error::Timeout | Error::Connect(_) | Error::Network(_) => REACH.failed(
            format!("{found}{}", cause(error)),
            "See that persona.api_url is right, that its name is resolved, and that this machine may reach it by https.",
        ),
        Error::MalformedAnswer { .. } | Error::UnexpectedStatus { .. } | Error::NotFound { .. } => REACH.failed(
            found,
            "See that persona.api_url is right and ends in /api/v1; a proxy in between may answer in Persona's place.",
        ),
        _ => REACH.failed(found, "See https://status.withpersona.com, and try again later."),
    }
}

/// The innermost cause of a connection that was not made.
fn cause(error: &Error) -> String {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause.and_then(std::error::Error::source) {
        cause = Some(inner);
    }
    cause.map_or_else(String::new, |cause| format!(" ({cause})"))
}

async fn read(client: &Client) -> Vec<Finding> {
    let listed = client
        .list_inquiries(&InquiryFilter::default(), &PageRequest::of(1))
        .await;
    vec![match listed {
        Ok(_) => READ.ok("inquiries can be read"),
        Err(error) => denied(READ, "inquiry.read", &error),
    }]
}

async fn write(client: &Client) -> Vec<Finding> {
    let (Ok(id), Ok(key)) = (InquiryId::parse(NOBODY), Secret::random()) else {
        return vec![WRITE.unseen("this machine gives no randomness")];
    };
    let key = IdempotencyKey::new(key.expose());
    let resumed = client.resume_inquiry(&id, &key, &Shape::state()).await;
    vec![match resumed {
        // It looked for the inquiry, so it would have resumed it.
        Ok(_) | Err(Error::NotFound { .. }) => WRITE.ok("inquiries can be resumed"),
        Err(error) => denied(WRITE, "inquiry.write", &error),
    }]
}

/// A permission that is missing, or something else that came in between.
pub(super) fn denied(topic: Topic, permission: &str, error: &Error) -> Finding {
    match error {
        Error::Forbidden { details, .. } => topic.failed(
            match details {
                Some(details) => format!("is missing: {error}: {details}"),
                None => format!("is missing: {error}"),
            },
            format!("Give the key the permission {permission} in Persona's dashboard."),
        ),
        error => topic.failed(
            error.to_string(),
            "See https://status.withpersona.com, and try again later.",
        ),
    }
}
