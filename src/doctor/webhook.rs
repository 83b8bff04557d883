//! Whether Persona's webhooks reach us.

use persona::{Client, EndpointStatus, Error, PERSONA_VERSION, PageRequest, WebhookEndpoint};

use super::{Doctor, Finding, finding::Topic, persona::denied};
use crate::{config::Server, paths};

pub(super) const WEBHOOK: Topic = Topic {
    check: "webhook",
    name: "Webhook",
    why: "By webhooks Leftoff learns at once that an inquiry expired or was decided; without them only a sweep finds it, later.",
};
const SECRET: Topic = Topic {
    check: "webhook-secret",
    name: "Webhook secret",
    why: "What is not signed with a secret that we know is refused, so without one no webhook is taken.",
};
const PRIVACY: Topic = Topic {
    check: "webhook-privacy",
    name: "Personal data in webhooks",
    why: "Leftoff drops them, but what is never sent cannot leak on the way.",
};

/// What Leftoff acts on.
const EVENTS: [&str; 9] = [
    "inquiry.created",
    "inquiry.started",
    "inquiry.completed",
    "inquiry.failed",
    "inquiry.expired",
    "inquiry.approved",
    "inquiry.declined",
    "inquiry.marked-for-review",
    "inquiry.redacted",
];
/// Takes the person's data out (<https://docs.withpersona.com/webhook-attribute-blocklists>).
const FIELDS: &str = "/data/attributes/fields/*";
/// More endpoints than these are not looked at.
const MOST: u8 = 100;

impl Doctor {
    pub(super) async fn look_at_webhook(&self, client: &Client) -> Vec<Finding> {
        let (Some(server), Some(settings)) = (&self.settings.server, &self.settings.persona) else {
            return vec![WEBHOOK.unseen("the section [server] cannot be read")];
        };
        let secrets = settings.webhook_secrets.len();
        let mut findings = vec![secret(secrets)];
        match client.list_webhook_endpoints(&PageRequest::of(MOST)).await {
            Ok(page) => findings.extend(judge(server, &page.items, secrets > 0)),
            Err(Error::Forbidden { .. }) => findings.push(WEBHOOK.note(
                "cannot be checked: the key may not read webhooks",
                "Give the key the permission webhook.read, or see in Persona's dashboard that a webhook leads here.",
            )),
            Err(error) => findings.push(denied(WEBHOOK, "webhook.read", &error)),
        }
        findings
    }
}

fn secret(count: usize) -> Finding {
    match count {
        0 => SECRET.warning(
            "is not set: no webhook is taken",
            "Set LEFTOFF_PERSONA__WEBHOOK_SECRETS to the secret that Persona shows of the webhook.",
        ),
        1 => SECRET.ok("is set"),
        count => SECRET.note(
            format!("{count} are set, as while one is rotated"),
            "Take the old one out when Persona no longer signs with it.",
        ),
    }
}

fn judge(server: &Server, endpoints: &[WebhookEndpoint], has_secret: bool) -> Vec<Finding> {
    let ours = format!(
        "{}{}",
        server.public_url.origin().ascii_serialization(),
        paths::WEBHOOK
    );
    let leads_here = |endpoint: &&WebhookEndpoint| {
        endpoint.attributes.url.trim_end_matches('/') == ours
            && endpoint.attributes.status != EndpointStatus::Archived
    };
    let mut found: Vec<_> = endpoints.iter().filter(leads_here).collect();
    // Of several the one that works tells.
    found.sort_by_key(|endpoint| endpoint.attributes.status != EndpointStatus::Enabled);
    let Some(endpoint) = found.first() else {
        return vec![WEBHOOK.warning(
            format!("none of Persona's {} leads to {ours}", endpoints.len()),
            format!(
                "Make one in Persona's dashboard with the address {ours}, and set its secret here."
            ),
        )];
    };
    let mut findings = vec![state(endpoint, has_secret)];
    findings.push(privacy(endpoint));
    findings
}

fn state(endpoint: &WebhookEndpoint, has_secret: bool) -> Finding {
    let WebhookEndpoint { id, attributes, .. } = endpoint;
    if attributes.status != EndpointStatus::Enabled {
        return WEBHOOK.failed(
            format!("{id} leads here and is {}", attributes.status),
            "Enable it in Persona's dashboard; what was dropped meanwhile, a sweep or an import finds.",
        );
    }
    let missing: Vec<_> = EVENTS
        .into_iter()
        .filter(|event| !attributes.gets(event))
        .collect();
    if !missing.is_empty() {
        return WEBHOOK.warning(
            format!("{id} leads here, without {}", missing.join(", ")),
            "Enable these events of the webhook in Persona's dashboard.",
        );
    }
    match attributes.api_version.as_deref() {
        Some(version) if version != PERSONA_VERSION => WEBHOOK.note(
            format!("{id} leads here, in the shape of {version}"),
            format!("Set its version to {PERSONA_VERSION}, the one that Leftoff is tested with."),
        ),
        _ if !has_secret => WEBHOOK.warning(
            format!("{id} leads here, and everything that it sends is refused"),
            "Set LEFTOFF_PERSONA__WEBHOOK_SECRETS to its secret.",
        ),
        _ => WEBHOOK.ok(format!("{id} leads here and is enabled")),
    }
}

fn privacy(endpoint: &WebhookEndpoint) -> Finding {
    let blocked = &endpoint.attributes.api_attributes_blocklist;
    if blocked.iter().any(|blocked| blocked.starts_with(FIELDS)) {
        PRIVACY.ok("the person's fields are left out")
    } else {
        PRIVACY.note(
            "the person's fields are sent along",
            format!("Add {FIELDS} to the webhook's attribute blocklist in Persona's dashboard."),
        )
    }
}
