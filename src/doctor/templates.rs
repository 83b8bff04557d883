//! Whether the templates let us embed their flow, are in use, and are known to us as they are now.

use persona::{Client, Error, PageRequest, Template, TemplateStatus};

use super::{
    Doctor, Finding,
    finding::Topic,
    persona::{Kind, denied, kind},
};
use crate::{
    config::Server,
    store::{
        Store,
        queue::{Due, QueueQuery},
        templates::TemplateRow,
    },
};

pub(super) const DOMAIN: Topic = Topic {
    check: "allowed-domain",
    name: "Allowed domain",
    why: "Persona lets its flow be framed only by the domains that a template allows; elsewhere people see an empty box.",
};
const IN_USE: Topic = Topic {
    check: "templates",
    name: "Templates",
    why: "Inquiries of a template that is out of use do not open.",
};
const DRIFT: Topic = Topic {
    check: "template-drift",
    name: "Versions of templates",
    why: "An inquiry stays with the version that it began with; Persona advises a new one when that is no longer the newest.",
};

/// More templates than these are not looked at.
const MOST: u8 = 100;
/// Nobody waits for more to be counted.
const MOST_COUNTED: usize = 10_000;

impl Doctor {
    pub(super) async fn look_at_templates(&self, client: &Client) -> Vec<Finding> {
        let (Some(server), Some(settings)) = (&self.settings.server, &self.settings.persona) else {
            return vec![DOMAIN.unseen("the section [server] cannot be read")];
        };
        let known = self.known().await;
        let listed = client.list_templates(&PageRequest::of(MOST)).await;
        let mut findings = match &listed {
            Ok(page) => vec![domain(server, &page.items), in_use(&page.items, &known)],
            Err(Error::Forbidden { .. }) if kind(settings) != Kind::Production => vec![DOMAIN.note(
                "cannot be checked: Persona shows templates to production keys only",
                "See in Persona's dashboard that the template allows the host of server.public_url; the sandbox allows localhost by itself.",
            )],
            Err(error) => vec![denied(DOMAIN, "to read templates", error)],
        };
        let latest = listed.map_or_else(|_| Vec::new(), |page| page.items);
        findings.extend(self.drift(&latest, &known).await);
        findings
    }

    /// The templates of the inquiries that we know; none while there is no database.
    async fn known(&self) -> Vec<TemplateRow> {
        let url = self
            .settings
            .database
            .as_ref()
            .map(|settings| &settings.url);
        match url.map(|url| Store::open_to_read(url)) {
            Some(Ok(store)) => store.templates().await.unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    async fn drift(&self, latest: &[Template], known: &[TemplateRow]) -> Option<Finding> {
        let stale = known.iter().filter(|row| is_stale(row, latest)).count();
        if stale > 0 {
            return Some(DRIFT.note(
                format!("{stale} templates have a newer version than the queue knows"),
                "Run `leftoff import`, or start an import in ops.",
            ));
        }
        let url = &self.settings.database.as_ref()?.url;
        let outdated = QueueQuery {
            is_outdated: true,
            due: Due {
                pending: i64::MAX,
                created: i64::MAX,
                undecided: i64::MAX,
            },
            ..QueueQuery::default()
        };
        let store = Store::open_to_read(url).ok()?;
        let count = store.count_queue(outdated, MOST_COUNTED).await.ok()?;
        Some(match count.count {
            0 => DRIFT.ok("every inquiry in the queue has the newest that is known"),
            count => DRIFT.note(
                format!("{count} inquiries in the queue began with an older version"),
                "Look at them in ops with the filter for outdated templates before you resume them.",
            ),
        })
    }
}

/// Whether Persona published a version since we last asked.
fn is_stale(row: &TemplateRow, latest: &[Template]) -> bool {
    let template = latest
        .iter()
        .find(|template| template.id.as_str() == row.id);
    let latest = template.and_then(|template| template.latest_published_version.as_ref());
    match (latest, &row.latest_version_id) {
        (Some(latest), Some(known)) => latest.as_str() != known,
        _ => false,
    }
}

fn domain(server: &Server, templates: &[Template]) -> Finding {
    let url = &server.public_url;
    let host = url.host_str().unwrap_or_default();
    let with_port = url.port().map(|port| format!("{host}:{port}"));
    let is_allowed = |domain: &String| {
        domain.eq_ignore_ascii_case(host) || with_port.as_deref() == Some(domain.as_str())
    };
    let active = || {
        let is_active =
            |template: &&Template| template.attributes.status != TemplateStatus::Inactive;
        templates.iter().filter(is_active)
    };
    let closed: Vec<_> = active()
        .filter(|template| {
            let allowed = &template.attributes.embedded_flow_domain_allowlist;
            !allowed.is_empty() && !allowed.iter().any(is_allowed)
        })
        .map(name)
        .collect();
    if !closed.is_empty() {
        return DOMAIN.failed(
            format!("{host} is not allowed by {}", closed.join(", ")),
            format!("Add {host} to the allowed domains of the template in Persona's dashboard, and publish it."),
        );
    }
    let is_open = |template: &Template| {
        template
            .attributes
            .embedded_flow_domain_allowlist
            .is_empty()
    };
    let open: Vec<_> = active()
        .filter(|template| is_open(template))
        .map(name)
        .collect();
    if open.is_empty() {
        DOMAIN.ok(format!("{host} is allowed by every template in use"))
    } else {
        DOMAIN.note(
            format!(
                "{} has no domains of its own, so your organization's decide",
                open.join(", ")
            ),
            format!("See in the domain manager of Persona's dashboard that {host} is allowed."),
        )
    }
}

fn in_use(templates: &[Template], known: &[TemplateRow]) -> Finding {
    let idle: Vec<_> = templates
        .iter()
        .filter(|template| template.attributes.status == TemplateStatus::Inactive)
        .filter(|template| known.iter().any(|row| row.id == template.id.as_str()))
        .map(name)
        .collect();
    if idle.is_empty() {
        IN_USE.ok(format!(
            "{} are listed, and those of our inquiries are in use",
            templates.len()
        ))
    } else {
        IN_USE.warning(
            format!("out of use, although inquiries wait: {}", idle.join(", ")),
            "Put the template into use again in Persona's dashboard, or begin new inquiries from another one.",
        )
    }
}

fn name(template: &Template) -> String {
    match &template.attributes.name {
        Some(name) => format!("{name} ({})", template.id),
        None => template.id.to_string(),
    }
}
